"""Takes a run of lines apart where pictures stand: a picture is a block of its own after the text that names it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.loaders.links import PICTURE
from knowledge.loaders.mask import Sheet
from knowledge.model import Block, BlockKind

# What stands around a picture that has its line to itself: marks of lists and quotes, tags, an empty link, sizes.
_MARKS = re.compile(r"[ \t]*(?:(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))[ \t]*){0,6}")
_WRAPPER = re.compile(
    r"</?(?:p|div|center|figure|a|span|br|picture|source|b|strong)\b[^<>]{0,500}>|\{[^{}\n]{0,200}\}|&nbsp;"
    r"|\[\s*\]\([^()\n]{0,1000}\)",
    re.IGNORECASE,
)


def is_picture_line(plain: str) -> bool:
    """Tell whether a line, with code and formulas covered, is nothing but pictures."""
    rest, count = PICTURE.subn("", plain) if _may_have_picture(plain) else ("", 0)
    return count > 0 and not _WRAPPER.sub("", _MARKS.sub("", rest, count=1)).strip()


def without_pictures(plain: str) -> str:
    """Return what is left of a heading without its pictures and tags."""
    return _WRAPPER.sub("", PICTURE.sub("", plain)).strip()


def pictures(sheet: Sheet, start: int, end: int) -> Iterator[Block]:
    """Yield the pictures that the lines *start* to *end* - 1, counted from 0, show."""
    for number in range(start, end):
        if _may_have_picture(sheet.plain[number]):
            for match in PICTURE.finditer(sheet.plain[number]):
                text = sheet.shown[number][match.start() : match.end()]
                yield Block(BlockKind.IMAGE, text, (number + 1, number + 1))


def split_text(sheet: Sheet, start: int, end: int) -> Iterator[Block]:
    """Yield the blocks of a run of text: text, and the pictures after the line that names them."""
    held = start
    for number in range(start, end):
        shown = list(pictures(sheet, number, number + 1))
        if shown:
            yield from text_block(sheet.shown, held, number if is_picture_line(sheet.plain[number]) else number + 1)
            yield from shown
            held = number + 1
    yield from text_block(sheet.shown, held, end)


def text_block(lines: Sequence[str], start: int, end: int) -> Iterator[Block]:
    """Yield the block of the lines *start* to *end* - 1 without blank lines around it, if anything is left."""
    while start < end and not lines[start].strip():
        start += 1
    while start < end and not lines[end - 1].strip():
        end -= 1
    if start < end:
        yield Block(BlockKind.TEXT, "\n".join(lines[start:end]), (start + 1, end))


def unmarked(line: str) -> str:
    """Return *line* with the marks of lists before its text as spaces."""
    found = _MARKS.match(line)
    return " " * len(found[0].expandtabs(4)) + line[found.end() :] if found else line


def _may_have_picture(plain: str) -> bool:
    return "![" in plain or "<" in plain
