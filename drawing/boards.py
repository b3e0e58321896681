"""A leaderboard as a card: ranks, names, points, and a bar for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from drawing import style, svg
from drawing.cards import Card
from drawing.svg import Box, Pen
from knowledge.confined import Outcome

MOST_ROWS: Final = 12
_MEDALS: Final[Mapping[int, str]] = MappingProxyType({1: style.GOLD, 2: "#c3c8d1", 3: "#cd8550"})
_PLAIN: Final = "#4a4d55"
_OWN: Final = "#31366b"
_OWN_BAR: Final = "#98a2ff"
_LEFT: Final = svg.MARGIN
_RIGHT: Final = svg.WIDTH - svg.MARGIN
_ABOUT: Final = 118
_HEAD: Final = 138
_LINE: Final = 46
_ROW: Final = 76
_PITCH: Final = 83
_APART: Final = 34
_NAME: Final = 41
_POINTS: Final = 43
_GAP: Final = 30
_DISC: Final = 56
_NARROWEST: Final = 160
"""Pixels that a name has, whatever the numbers take."""


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on a board.

    Attributes:
        place: the rank, or what stands for one.
        medal: 1, 2 or 3; 0 for none.
        note: stands behind the name.
        right: of how many answers how many were right.
        share: of the longest bar, 0 to 1.
        mine: it is the reader's own.
        faint: has no rank, or has left.
        apart: stands below the page, which it is not on.
        above: a line that stands above it, empty for none.
    """

    place: str
    name: str
    points: str
    right: str
    share: float
    medal: int = 0
    note: str = ""
    mine: bool = False
    faint: bool = False
    apart: bool = False
    above: str = ""


@dataclass(frozen=True, slots=True)
class Board(Card):
    """A page of a board, all texts in one language.

    Attributes:
        about: below the title: its time, its topic.
        right: over the column of right answers.
        points: over the column of points.
    """

    title: str
    about: str
    right: str
    points: str
    rows: Sequence[Row] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns are: pixels of a place, a name's left end and room, right ends of the numbers."""

    place: float
    name: float
    room: float
    right: float
    points: float


def draw(_data: bytes, values: Mapping[str, Any]) -> Outcome:
    """Return the card of a board, by its values(); its width and height in pixels.

    Raises:
        TooLargeError: it is not drawn.
    """
    rows = tuple(Row(**row) for row in values["rows"])
    return svg.drawn(card(Board(**{**values, "rows": rows})))


def card(board: Board) -> tuple[str, int, int]:
    """Return the card as SVG, and its width and height in pixels; of the rows, the first MOST_ROWS."""
    rows = board.rows[:MOST_ROWS]
    columns = _columns(board, rows)
    down = _LINE if svg.width(board.about, svg.SMALL) > _beside(board, columns) else 0
    parts = list(_head(board, columns, down))
    top = float(_HEAD + down)
    for number, row in enumerate(rows):
        if row.apart:
            parts.append(_dots(top))
            top += _APART
        if row.above:
            text = svg.fit(row.above, svg.SMALL, _RIGHT - _LEFT)
            parts.append(svg.write(text, (_LEFT + 4, top + 34), Pen(svg.SMALL, style.FAINT)))
            top += _LINE + 2
        parts.extend(_row(row, top, columns, f"name{number}"))
        top += _PITCH
    return svg.card(parts, top - (_PITCH - _ROW) + svg.MARGIN)


def _columns(board: Board, rows: Sequence[Row]) -> _Columns:
    place = max([_DISC, *(svg.width(row.place, svg.SMALL) + 24 for row in rows)])
    name = _LEFT + 14 + place + 18
    points = _RIGHT - 20
    right = points - _widest(board.points, [svg.width(row.points, _POINTS) for row in rows]) - _GAP
    end = right - _widest(board.right, [svg.width(row.right, svg.SMALL) for row in rows]) - _GAP
    return _Columns(place, name, max(end - name, _NARROWEST), right, points)


def _widest(caption: str, widths: Sequence[float]) -> float:
    return max(svg.width(caption, svg.SMALL), *widths, 0)


def _beside(board: Board, columns: _Columns) -> float:
    """Return the room on the line of the captions, left of them."""
    return columns.right - svg.width(board.right, svg.SMALL) - _GAP - _LEFT


def _head(board: Board, columns: _Columns, down: float) -> Iterator[str]:
    """Yield title, time and topic, and the captions: *down* by so much where what is about them needs the line."""
    pen, y = Pen(svg.SMALL, style.FAINT), _ABOUT + down
    yield svg.write(svg.fit(board.title, 52, _RIGHT - _LEFT), (_LEFT, 68), Pen(52, heavy=True))
    yield svg.write(svg.fit(board.about, svg.SMALL, _RIGHT - _LEFT), (_LEFT, _ABOUT), pen) if board.about else ""
    yield svg.write(board.right, (columns.right, y), pen, "end")
    yield svg.write(board.points, (columns.points, y), pen, "end")


def _row(row: Row, top: float, columns: _Columns, name: str) -> Iterator[str]:
    ink = style.FAINT if row.faint else style.INK
    box = Box(_LEFT, top, _RIGHT - _LEFT, _ROW)
    yield svg.rect(box, _OWN if row.mine else svg.DEEP, 12)
    yield _bar(row, box)
    yield _place(row, top, columns)
    base = top + 49
    place = Box(columns.name, top, columns.room, _ROW)
    yield svg.clipped(_name(row, base, columns, Pen(_NAME, ink, row.mine)), place, name)
    yield svg.write(row.right, (columns.right, base), Pen(svg.SMALL, style.FAINT), "end")
    yield svg.write(row.points, (columns.points, base + 1), Pen(_POINTS, ink, heavy=True), "end")


def _name(row: Row, base: float, columns: _Columns, pen: Pen) -> Iterator[str]:
    note = svg.width(row.note, svg.SMALL) + 16 if row.note else 0
    name = svg.fit(row.name, _NAME, columns.room - note)
    yield svg.write(name, (columns.name, base), pen)
    if row.note:
        yield svg.write(row.note, (columns.name + svg.width(name, _NAME) + 16, base), Pen(svg.SMALL, style.FAINT))


def _bar(row: Row, box: Box) -> str:
    """Return the bar along the lower edge of *box*, whose round corners it follows."""
    share = min(max(row.share, 0.0), 1.0)
    if not share:
        return ""
    plain = _OWN_BAR if row.mine else style.FAINT if row.faint else style.ACCENT
    colour = _MEDALS.get(row.medal, plain)
    return svg.rect(Box(box.x + 12, box.y + box.height - 8, max((box.width - 24) * share, 6), 6), colour, 3)


def _place(row: Row, top: float, columns: _Columns) -> str:
    """Return the rank on a disc, which is longer where ranks are."""
    medal = _MEDALS.get(row.medal)
    wide = max(_DISC, svg.width(row.place, svg.SMALL) + 24)
    middle = _LEFT + 14 + columns.place / 2
    disc = svg.rect(Box(middle - wide / 2, top + 7, wide, _DISC), medal or _PLAIN, _DISC / 2)
    pen = Pen(svg.SMALL, svg.DEEP if medal else style.INK, heavy=bool(medal))
    return disc + svg.write(row.place, (middle, top + 47), pen, "middle")


def _dots(top: float) -> str:
    middle = svg.WIDTH / 2
    return "".join(f'<circle cx="{middle + x}" cy="{top + 13}" r="5" fill="{_PLAIN}"/>' for x in (-22, 0, 22))
