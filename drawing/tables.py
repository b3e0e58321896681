"""A table as a picture that reads on a phone: a head, striped rows, cells of few lines, columns by what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from types import MappingProxyType
from typing import Final

from drawing import glyphs, raster, style
from drawing.lettering import SMALL, Letter, Line, Run, letters, lines, width, words
from knowledge.confined import Outcome

MOST_ROWS: Final = 40
MOST_COLUMNS: Final = 20
MOST_CHARACTERS: Final = 8_000
WIDTH: Final = 700
"""Pixels. On a phone it is shown 265 to 360 wide, the letters still 9 to 13 high, and on a desk 600."""
MOST_LINES: Final = 4
"""Of a cell; what is longer reads better as running text."""
_EDGE: Final = 16
"""Pixels around the table."""
_LONGEST_WORD: Final = 9.0
"""Ems of a word for which a column is widened; longer ones are broken."""
_HAIR: Final = 0.1
"""Ems that a column has more than it wants, for what our measures miss."""
_HEAD: Final = "#3d4048"
_STRIPES: Final = ("#1e1f22", "#26272b")
_INKS: Final[Mapping[str, str]] = MappingProxyType(
    {"code": "#8fd3c8", "good": style.GOOD, "bad": style.BAD, "gold": style.GOLD}
)
_ANCHORS: Final[Mapping[str, str]] = MappingProxyType({"left": "start", "center": "middle", "right": "end"})

Cell = Sequence[Run]


class NotDrawnError(Exception):
    """The table is too large for a picture that can be read."""


@dataclass(frozen=True, slots=True)
class _Measures:
    """Pixels of a letter's em, of a line, and free around a cell."""

    em: int
    line: int
    across: int
    down: int


_MEASURES: Final = (_Measures(26, 37, 14, 11), _Measures(24, 34, 9, 9))
"""The airy ones, and those for a table that they have no room for."""


def draw(_data: bytes, rows: Sequence[Sequence[Cell]], aligns: Sequence[str]) -> Outcome:
    """Return the table; its width and height in pixels.

    Args:
        rows: the head first, all of one length. A cell is a list of runs: a text, and plain, bold or code.
        aligns: left, center or right, for each column.

    Raises:
        NotDrawnError: it is too large.
        NoFontError: it holds what no font has.
    """
    svg, wide, high = card(rows, aligns)
    foreign = not all(map(glyphs.is_ours, set(svg)))
    return Outcome([wide, high], raster.png(svg, wide, high, system_fonts=foreign))


def card(rows: Sequence[Sequence[Cell]], aligns: Sequence[str]) -> tuple[str, int, int]:
    """Return the table as SVG, and its width and height in pixels. Takes and raises what draw() does."""
    size = sum(len(text) for row in rows for cell in row for text, _ in cell)
    if not 0 < len(rows) <= MOST_ROWS or not 0 < len(rows[0]) <= MOST_COLUMNS or size > MOST_CHARACTERS:
        raise NotDrawnError
    cells = [[letters(_bold(cell) if number == 0 else cell) for cell in row] for number, row in enumerate(rows)]
    for measures in _MEASURES:
        columns = _columns(cells, measures)
        if columns is None:
            continue
        wrapped = [[lines(cell, room) for cell, room in zip(row, columns, strict=True)] for row in cells]
        if max(len(cell) for row in wrapped for cell in row) <= MOST_LINES:
            return _Card(wrapped, columns, aligns, measures).svg()
    raise NotDrawnError


def _bold(cell: Cell) -> list[Run]:
    return [(text, "bold" if look == "plain" else look) for text, look in cell]


def _columns(cells: Sequence[Sequence[Sequence[Letter]]], measures: _Measures) -> list[float] | None:
    """Return the ems of text that each column holds; None if words would be broken."""
    both = [list(column) for column in zip(*cells, strict=True)]
    wanted = [max(width(line) for cell in column for line in lines(cell, float("inf"))) for column in both]
    least = [
        max((min(width(word), _LONGEST_WORD) for cell in column for word in words(cell)), default=0) for column in both
    ]
    around = 2 * _EDGE + 2 * measures.across * len(both)
    room = (WIDTH - around) / measures.em
    if sum(wanted) + _HAIR * len(wanted) <= room:
        return _stretched(wanted, room)
    return _shared(wanted, least, room)


