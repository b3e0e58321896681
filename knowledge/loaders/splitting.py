"""Takes a stretch of text apart where a displayed formula or a picture stands on lines of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.loaders.mask import Cover, Masked
from knowledge.model import Block, BlockKind

_IMAGE = re.compile(
    r"!\[[^\[\]\n]{0,500}\]\((?:<[^<>\n]{0,1000}>|[^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,500}){0,3})\)"
    r"|!\[\[[^\[\]\n]{1,500}\]\]|<img\s[^<>\n]{1,1000}>",
    re.I,
)
# What may stand before something that has its lines to itself: indent, list mark, quote mark.
_MARK = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*){0,6}")
_STOPS = ("", "\\", ",", ".", "，", "。", ";", "；")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a note.

    Attributes:
        texts: as shown, without comments.
        displays: by the number of its first line counted from 0, the last line of each formula that has its lines
            to itself.
    """

    texts: Sequence[str]
    displays: dict[int, int] = field(default_factory=dict)


def lines_of(shown: str, masked: Masked, original: str) -> Lines:
    """Return the lines of *shown*, the *original* without its comments, whose formulas *masked* tells."""
    starts = [0, *(match.end() for match in re.finditer("\n", original))]
    displays = {}
    for part in masked.parts:
        if part.kind is Cover.DISPLAY:
            first = bisect_right(starts, part.start) - 1
            if _has_its_lines(original, part.start, part.end, starts[first]):
                displays[first] = bisect_right(starts, part.end - 1) - 1
    return Lines(shown.split("\n"), displays)


def _has_its_lines(text: str, start: int, end: int, line: int) -> bool:
    stop = text.find("\n", end)
    after = text[end : stop if stop >= 0 else len(text)].strip()
    return _MARK.fullmatch(text, line, start) is not None and after in _STOPS


def split_text(lines: Lines, first: int, end: int, hidden: frozenset[int]) -> Iterator[Block]:
    """Yield the blocks of the lines from *first* up to *end*, counted from 0: text, formulas, pictures.

    Lines in *hidden*, such as navigation, are not text.
    """
    held: list[int] = []
    number = first
    while number < end:
        last = lines.displays.get(number)
        if last is not None and last < end:
            yield from _text(lines, held)
            yield Block(BlockKind.MATH, "\n".join(lines.texts[number : last + 1]), (number + 1, last + 1))
            held, number = [], last
        elif number not in hidden:
            held.append(number)
            if _IMAGE.search(lines.texts[number]):
                yield from _with_pictures(lines, held)
                held = []
        number += 1
    yield from _text(lines, held)


def _with_pictures(lines: Lines, held: Sequence[int]) -> Iterator[Block]:
    """Yield the text up to a line with pictures, then the pictures; a line that is nothing else is no text."""
    number = held[-1]
    line = lines.texts[number]
    yield from _text(lines, held if _MARK.fullmatch(_IMAGE.sub("", line).strip()) is None else held[:-1])
    for match in _IMAGE.finditer(line):
        yield Block(BlockKind.IMAGE, match[0], (number + 1, number + 1))


def _text(lines: Lines, held: Sequence[int]) -> Iterator[Block]:
    numbers = list(held)
    while numbers and not lines.texts[numbers[0]].strip():
        numbers.pop(0)
    while numbers and not lines.texts[numbers[-1]].strip():
        numbers.pop()
    if numbers:
        text = "\n".join(lines.texts[number] for number in numbers)
        yield Block(BlockKind.TEXT, text, (numbers[0] + 1, numbers[-1] + 1))
