"""The lines of a PDF as paragraphs, rows of tables and code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.loaders.pdf_code import code_lines
from knowledge.loaders.pdf_line import HYPHEN, Line
from knowledge.loaders.pdf_lines import body_size, edges, hyphenated, mended
from knowledge.loaders.pdf_lists import ITEM, entries, rows
from knowledge.loaders.pdf_notes import MARK
from knowledge.loaders.pdf_rows import beside
from knowledge.model import Block, BlockKind
from knowledge.text import HAN

_GAP = 1.9  # times the size: a blank line
_LEADING = 1.35  # likewise: between the lines of a paragraph, at most
_ANOTHER_SIZE, _ANOTHER_FONT = 0.15, 0.2  # of the size: differences that part paragraphs, and lines that stand so close
_LATIN_WIDTH = 0.5  # of the size, a letter's
_LETTER_WIDTH = 0.6  # likewise, in fonts for code
_MOST_INDENT = 40
_LABEL = 0.82  # of the size of the text: what names the parts of a figure is at most as large
_LONGEST_LABEL = 40
_LARGE = 1.15  # times the size of the text: a title
_ENDS = re.compile(r"[.!?。！？…:：]['\"”’）)]?$")
_NO_GAP_BEFORE = re.compile(rf"[{HAN}，。、；：！？（）《》“”【】]")
_GOES_ON = re.compile(r"[a-z]")
_WORD = re.compile(rf"[(\[“‘\"']?[^\W{HAN}][^\s{HAN}，。、；：！？（）《》]*|.[，。、；：！？）》”】]?")


@dataclass(frozen=True, slots=True)
class Look:
    """What the lines of a file have in common.

    Attributes:
        known: words with a hyphen that stand somewhere unbroken.
        sides: by page and column, where full lines end.
        body: size of the text.
    """

    known: frozenset[str]
    sides: Mapping[tuple[int, int], float]
    body: float

    @classmethod
    def of(cls, found: Sequence[Line]) -> Look:
        """Return that of these lines."""
        return cls(hyphenated(found), edges(found), body_size(found))


def blocks(found: Sequence[Line], first: int, end: int, look: Look) -> Iterator[Block]:
    """Yield paragraphs and code of the lines *first* to *end* - 1; none reaches over a page."""
    code = code_lines(found, first, end)
    for (is_code, _), numbers in groupby(range(first, end), key=lambda number: (number in code, found[number].page)):
        run = list(numbers)
        held = found[run[0] : run[-1] + 1]
        if is_code:
            yield Block(BlockKind.CODE, _code(held, look), (run[0] + 1, run[-1] + 1))
        else:
            yield from _paragraphs(held, run[0] + 1, look)


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines of a page that are no code.

    Attributes:
        rows: the places of those that are rows of numbers.
        entries: of those in a list whose entries hang, whether they begin one.
    """

    held: Sequence[Line]
    rows: frozenset[int]
    entries: Mapping[int, bool]


def _paragraphs(held: Sequence[Line], first: int, look: Look) -> Iterator[Block]:
    run = _Run(held, rows(held), entries(held))
    start = 0
    for place in range(1, len(held) + 1):
        if place == len(held) or _breaks(run, place, look):
            text = mended(_joined(held, start, place, run.rows), look.known)
            yield Block(BlockKind.TEXT, text, (first + start, first + place - 1), plain=True)
            start = place


def _breaks(run: _Run, place: int, look: Look) -> bool:
    """Tell whether the line at *place* begins a paragraph."""
    before, line = run.held[place - 1], run.held[place]
    if before.note or line.note:
        return not before.note or MARK.match(line.text) is not None
    in_rows = (place - 1 in run.rows, place in run.rows)
    if any(in_rows):
        return not all(in_rows) or before.base - line.base > _GAP * 2 * line.size
    if before.text.endswith(HYPHEN) and before.size == line.size:
        return False
    if beside(before, line) or (_is_label(before, look) and _is_label(line, look)):
        return False
    if min(before.size, line.size) >= _LARGE * look.body and before.size == line.size:
        return before.end - line.base > _GAP * line.size
    entry = run.entries.get(place)
    return _begins(before, line, look) if entry is None else entry


def _begins(before: Line, line: Line, look: Look) -> bool:
    size = max(before.size, line.size, 1.0)
    tight = before.column == line.column and before.end - line.base <= _LEADING * size
    if ITEM.match(line.text) or abs(before.size - line.size) > (_ANOTHER_FONT if tight else _ANOTHER_SIZE) * size:
        return True
    if before.column != line.column:
        return _ENDS.search(before.text) is not None
    if before.end - line.base > _GAP * size or _had_room(before, line, look.sides[before.page, before.column]):
        return True
    return line.left - before.left > _LATIN_WIDTH * size and not ITEM.match(before.text)


def _is_label(line: Line, look: Look) -> bool:
    return line.size <= _LABEL * look.body and len(line.text) <= _LONGEST_LABEL


def _had_room(before: Line, line: Line, edge: float) -> bool:
    """Tell whether the first word of *line* would have fitted behind the line *before*, so that the break is meant."""
    found = _WORD.match(line.text)
    word = found[0] if found else ""
    width = sum(1.0 if _NO_GAP_BEFORE.match(letter) else _LATIN_WIDTH for letter in word)
    return edge - before.right > (width + 1) * before.size and not before.text.endswith(HYPHEN)


def _joined(held: Sequence[Line], start: int, end: int, rows: frozenset[int]) -> str:
    text = held[start].text
    for place in range(start + 1, end):
        before, line = held[place - 1], held[place]
        text += ("\n" if place in rows else _between(before.text, line.text)) + line.text
    return text


def _between(before: str, after: str) -> str:
    if before.endswith(HYPHEN) or (before.endswith("-") and _GOES_ON.match(after)):
        return ""
    return "" if _NO_GAP_BEFORE.match(before[-1]) or _NO_GAP_BEFORE.match(after) else " "


def _code(held: Sequence[Line], look: Look) -> str:
    """Return a fenced block of the lines, with the indents that they have on the page; what is wrapped is joined."""
    left = min(line.left for line in held)
    body = ""
    for before, line in zip((None, *held), held, strict=False):
        if before is not None and _is_wrapped(before, line, look):
            body += line.text
        else:
            indent = round((line.left - left) / max(line.size * _LETTER_WIDTH, 1.0))
            body += "\n" + " " * min(indent, _MOST_INDENT) + line.text
    body = body.removeprefix("\n").replace("```", "` ` `").replace(HYPHEN, "-")
    return f"```\n{body}\n```"


def _is_wrapped(before: Line, line: Line, look: Look) -> bool:
    """Tell whether *line* goes on with the code that the page has no room for in the line *before*."""
    if before.text.endswith(HYPHEN):
        return True
    return not (before.mono or line.mono or _had_room(before, line, look.sides[before.page, before.column]))