def _stretched(wanted: Sequence[float], room: float) -> list[float]:
    """Return the columns with what is left of *room*, each its part."""
    more = (room - sum(wanted)) / len(wanted)
    return [one + more for one in wanted]


def _shared(wanted: Sequence[float], least: Sequence[float], room: float) -> list[float] | None:
    """Return *room* shared out: all that a narrow column wants, the rest to the wide ones by what they hold.

    None if there is too little for their words.
    """
    columns = list(wanted)
    wide = sorted(range(len(wanted)), key=wanted.__getitem__)
    while wanted[wide[0]] <= room / len(wide):
        room -= wanted[wide.pop(0)]
    short = sum(least[number] for number in wide)
    spare = room - short
    if spare < 0:
        return None
    parts = sum(wanted[number] ** 0.5 for number in wide)
    for number in wide:
        columns[number] = least[number] + spare * wanted[number] ** 0.5 / parts
    return columns


class _Card:
    """Puts wrapped cells in their places."""

    def __init__(
        self,
        rows: Sequence[Sequence[Sequence[Line]]],
        columns: Sequence[float],
        aligns: Sequence[str],
        measures: _Measures,
    ) -> None:
        self._rows = rows
        self._measures = measures
        self._aligns = aligns
        self._columns = [round(room * measures.em) + 2 * measures.across for room in columns]

    def svg(self) -> tuple[str, int, int]:
        """Return the picture, and its width and height."""
        wide = sum(self._columns) + 2 * _EDGE
        top = _EDGE
        drawn = []
        for number, row in enumerate(self._rows):
            high = max(len(cell) for cell in row) * self._measures.line + 2 * self._measures.down
            fill = _STRIPES[number % 2] if number else _HEAD
            drawn.append(f'<rect x="{_EDGE}" y="{top}" width="{wide - 2 * _EDGE}" height="{high}" fill="{fill}"/>')
            drawn.extend(self._row(row, top))
            top += high
        high = top + _EDGE
        if wide * high > raster.MOST_PIXELS:
            raise NotDrawnError
        ground = f'<rect width="{wide}" height="{high}" rx="12" fill="{style.GROUND}"/>'
        opening = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
            f'font-family="{raster.FAMILY}" font-size="{self._measures.em}">'
        )
        return f"{opening}{ground}{''.join(drawn)}</svg>", wide, high

    def _row(self, row: Sequence[Sequence[Line]], top: int) -> Iterator[str]:
        left = _EDGE
        for cell, wide, align in zip(row, self._columns, self._aligns, strict=True):
            inner = wide - 2 * self._measures.across
            x = left + self._measures.across + {"left": 0, "center": inner / 2, "right": inner}[align]
            for number, line in enumerate(cell):
                y = top + self._measures.down + number * self._measures.line + round(self._measures.em * 1.08)
                yield _text(line, x, y, _ANCHORS[align], self._measures.em)
            left += wide


def _text(line: Line, x: float, y: int, anchor: str, em: int) -> str:
    spans = []
    shifted = 0.0
    for (look, height), run in groupby(line, lambda letter: (letter.look, letter.height)):
        up = height * 0.36 * em if height > 0 else height * 0.16 * em
        shift = f' dy="{shifted - up:.1f}"' if up != shifted else ""
        size = f' font-size="{em * SMALL:.1f}"' if height else ""
        shifted = up
        spans.append(f"<tspan{shift}{size}{_ink(look, em)}>{escape(''.join(letter.text for letter in run))}</tspan>")
    return f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}" xml:space="preserve">{"".join(spans)}</text>'


def _ink(look: str, em: int) -> str:
    ink = _INKS.get(look, style.INK)
    # Our font has one weight: a thin outline makes the other.
    outline = f' stroke="{ink}" stroke-width="{em / 32:.2f}"' if look == "bold" else ""
    return f' fill="{ink}"{outline}'
