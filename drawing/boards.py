"""A leaderboard as a card: ranks, names, points, and a bar for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any, Final

from drawing import style, svg
from drawing.svg import Box, Pen
from knowledge.confined import Outcome

MOST_ROWS: Final = 12
_MEDALS: Final[Mapping[int, str]] = MappingProxyType({1: style.GOLD, 2: "#c3c8d1", 3: "#cd8550"})
_PLAIN: Final = "#4a4d55"
_OWN: Final = "#31366b"
_OWN_BAR: Final = "#98a2ff"
_LEFT: Final = svg.MARGIN
_RIGHT: Final = svg.WIDTH - svg.MARGIN
_HEAD: Final = 138
_ROW: Final = 62
_PITCH: Final = 70
_NOTE: Final = 40
_APART: Final = 34
_NAME: Final = 30
_NUMBER: Final = 26
_POINTS: Final = 32
_GAP: Final = 36
_NAME_X: Final = _LEFT + 88
_NARROWEST: Final = 120
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
class Board:
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

    def values(self) -> dict[str, Any]:
        """Return it as draw() takes it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Right ends of the columns of numbers, and pixels for a name."""

    right: float
    points: float
    room: float


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
    parts = list(_head(board, columns))
    top = float(_HEAD)
    for number, row in enumerate(rows):
        if row.apart:
            parts.append(_dots(top))
            top += _APART
        if row.above:
            text = svg.fit(row.above, 22, _RIGHT - _LEFT)
            parts.append(svg.write(text, (_LEFT + 4, top + 26), Pen(22, style.FAINT)))
            top += _NOTE
        parts.extend(_row(row, top, columns, f"name{number}"))
        top += _PITCH
    return svg.card(parts, top - (_PITCH - _ROW) + svg.MARGIN)


def _columns(board: Board, rows: Sequence[Row]) -> _Columns:
    points = _RIGHT - 24
    widest = max([svg.width(board.points, 22), *(svg.width(row.points, _POINTS) for row in rows)])
    right = points - widest - _GAP
    widest = max([svg.width(board.right, 22), *(svg.width(row.right, _NUMBER) for row in rows)])
    return _Columns(right, points, max(right - widest - _GAP - _NAME_X, _NARROWEST))


def _head(board: Board, columns: _Columns) -> Iterator[str]:
    yield svg.write(svg.fit(board.title, 42, _RIGHT - _LEFT), (_LEFT, 68), Pen(42, heavy=True))
    room = columns.right - svg.width(board.right, 22) - _GAP - _LEFT
    yield svg.write(svg.fit(board.about, 24, room), (_LEFT, 112), Pen(24, style.FAINT)) if board.about else ""
    yield svg.write(board.right, (columns.right, 112), Pen(22, style.FAINT), "end")
    yield svg.write(board.points, (columns.points, 112), Pen(22, style.FAINT), "end")


def _row(row: Row, top: float, columns: _Columns, name: str) -> Iterator[str]:
    ink = style.FAINT if row.faint else style.INK
    box = Box(_LEFT, top, _RIGHT - _LEFT, _ROW)
    yield svg.rect(box, _OWN if row.mine else svg.DEEP, 10)
    yield _bar(row, box)
    yield _disc(row, top)
    base = top + 39
    yield svg.clipped(_name(row, base, columns, Pen(_NAME, ink, row.mine)), Box(_NAME_X, top, columns.room, _ROW), name)
    yield svg.write(row.right, (columns.right, base), Pen(_NUMBER, style.FAINT), "end")
    yield svg.write(row.points, (columns.points, base + 1), Pen(_POINTS, ink, heavy=True), "end")


def _name(row: Row, base: float, columns: _Columns, pen: Pen) -> Iterator[str]:
    note = svg.width(row.note, 22) + 16 if row.note else 0
    name = svg.fit(row.name, _NAME, columns.room - note)
    yield svg.write(name, (_NAME_X, base), pen)
    if row.note:
        yield svg.write(row.note, (_NAME_X + svg.width(name, _NAME) + 16, base), Pen(22, style.FAINT))


def _bar(row: Row, box: Box) -> str:
    """Return the bar along the lower edge of *box*, whose round corners it follows."""
    share = min(max(row.share, 0.0), 1.0)
    if not share:
        return ""
    plain = _OWN_BAR if row.mine else style.FAINT if row.faint else style.ACCENT
    colour = _MEDALS.get(row.medal, plain)
    return svg.rect(Box(box.x + 10, box.y + box.height - 7, max((box.width - 20) * share, 6), 5), colour, 2.5)


def _disc(row: Row, top: float) -> str:
    x, y = _LEFT + 44, top + 29
    medal = _MEDALS.get(row.medal)
    size = 26 if len(row.place) < 3 else 20 if len(row.place) < 4 else 15
    disc = f'<circle cx="{x}" cy="{y}" r="21" fill="{medal or _PLAIN}"/>'
    pen = Pen(size, svg.DEEP if medal else style.INK, heavy=bool(medal))
    return disc + svg.write(row.place, (x, y + size * 0.36), pen, "middle")


def _dots(top: float) -> str:
    middle = svg.WIDTH / 2
    return "".join(f'<circle cx="{middle + x}" cy="{top + 12}" r="4" fill="{_PLAIN}"/>' for x in (-18, 0, 18))
