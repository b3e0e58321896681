"""What is not looked for in a question: the words that make it one, and the marks that chat puts into it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from knowledge.model import Language
from knowledge.text import HAN_RUN

_EVERYDAY = Path(__file__).parent / "everyday"
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
_IN_NAMES = frozenset(["and", "by", "for", "from", "in", "of", "on", "to", "versus", "vs", "with"])
_LONGEST_NAME = 5


@lru_cache(maxsize=1)
def everyday_words() -> frozenset[str]:
    """Return the words of common talk, lower case: that the notes lack one says nothing about what was asked."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(_EVERYDAY.glob("*.txt")))
    lines = (line for text in texts for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def clean(text: str) -> str:
    """Return *text* on one line, without mentions, control characters and addresses, cut to the length looked at."""
    bare = _CONTROL.sub(" ", _ADDRESS.sub(" ", _CHAT_MARKS.sub(" ", text[: MAX_QUERY * 10])))
    return " ".join(bare.split())[:MAX_QUERY].strip()


def language_of(text: str) -> Language:
    """Return the language of a question: Chinese as soon as it has a Chinese character."""
    return "zh" if HAN_RUN.search(text) else "en"


def is_name(text: str) -> bool:
    """Return whether *text* is a name in Latin letters, as people of any language write it: ``system prompt``."""
    words = text.casefold().split()
    told = any(word.strip("?!.,") in STOP_EN - _IN_NAMES for word in words)
    return not HAN_RUN.search(text) and len(words) <= _LONGEST_NAME and not told


def without_question_words(folded: str) -> str:
    """Return *folded* without Chinese question phrases, a space in their place; itself if nothing else is there."""
    rest = _NO_PHRASES_ZH.sub(lambda phrase: phrase[1] or " ", folded)
    return rest if any(character.isalnum() for character in rest) else folded
