"""Breaks styled text into lines as Chinese is broken: between characters, not only at blanks."""

from __future__ import annotations

from typing import Final

from rich.cells import get_character_cell_size
from rich.text import Text

# What never begins a line, and what never ends one (GB/T 15834 and common typesetting).
_NOT_FIRST: Final = frozenset("，。、；：？！…—）》〉」』】〕”’％%,.;:?!)]}")
_NOT_LAST: Final = frozenset("（《〈「『【〔“‘([{")


def wrapped(text: Text, width: int) -> list[Text]:
    """Return *text* as lines of at most *width* cells, its own line feeds kept; a longer word is cut."""
    return [line for paragraph in text.split("\n", allow_blank=True) for line in _lines(paragraph, max(width, 2))]


def _lines(paragraph: Text, width: int) -> list[Text]:
    plain = paragraph.plain
    cuts: list[int] = []
    start = used = 0
    allowed: int | None = None
    for offset, character in enumerate(plain):
        if offset > start and _may_break(plain, offset):
            allowed = offset
        used += get_character_cell_size(character)
        while used > width and not character.isspace():
            start, allowed = allowed or offset, None
            cuts.append(start)
            used = sum(map(get_character_cell_size, plain[start : offset + 1]))
    lines = list(paragraph.divide(cuts))
    for line in lines:
        line.rstrip()
    return lines


def _may_break(plain: str, offset: int) -> bool:
    before, after = plain[offset - 1], plain[offset]
    if after.isspace() or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return before.isspace() or get_character_cell_size(before) == 2 or get_character_cell_size(after) == 2
