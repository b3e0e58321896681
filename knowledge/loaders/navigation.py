"""Navigation lines such as ``[中文](./X_cn.md) | [English](./X_en.md)``: they name a twin and are not text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.loaders import links

MAX_FROM_TOP = 20  # lines looked at
_MAX_LINE = 1_000
_MAX_HEADINGS = 1  # above it: after the second heading a list of links is a list of links

_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")  # of a list of notes rather
_RULE = re.compile(r"[\s=*_-]*")
_QUOTE = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+")
_TAG = re.compile(r"</?(?:p|div|center|b|strong|em|i|br|span|sup|sub)\b[^<>]*>|&nbsp;", re.IGNORECASE)
_SEPARATOR = re.compile(r"[|/\\·•‧∙,，、;；*_~>()（）\[\]【】「」\-–—]")
_LEAD = re.compile(
    r"^\W*(?:languages?|语言|語言|其他语言|文档语言|read(?: this)? in|switch(?: language)?(?: to)?|translations?)"
    r"\s*[:：]?",
    re.IGNORECASE,
)
_AFFIX = re.compile(
    r"^(?:(?:view|read)(?: this)?(?: \w+)? in|switch to|go to|点击查看|切换到|切换至|查看|阅读|返回)|"
    r"(?:version|docs?|documentation|readme|文档|文件|说明|版本|版)$"
)
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_NO_LETTER = re.compile(r"[\W_]+")
_NAMES = (
    "中文 简体中文 繁體中文 繁体中文 正體中文 简体 繁體 简中 繁中 中 汉语 漢語 国语 chinese simplifiedchinese "
    "traditionalchinese chinesesimplified chinesetraditional zh cn zhcn zhtw zhhk zhhans zhhant chs cht "
    "english en eng enus engb 英文 英语 英語 英 us "
    "日本語 日本语 日语 한국어 español français deutsch русский português italiano türkçe العربية polski українська "
    "japanese korean spanish french german russian portuguese italian ja jp ko kr fr de es ru pt"
)
_LANGUAGES = frozenset(_NAMES.split())


@dataclass(frozen=True, slots=True)
class Navigation:
    """The lines at the top of a note that only lead to it in another language.

    Attributes:
        lines: their numbers, counted from 0.
        targets: of their links to files, as written.
    """

    lines: frozenset[int]
    targets: tuple[str, ...]


def find(lines: Sequence[str], start: int) -> Navigation:
    """Return the navigation among the first of *lines* from *start* on; code and formulas are covered in them.

    It is one line or several, of which at least one has a link, and none has a word but names of languages.
    """
    numbers: list[int] = []
    targets: list[str] = []
    for run in _runs(lines, start):
        found = [target for number in run for target in links.targets([lines[number]])]
        if found:
            numbers += run
            targets += found
    return Navigation(frozenset(numbers), tuple(targets))


def _runs(lines: Sequence[str], start: int) -> Iterator[list[int]]:
    """Yield the numbers of neighbouring lines that have no word but names of languages."""
    headings = 0
    run: list[int] = []
    for number in range(start, min(len(lines), start + MAX_FROM_TOP)):
        headings += _HEADING.match(lines[number]) is not None
        if headings > _MAX_HEADINGS:
            break
        if _names_languages(lines[number]):
            run.append(number)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _names_languages(line: str) -> bool:
    if len(line) > _MAX_LINE or _RULE.fullmatch(line) or _ITEM.match(line):
        return False
    text = _TAG.sub(" ", _QUOTE.sub("", line, count=1))
    labels = [match["label"] or match["inner"] or "" for match in links.LINK.finditer(text)]
    rest = _LEAD.sub("", links.LINK.sub("|", text))
    words = [word for word in _SEPARATOR.sub("|", rest).split("|") if word.strip()]
    return bool(labels or words) and all(map(_is_language, (*words, *labels)))


def _is_language(label: str) -> bool:
    words = " ".join(label.strip(" *_\t").casefold().split())
    named = _NO_LETTER.sub("", _AFFIX.sub("", _FLAGS.sub("", words).strip()).strip())
    return named in _LANGUAGES or (not named and _FLAGS.search(label) is not None)
