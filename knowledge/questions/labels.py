"""How people mark questions and answers in notes: ``问题1：``, ``Q:``, a number, a question mark; ``**答案：**``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# Bounded: several of them in a row would try every way to share out a million spaces.
_S: Final = r"[^\S\n]{0,4}"
_SPACE: Final = r"[^\S\n]{1,4}"
_BOLD: Final = r"(?:\*\*|__)?"
_COUNT: Final = rf"{_S}(?:\d{{1,4}}|[一二三四五六七八九十百]{{1,4}}){_S}"
_COUNTED: Final = rf"(?:(?:问题|面试题|题目|题){_COUNT}|第{_COUNT}[题问]){_S}[:：.、．]?"
_NAMED: Final = (
    rf"(?:问题|问|提问|追问|面试题){_S}{_BOLD}[:：]|[Qq](?:uestion)?{_S}\.?{_S}\d{{0,4}}{_S}{_BOLD}[:：]|"
    rf"[Qq]\d{{1,4}}{_S}[.、)）]"
)
_NUMBER: Final = (
    rf"(?:[(（]?\d{{1,4}}{_S}[)）.、．:：]+(?!\d)|\d+(?:\.\d+)+(?=\s)|[一二三四五六七八九十]{{1,3}}{_S}[、.．])"
)
_LABEL: Final = re.compile(rf"{_BOLD}{_S}[【\[]?(?:{_COUNTED}|{_NAMED})[】\]]?{_S}{_BOLD}{_S}[:：]?{_S}")
_NUMBERED: Final = re.compile(rf"{_BOLD}{_S}{_NUMBER}{_S}{_BOLD}{_S}")
_ANSWER: Final = re.compile(
    rf"(?:[-*+>]{_SPACE})?{_BOLD}{_S}(?:[【\[]{_S})?"
    rf"(?:(?:参考|标准|示例)?(?:答案|回答|解答|答)(?:{_S}\d{{1,4}})?|[Aa](?:nswer|ns)?{_S}\d{{0,4}})"
    rf"(?:{_S}[】\]])?{_S}{_BOLD}{_S}[:：]{_S}{_BOLD}{_S}"
)
_ANSWER_HEADING: Final = re.compile(r"(?:参考|标准|示例)?(?:答案|回答|解答|答)|answers?|solutions?", re.IGNORECASE)
_REVEALS: Final = re.compile(
    r"(?:点击|点此|点我|展开|查看|显示|隐藏|参考|标准|示例|\s)*(?:答案|解析|回答|解答|答)|"
    r"(?:click|tap|show|see|reveal|view|expand|the|for|to|here|\s)*(?:answers?|solutions?)",
    re.IGNORECASE,
)
_LIST_MARK: Final = re.compile(rf"\A[-*+>]{_SPACE}")
_WRAPPED: Final = re.compile(r"(\*\*|__)(.+)\1", re.DOTALL)
_AFTER_MARK: Final = " \t*_`~)）」』”’\"'】]。."
_SAYS_SO: Final = re.compile(
    r"面试|面经|问答(?!系统|模型|任务|机器人)|题库|题目|考题|习题|八股|问题(?:整理|集|汇总|总结)|"
    r"interview|question(?![\W_]?answer)|quiz|faq|(?<![a-z])q\W?a(?![a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line that may ask.

    Attributes:
        prompt: what is asked, without label, number and the bold around it all.
        labelled: it says that it is a question: ``问题1``, ``Q:``.
        numbered: it begins with a number.
        bold: all of it is bold.
        asks: it ends with a question mark.
    """

    prompt: str
    labelled: bool
    numbered: bool
    bold: bool
    asks: bool


def read(line: str) -> Labelled:
    """Return what the text of a line or heading, without its ``#``, says of itself."""
    text, bold = _unwrapped(_LIST_MARK.sub("", line.strip()))
    # The label may stand inside the bold or be all of it, and a number before it: **Q1: …**, 1. **问：** …
    number = _NUMBERED.match(text)
    after = text[number.end() :] if number else text
    label = _LABEL.match(after)
    labelled = label is not None and label.end() > 0
    rest = after[label.end() :] if label is not None and labelled else after
    prompt, also_bold = _unwrapped(_balanced(rest.strip()))
    return Labelled(prompt, labelled, number is not None, bold or also_bold, asks(prompt))


def asks(text: str) -> bool:
    """Tell whether *text* ends with a question mark, whatever closes after it."""
    return text.rstrip(_AFTER_MARK).endswith(("?", "？"))


def after_answer(line: str) -> str | None:
    """Return what follows the mark of an answer at the begin of *line*; None if there is no such mark."""
    found = _ANSWER.match(line.strip())
    return None if found is None else line.strip()[found.end() :]


def is_answer_heading(heading: str) -> bool:
    """Tell whether the plain text of a heading says only that the answer follows."""
    return _ANSWER_HEADING.fullmatch(heading.strip(" :：*")) is not None


def reveals(summary: str) -> bool:
    """Tell whether the summary of a ``<details>`` only says that the answer is behind it."""
    return _REVEALS.fullmatch(summary.strip(" :：*👉▶")) is not None


def says_so(stem: str) -> bool:
    """Tell whether a note's name says that it holds questions."""
    return _SAYS_SO.search(stem) is not None


def _unwrapped(text: str) -> tuple[str, bool]:
    found = _WRAPPED.fullmatch(text)
    return (found[2].strip(), True) if found is not None and found[1] not in found[2] else (text, False)


def _balanced(text: str) -> str:
    """Return *text* without the end of a bold that began before it."""
    if text.count("**") % 2 == 0:
        return text
    before, _, after = text.partition("**")
    return (before.rstrip() + after).strip()
