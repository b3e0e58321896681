"""Sentences of notes that say what a term is: ``X 是一种 …``, ``X 是指 …``, ``X is a …``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from knowledge.model import BlockKind, Language, Note, Section
from knowledge.questions import points
from knowledge.questions.occurrences import Home

BLANK: Final = "____"
_LONGEST: Final = 220
_FEWEST_HAN: Final = 8
_FEWEST_LETTERS: Final = 20
_ALIAS: Final = r"\s?(?:[（(](?P<alias>[^（）()]{1,60})[）)])?\s?"
_CHINESE: Final = re.compile(
    r"(?P<name>[^\s，。,.:：;；!！?？（）()“”\"'‘’《》*`$\\<>|]{2,16}?(?: [\w+-]{1,20}){0,4})" + _ALIAS
    + rf"(?P<verb>是指|指的是|是)\s?(?P<what>[^？?]{{6,{_LONGEST}}})"
)  # fmt: skip
_ENGLISH: Final = re.compile(
    r"(?:The |A |An )?(?P<name>[A-Za-z][\w+-]*(?: [\w+-]{1,20}){0,4})" + _ALIAS
    + rf"(?P<verb>is|are|refers to)\s(?P<what>(?:an?|the)\s[^?]{{10,{_LONGEST}}})"
)  # fmt: skip
_NO_NAME: Final = re.compile(
    r"[不都也就只并和与及或的了在]|^[它这那其他我你本该此各每有没]|时候|之一|通常|一般|例如|"
    r"^(?:代价|目的|结果|原因|问题|思路|好处|坏处|前提|重点|区别|[优缺特]点|it|this|that|they|these|those|which|what|here|there)$|"
    r"^(?:this|that|these|those|its|every|each|some|any|all|our|your)\b",
    re.IGNORECASE,
)
# A bare 是 joins anything: what follows must say that it is a kind of something, or end in the name of one.
_A_KIND: Final = re.compile(r"一[种类]|由|用于|用来")
_NAMED: Final = re.compile(r"[^，：:为]{2,60}的[^，：:为的]{2,14}(?=，|$)")
_SILLY: Final = re.compile(
    r"[“”\"'$\\(（\d|>`!]|一个例子|[不很最否因为多少它这那哪]|什么|关键|核心|主要|重要|我们|目前|[对错]的|"
    r"(?:an?|the)\s(?:(?:very|more|most)\s)?(?:key|reason|core|best|same|only|first|last|main|result|case|example|"
    r"following|above|problem|difference|question|good|bad|common|major|important|popular|new|number|ratio|value)\b",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(
    r"如下|[下上][图表面]|本[文节]|前者|后者|上述|https?:|!\[|[:：]$|"
    r"\b(?:below|above|figure|this note|former|latter|following)\b",
    re.IGNORECASE,
)
_JOINS: Final = re.compile(r"是|\b(?:is|are|refers to)\b")
_LINK: Final = re.compile(r"(?<!!)\[([^\[\]\n]{0,200})\]\([^()\n]{0,500}\)")
_CUT: Final = re.compile(r"[；;]")
_MARKS: Final = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,3}[.、)）])[ \t]*){0,3}(?=\S)")


@dataclass(frozen=True, slots=True)
class Definition:
    """A name and what a note says that it stands for.

    Attributes:
        name: plain text.
        alias: another name that stood in brackets after it; may be empty.
        sentence: Markdown, with BLANK in place of the name.
        whole: the sentence as it is.
        line: counted from 1.
    """

    name: str
    alias: str
    sentence: str
    whole: str
    home: Home
    language: Language
    line: int


def find(note: Note, section: Section) -> Iterator[Definition]:
    """Yield the definitions in *section*; whether their names are terms is for others to judge."""
    for block in section.blocks:
        if block.kind is BlockKind.TEXT:
            for number, line in enumerate(block.text.split("\n"), start=block.lines[0]):
                for sentence in points.sentences(_MARKS.sub("", line, count=1)):
                    yield from _read(sentence, Home(section, note), number)


def _read(sentence: str, home: Home, line: int) -> Iterator[Definition]:
    if len(sentence) > 2 * _LONGEST or not _JOINS.search(sentence):
        return
    text = _LINK.sub(r"\1", sentence).replace("**", "").strip().rstrip("。.;； ")
    chinese = _CHINESE.fullmatch(text)
    found = chinese or _ENGLISH.fullmatch(text)
    if found is None:
        return
    name, what = found["name"].strip(), _CUT.split(found["what"], maxsplit=1)[0].strip()
    language: Language = "zh" if chinese else "en"
    if _is_silly(name, what, bare=found["verb"] == "是", language=language):
        return
    end = "。" if chinese else "."
    whole = text[: found.start("what")] + what + end
    joint = text[found.start("verb") : found.start("what")]
    blank = re.sub(re.escape(name), BLANK, what, flags=re.IGNORECASE)
    yield Definition(name, found["alias"] or "", f"{BLANK} {joint}{blank}{end}", whole, home, language, line)


def _is_silly(name: str, what: str, *, bare: bool, language: Language) -> bool:
    if _SILLY.match(what) or _ELSEWHERE.search(what) or _NO_NAME.search(name):
        return True
    if language == "en":
        return sum(map(str.isalpha, what)) < _FEWEST_LETTERS
    return points.weight(what) < 2 * _FEWEST_HAN or (bare and not (_A_KIND.match(what) or _NAMED.match(what)))
