"""Covers what is not Markdown's to read - formulas, comments - so that its marks cannot break the blocks around it.

Every covered character becomes one of the private use area and every line feed stays, so that lines and columns of
the covered text are those of the original: blocks are found in the one and cut out of the other. Which dollar signs
are formulas is decided by the rules of rendering.md, section 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

COVER = "\ue000"
MAX_FORMULA = 5_000  # characters; a longer "formula" is a dollar sign that was never closed

_FENCE = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]+){0,8}(?P<mark>`{3,}|~{3,})(?P<info>[^\n`]*)$")
_OUTSIDE = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`{1,8})(?!`)(?:[^`\n]|\n(?!\s*\n)|(?!(?P=ticks)(?!`))`){1,2000}?(?P=ticks)(?!`))"
    r"|(?P<escaped>\\[$`])"
    r"|(?P<comment><!--)"
    rf"|(?P<dollars>\$\$(?P<in_dollars>(?:[^$\\]|\\.|\$(?!\$)){{1,{MAX_FORMULA}}}?)\$\$)"
    rf"|(?P<bracket>\\\[(?P<in_bracket>(?:[^\\]|\\(?!\])){{1,{MAX_FORMULA}}}?)\\\])"
    r"|(?P<paren>\\\((?P<in_paren>(?:[^\\\n]|\\(?!\))|\n(?!\s*\n)){1,1000}?)\\\))"
    rf"|(?P<environment>^[ \t]*\\begin\{{(?P<name>[a-z]{{1,12}}\*?)\}}[^\0]{{0,{MAX_FORMULA}}}?\\end\{{(?P=name)\}})"
    r"|(?P<dollar>(?<![\\$])\$(?!\$)(?P<in_dollar>(?:[^$\\\n]|\\.|\n(?!\s*\n)){1,500})(?<!\\)\$(?!\$))",
    re.M | re.S,
)
_FORMULA_SIGN = re.compile(r"[\\=^_]")
_SECOND_WORD = re.compile(r"\S\s+\S*[A-Za-z]{2}|[一-鿿]")


class Cover(Enum):
    """What was covered."""

    DISPLAY = auto()
    INLINE = auto()
    COMMENT = auto()


@dataclass(frozen=True, slots=True)
class Covered:
    """A covered part of a text: characters from *start* up to *end*."""

    kind: Cover
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with formulas and comments covered; as long, line by line, as the original."""

    text: str
    parts: tuple[Covered, ...]


def mask(text: str) -> Masked:
    """Cover the formulas and comments of *text* that stand outside of code."""
    parts = tuple(part for start, end in _outside_fences(text) for part in _parts(text, start, end))
    pieces, at = [], 0
    for part in parts:
        pieces += [text[at : part.start], _cover(text[part.start : part.end])]
        at = part.end
    # What is left of a comment's begin has no end, and must not hide the rest of the file.
    masked = "".join([*pieces, text[at:]])
    return Masked(masked.replace("<!--", COVER * 4), parts)


def _cover(text: str) -> str:
    return "\n".join(COVER * len(line) for line in text.split("\n"))


def _outside_fences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of *text* between fenced code blocks; a fence that is never closed is taken to be none."""
    start = at = 0
    fence: tuple[str, int] | None = None
    for line in text.splitlines(keepends=True):
        found = _FENCE.match(line.rstrip("\n"))
        if found and fence is None:
            fence = (found["mark"], at)
        elif found and fence and found["mark"].startswith(fence[0]) and not found["info"].strip():
            yield start, fence[1]
            start, fence = at + len(line), None
        at += len(line)
    yield start, fence[1] if fence else at


def _parts(text: str, start: int, end: int) -> Iterator[Covered]:
    at = start
    while found := _OUTSIDE.search(text, at, end):
        part = _comment(text, found.start(), end) if found["comment"] else _formula(text, found)
        if part is not None:
            yield part
        skips = part is not None or found["code"] or found["escaped"]
        at = (part.end if part is not None else found.end()) if skips else found.start() + 1


def _comment(text: str, start: int, end: int) -> Covered | None:
    close = text.find("-->", start + 4, end)
    return Covered(Cover.COMMENT, start, close + 3) if close >= 0 else None


def _formula(text: str, found: re.Match[str]) -> Covered | None:
    if found["dollars"] or found["environment"]:
        return Covered(Cover.DISPLAY, found.start(), found.end())
    if found["bracket"]:
        begins_line = not text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip()
        is_formula = begins_line or _FORMULA_SIGN.search(found["in_bracket"])
        return Covered(Cover.DISPLAY, found.start(), found.end()) if is_formula else None
    if found["paren"] or (found["dollar"] and not _is_price(text, found)):
        inside = found["in_paren"] or found["in_dollar"]
        display = "\\begin" in inside or "\\\\" in inside
        return Covered(Cover.DISPLAY if display else Cover.INLINE, found.start(), found.end())
    return None


def _is_price(text: str, found: re.Match[str]) -> bool:
    inside = found["in_dollar"]
    if not inside.strip():
        return True
    if not inside[0].isdigit() or "\\" in inside:
        return False
    return bool(_SECOND_WORD.search(inside)) or text[found.end() : found.end() + 1].isdigit()
