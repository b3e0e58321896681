"""Mends what a PDF breaks inside a row of print: superscripts, accents, and a stamp in the margin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.loaders.pdf_line import Line
from knowledge.loaders.pdf_scripts import script

_HIGHEST = 0.6  # of the size: how far a script stands from the baseline
_SMALLER = 0.85  # of the size, a script
_OVERLAP = -1.5  # points
_NEAR, _BESIDE = 0.5, 0.15  # of the size: a script's distance at most, and one that is a space
_ROW = 0.9  # of the size: lines whose baselines are nearer than that stand side by side
_CELL = 3.0  # times the size: a gap between the cells of a table
_MARGIN = 0.08  # of the width: outside of it nothing but stamps is written
_ACCENTS = {"¨": "\u0308", "´": "\u0301", "ˇ": "\u030c", "˚": "\u030a", "ˆ": "\u0302", "˜": "\u0303", "`": "\u0300"}
_ACCENTED = re.compile(r"(?:(?<=[^\W\d_]) )?([¨ˇ˚]) ([A-Za-z])(?=\w)|([¨ˇ˚])([A-Za-zı])|([´ˆ˜`])(ı)")
"""The others stand before dotless letters alone: elsewhere they may be apostrophes, quotes and hats of variables."""


def joined(lines: Sequence[Line]) -> list[Line]:
    """Return *lines* of a page in the order in which they are drawn, those whole that a superscript broke."""
    found: list[Line] = []
    for line in lines:
        if found and _goes_on(found[-1], line):
            found[-1] = _together(found[-1], line)
        else:
            found.append(line)
    return found


def beside(before: Line, line: Line) -> bool:
    """Tell whether *line* goes on in the row of the line *before*, as the pieces of a formula do."""
    size = max(before.size, line.size)
    near = abs(before.end - line.base) <= _ROW * size and before.column == line.column
    return near and min(before.size, line.size) > 0 and -size <= line.left - before.right <= _CELL * size


def unstamped(lines: Iterable[Line], width: float) -> list[Line]:
    """Return *lines* without those that run up or down in a margin."""
    return [
        line
        for line in lines
        if line.size or _MARGIN * width < line.left < (1 - _MARGIN) * width or max(line.left, line.right) > width
    ]


def accented(text: str) -> str:
    """Return *text* with the accents on their letters that TeX has drawn before them."""
    return _ACCENTED.sub(_on_its_letter, text)


def _on_its_letter(found: re.Match[str]) -> str:
    accent, letter = (part for part in found.groups() if part)
    made = unicodedata.normalize("NFC", ("i" if letter == "ı" else letter) + _ACCENTS[accent])
    return made if len(made) == 1 else found[0]


def _goes_on(before: Line, line: Line) -> bool:
    """Tell whether *line* stands right behind the line *before*, and one of them is a script of the other."""
    size = max(before.size, line.size)
    if not before.size or not line.size or before.mono or line.mono:
        return False
    smaller = min(before.size, line.size) <= _SMALLER * size
    near = _OVERLAP <= line.left - before.right <= _NEAR * size
    moved = abs(line.base - before.end)
    return (
        near
        and moved <= _HIGHEST * size
        and moved > 0
        and (smaller or before.end != before.base or line.end != line.base)
    )


def _together(before: Line, line: Line) -> Line:
    larger = max(before, line, key=lambda one: one.size)
    first, second = before.text, line.text
    if line.size < before.size:
        second = script(second, (line.size, line.base), (before.size, before.base)) if second.isdecimal() else second
    elif line.size > before.size and first.isdecimal():
        first = script(first, (before.size, before.base), (line.size, line.base))
    space = " " if line.left - before.right > _BESIDE * larger.size else ""
    return replace(
        before, text=f"{first}{space}{second}", size=larger.size, right=line.right, base=larger.base, end=line.end
    )
