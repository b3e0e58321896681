"""A PDF to a draft note: sections under its headings, or one a page; each says on which page it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from knowledge.errors import Problem
from knowledge.escaping import escaped
from knowledge.loaders import pdf_headings
from knowledge.loaders.draft import Draft
from knowledge.loaders.pdf_headings import Heading
from knowledge.loaders.pdf_lines import HYPHEN, Line, edges, hyphenated, lines, mended
from knowledge.model import Block, BlockKind
from knowledge.sections import Outline, language_of, split
from knowledge.text import HAN

_GAP = 1.9  # times the size: a blank line
_LATIN_WIDTH = 0.5  # of the size, a letter's
_LETTER_WIDTH = 0.6  # likewise, in fonts for code
_MOST_INDENT = 40
_ITEM = re.compile(r"[•·▪◦‣●○–—*-]\s|\(?\d{1,2}[.)、]\s|[①-⑳]")
_ENDS = re.compile(r"[.!?。！？…:：]['\"”’）)]?$")
_NO_GAP_BEFORE = re.compile(rf"[{HAN}，。、；：！？（）《》“”【】]")
_GOES_ON = re.compile(r"[a-z]")

_WORD = re.compile(rf"[^\W{HAN}]+|.[，。、；：！？）》”】]?")

Edges = Mapping[tuple[int, int], float]


def load(read: Mapping[str, Any], file: str) -> Draft:
    """Return the draft of a PDF.

    Args:
        read: what pdf_reader.text found in it.
        file: name below the root; its stem is the title if there is no other.
    """
    found = lines(read["pages"])
    headings = pdf_headings.find(found, read["outline"])
    title = pdf_headings.title(found, read["title"]) if found else ""
    title = title or (headings[0].text if headings else "") or PurePosixPath(file).stem
    outlines = list(_outlines(found, headings))
    language = language_of("\n".join(line.text for line in found) or title)
    breaks = frozenset(
        number + 1 for number, line in enumerate(found) if number and line.page != found[number - 1].page
    )
    sections, problems = split(outlines, file=file, title=title, language=language, breaks=breaks)
    # A heading at the foot of a page belongs to the text on the next.
    paged = tuple(replace(one, page=found[one.blocks[0].lines[0] - 1].page) for one in sections)
    return Draft(title, language, paged, problems=(*_left_out(read, file, empty=not sections), *problems))


def _left_out(read: Mapping[str, Any], file: str, *, empty: bool) -> Iterator[Problem]:
    if empty:
        yield Problem("This PDF holds no text that can be read, perhaps only pictures of pages.", file)
    if read["left"]:
        values = (("limit", len(read["pages"])), ("left", read["left"]))
        yield Problem("Only the first {limit} pages of this PDF are read; {left} are left out.", file, None, values)
    if read["cut"]:
        yield Problem("This PDF holds more text than is read, or is damaged. Some of it is left out.", file)


def _outlines(found: Sequence[Line], headings: Sequence[Heading]) -> Iterator[Outline]:
    known, sides = hyphenated(found), edges(found)
    end = headings[0].first if headings else len(found)
    if end:
        yield Outline("", 0, 1, tuple(_blocks(found, 0, end, known=known, sides=sides)))
    ends = [heading.first for heading in headings[1:]] + [len(found)]
    for heading, end in zip(headings, ends, strict=False):
        blocks = tuple(_blocks(found, heading.last + 1, end, known=known, sides=sides))
        text = mended(heading.text, known)
        written = f"{'#' * heading.level} {escaped(text)}"
        yield Outline(text, heading.level, heading.first + 1, blocks, written, heading.last + 1)


def _blocks(found: Sequence[Line], first: int, end: int, *, known: frozenset[str], sides: Edges) -> Iterator[Block]:
    """Yield paragraphs and code of the lines *first* to *end* - 1; none reaches over a page."""
    for (mono, _), numbers in groupby(range(first, end), key=lambda number: (found[number].mono, found[number].page)):
        run = list(numbers)
        held = found[run[0] : run[-1] + 1]
        if mono:
            yield Block(BlockKind.CODE, _code(held), (run[0] + 1, run[-1] + 1))
            continue
        start = 0
        for place in range(1, len(held) + 1):
            if place == len(held) or _breaks(held[place - 1], held[place], sides):
                text = mended(_joined(held[start:place]), known)
                yield Block(BlockKind.TEXT, text, (run[start] + 1, run[place - 1] + 1), plain=True)
                start = place


def _breaks(before: Line, line: Line, sides: Edges) -> bool:
    """Tell whether *line* begins a paragraph."""
    size = max(before.size, line.size, 1.0)
    if _ITEM.match(line.text) or abs(before.size - line.size) > 0.15 * size:
        return True
    if before.column != line.column:
        return _ENDS.search(before.text) is not None
    if before.end - line.base > _GAP * size or _had_room(before, line, sides[before.page, before.column]):
        return True
    return line.left - before.left > _LATIN_WIDTH * size and not _ITEM.match(before.text)


def _had_room(before: Line, line: Line, edge: float) -> bool:
    """Tell whether the first word of *line* would have fitted behind the line *before*, so that the break is meant."""
    found = _WORD.match(line.text)
    word = found[0] if found else ""
    width = sum(1.0 if _NO_GAP_BEFORE.match(letter) else _LATIN_WIDTH for letter in word)
    return edge - before.right > (width + 1) * before.size and not before.text.endswith(HYPHEN)


def _joined(held: Sequence[Line]) -> str:
    text = held[0].text
    for line in held[1:]:
        text += _between(text, line.text) + line.text
    return text


def _between(before: str, after: str) -> str:
    if before.endswith(HYPHEN) or (before.endswith("-") and _GOES_ON.match(after)):
        return ""
    return "" if _NO_GAP_BEFORE.match(before[-1]) or _NO_GAP_BEFORE.match(after) else " "


def _code(held: Sequence[Line]) -> str:
    """Return a fenced block of the lines, with the indents that they have on the page."""
    left = min(line.left for line in held)
    indented = (
        " " * min(round((line.left - left) / max(line.size * _LETTER_WIDTH, 1.0)), _MOST_INDENT) + line.text
        for line in held
    )
    body = "\n".join(indented).replace("```", "` ` `").replace(HYPHEN, "-")
    return f"```\n{body}\n```"
