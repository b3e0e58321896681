"""A note's table for Discord, which has none: aligned columns where it is narrow, else a list of its rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from bot.render.maths import flat, rich

WIDEST: Final = 56
"""Terminal columns of a table that a code block shows without breaking its lines, Chinese counted twice."""
_RULE: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*){0,200}\|?\s*")
_CELL: Final = re.compile(r"(?:\\.|`[^`]*`|[^|\\`]|[\\`])*")
_LINK: Final = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()]{0,1000}\)")
_TAG: Final = re.compile(r"<(?:br|BR)\s?/?>")
_MARKS: Final = re.compile(r"\*\*|__|`|\\(?=\|)")

Rows = Sequence[Sequence[str]]


def rows(source: str) -> list[list[str]]:
    """Return the cells, the head first, all rows of one length; nothing if *source* is no table."""
    lines = [line for line in source.splitlines() if line.strip()]
    if len(lines) < 2 or not _RULE.fullmatch(lines[1]):
        return []
    cells = [list(_cells(line)) for line in (lines[0], *lines[2:])]
    width = max(map(len, cells))
    return [row + [""] * (width - len(row)) for row in cells]


def aligned(table: Rows) -> str | None:
    """Return the table in aligned columns; None if it is wider than a message."""
    plain = [[_plain(cell) for cell in row] for row in table]
    widths = [max(map(width, column)) for column in zip(*plain, strict=True)]
    if sum(widths) + 3 * (len(widths) - 1) > WIDEST:
        return None
    lines = [" | ".join(_padded(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in plain]
    return "\n".join([lines[0], "-+-".join("-" * size for size in widths), *lines[1:]])


def listed(table: Rows) -> str:
    """Return the rows as a list: the first cell in bold, under it what each column says of it. Discord Markdown."""
    head, *body = table
    entries = []
    for first, *others in body:
        named = zip(head[1:], others, strict=True)
        lines = [f"- {rich(name)}: {rich(cell)}" if name else f"- {rich(cell)}" for name, cell in named if cell]
        entries.append("\n".join([f"**{rich(first.replace('**', ''))}**" if first else "—", *lines]))
    return "\n\n".join(entries) or " | ".join(rich(name) for name in head)


def width(text: str) -> int:
    """Return the columns that *text* takes in a terminal: wide East Asian ones 2, marks 0."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(text: str, size: int) -> str:
    return text + " " * (size - width(text))


def _cells(line: str) -> Iterator[str]:
    stripped = line.strip().removeprefix("|")
    at = 0
    while at <= len(stripped):
        cell = _CELL.match(stripped, at)
        assert cell is not None  # noqa: S101 - the pattern matches the empty string
        if cell.end() < len(stripped) or cell[0].strip():
            yield cell[0].strip()
        at = cell.end() + 1


def _plain(cell: str) -> str:
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", _TAG.sub(" ", flat(cell)))).split())
