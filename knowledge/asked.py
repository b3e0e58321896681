"""What is not looked for in a question: the words that make it one, and the marks that chat puts into it."""

from __future__ import annotations

import re

from knowledge.model import Language
from knowledge.text import HAN_RUN

MAX_QUERY = 300  # characters looked at; a longer question is cut, not refused

_CHAT_MARKS = re.compile(r"<(?:@[!&]?|#|a?:\w{1,40}:|t:|/[\w -]{1,40}:)[\d:a-zA-Z]{0,40}>")
_ADDRESS = re.compile(r"https?://\S+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")

_ASKING_ZH = """
请问 是什么意思 什么意思 啥意思 是什么 是啥 是干什么的 是干嘛的 干什么用 干嘛用 干嘛的 干嘛
什么是 什么叫 叫什么 指的是 指什么 为什么 为何 为啥 怎么样 怎么做 怎么办 怎么 怎样 如何 咋样
咋 什么 啥 有哪些 有哪几种 哪几种 哪些 哪几个 哪种 哪个 哪一 有几种 几种 多少 能不能
可不可以 是不是 有没有 要不要 会不会 介绍一下 介绍下 解释一下 解释下 解释 讲一下 讲讲 说说
说一下 谈谈 聊聊 一下 而不是 还是 以及 之间 有什么 有啥 分别 应该 需要 可以 关于 一般 通常
比较好 好不好 到底 究竟 具体 我想 想知道 知道 告诉 帮我 请 时候 的话 里面 里边
"""
# Longest first: a phrase goes as a whole before its parts do.
_PHRASES_ZH = re.compile("|".join(sorted(_ASKING_ZH.split(), key=len, reverse=True)))
# Words of the field that hold such a phrase and ask nothing; caught first, kept whole.
_NO_PHRASES_ZH = re.compile(
    f"(可解释|解释器|解释[性力度]|性解释|无关解释|请求|申请|邀请|一般[化性])|{_PHRASES_ZH.pattern}"
)
# Words of one character that carry nothing in a question; inside longer words the segmenter keeps them whole.
STOP_ZH = frozenset(
    "的了是在和与及或把被让使也都就而之其等这那我你他它们个为以于吗呢吧啊呀么跟同对用有要会能到从给中里上下很最更还又再不好"
)
_STOP_EN = """
a about an and any are as at be been between by can could did do does doing done explain for from get give had has have
how i if in into is it its let me meaning means my not of on or our please should show so some tell than that
the their them then there these they this those to us use used using vs was we were what when where which who why will
with would you your versus instead rather really actually whats hows dont doesnt isnt
"""
STOP_EN = frozenset(_STOP_EN.split())

# Everyday words: looked for like any other, but that the notes lack them says nothing about what was asked.
_EVERYDAY_ZH = """
之后 之前 以后 以前 后来 开始 结束 完 完全 一直 总是 经常 有时 已经 正在 马上 立刻 现在 今天 最近 一些 一点 有点
很多 很少 许多 几个 一样 这样 那样 这么 那么 非常 特别 比较 相对 太 太大 太小 太多 太少 更好 更快 最好 最快 多大
多久 哪里 哪 谁 几 差 差在 快 慢 高 低 大 小 多 少 好 坏 强 弱 长 短 早 晚 东西 事情 情况 办法 方法 方式 问题 部分
时间 地方 样子 关系 意义 重要 必要 合适 适合 正确 错误 看 看看 想 说 讲 听 写 读 做 干 搞 弄 办 用到 使用 采用 利用
得到 变成 变 变得 成为 加 加上 加起来 减 乘 除 放 拿 给出 出现 发生 存在 影响 导致 引起 造成 产生 起来 下来 出来
进去 掉 住 遍 次 种 类 份 段 句 点 条 写成 叫做 称为 属于 包括 包含 由 被 让 喂 喂给 不够 够 不到 不了 不会 不能
不用 不要 为止 同时 一起 一块 单独 直接 自己 别人 大家 我们 你们 他们 老师 同学 面试 面试官 容易 简单 复杂 困难
麻烦 清楚 明白 理解 学习一下 怎么回事 咋办 咋整 啥时候 设 设成 设多少 调 调成 跑 跑得 跑起来 跳 乱跳 乱 挂 炸 崩
崩了
"""
EVERYDAY_ZH = frozenset(_EVERYDAY_ZH.split())
_EVERYDAY_EN = """
able again all almost alone along already also always among another anyone anything around away back bad basically
become becomes before behind below best better big both bring build built buy call called came case cases certain
change changes clear come comes common correct couple course day decide deep depend depends different easily easy
either else end enough especially even ever every everything exactly far fast faster feel few find fine first
follow found full general generally go goes going good got great half happen happened happens hard help here high
hold hurt idea important inside interesting interview job just keep kind know large last later leave less let like
likely little long look looks lot lots low made mainly make makes making many matter maybe might more most much
must name near need needed needs never new next nice nothing now number often ok old once one only order other
others out over own part people perform place point possible problem problems put quick quickly quite ran rather
read reads ready real right run running runs said same say says second see seem seems seen set short simple simply
since small solve something sometimes soon start started still stop such sure take takes talk tell thing things
think though thought through time times today together told too took top toward trick try trying turn two type
under understand until up useful usually various very want wants way ways well went whether while whole word words
work worked working works world worse worst write writes wrong yet after above across against because during each
explain given instead main per several than via within without
"""
EVERYDAY_EN = frozenset(_EVERYDAY_EN.split())


def clean(text: str) -> str:
    """Return *text* on one line, without mentions, control characters and addresses, cut to the length looked at."""
    bare = _CONTROL.sub(" ", _ADDRESS.sub(" ", _CHAT_MARKS.sub(" ", text[: MAX_QUERY * 10])))
    return " ".join(bare.split())[:MAX_QUERY].strip()


def language_of(text: str) -> Language:
    """Return the language of a question: Chinese as soon as it has a Chinese character."""
    return "zh" if HAN_RUN.search(text) else "en"


def without_question_words(folded: str) -> str:
    """Return *folded* without Chinese question phrases, a space in their place; itself if nothing else is there."""
    rest = _NO_PHRASES_ZH.sub(lambda phrase: phrase[1] or " ", folded)
    return rest if any(character.isalnum() for character in rest) else folded
