"""A year of days as a card, its halves below each other: on which somebody answered, and how much."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from drawing import style, svg
from drawing.cards import Card
from drawing.svg import Box, Pen
from knowledge.confined import Outcome

WEEKS: Final = 53
LEVELS: Final = (1, 3, 6, 10)
"""Answers of a day from which on it is shown brighter."""
_COLOURS: Final = ("#3a3c43", "#34489e", "#4b5fdb", "#7d8cff", "#bcc5ff")
_LEFT: Final = svg.MARGIN
_RIGHT: Final = svg.WIDTH - svg.MARGIN
_ACROSS: Final = 27
"""Weeks of a half: all of them beside each other would be dots on a phone."""
_GRID_Y: Final = 188
_DAYS_ROOM: Final = 84
_PITCH: Final = (_RIGHT - _LEFT - _DAYS_ROOM) / _ACROSS
_CELL: Final = _PITCH - 5
_HALF: Final = 7 * _PITCH + 58
_LEGEND: Final = 37
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year(Card):
    """The days of the weeks up to today's, all texts in one language.

    Attributes:
        answered: of each day, in order; the last is today's.
        today: ISO, ``2026-11-25``.
        months: their twelve names.
        weekdays: seven, from Monday on; empty where none is shown.
        less: stands before the legend.
        more: stands behind it.
    """

    title: str
    about: str
    answered: Sequence[int]
    today: str
    months: Sequence[str]
    weekdays: Sequence[str]
    less: str
    more: str


def draw(_data: bytes, values: Mapping[str, Any]) -> Outcome:
    """Return the card of somebody's days, by its values(); its width and height in pixels.

    Raises:
        TooLargeError: it is not drawn.
    """
    return svg.drawn(card(Year(**values)))


def card(year: Year) -> tuple[str, int, int]:
    """Return the card as SVG, and its width and height in pixels; of WEEKS weeks, of which today's is the last."""
    today = date.fromisoformat(year.today)
    shown = days(today)
    first = today - (shown - 1) * _DAY
    answered = [0] * max(shown - len(year.answered), 0) + list(year.answered[-shown:])
    parts = [
        *_head(year),
        *_months(first, year.months),
        *_weekdays(year.weekdays),
        *(_cell(number, count, now=number == shown - 1) for number, count in enumerate(answered)),
    ]
    return svg.card(parts, _GRID_Y + _HALF + 7 * _PITCH + svg.MARGIN - 4)


def days(today: date) -> int:
    """Return how many days are shown: whole weeks, and that of *today* as far as it has come."""
    return 7 * (WEEKS - 1) + today.weekday() + 1


def level(answered: int) -> int:
    """Return how brightly a day is shown, 0 to 4."""
    return bisect_right(LEVELS, answered)


def _head(year: Year) -> Iterator[str]:
    """Yield the title, its legend at the right, and the line below."""
    pen = Pen(svg.SMALL, style.FAINT)
    x = _RIGHT - svg.width(year.more, svg.SMALL)
    yield svg.write(year.more, (x, 66), pen)
    x -= 12 + _LEGEND * len(_COLOURS)
    for number, colour in enumerate(_COLOURS):
        yield svg.rect(Box(x + _LEGEND * number, 39, 30, 30), colour, 7)
    yield svg.write(year.less, (x - 14, 66), pen, "end")
    room = x - 14 - svg.width(year.less, svg.SMALL) - 30 - _LEFT
    yield svg.write(svg.fit(year.title, 50, room), (_LEFT, 68), Pen(50, heavy=True))
    if year.about:
        yield svg.write(svg.fit(year.about, svg.SMALL, _RIGHT - _LEFT), (_LEFT, 116), pen)


def _months(first: date, names: Sequence[str]) -> Iterator[str]:
    """Yield the name of each month over the week in which it begins, if there is room for it."""
    for week in range(WEEKS):
        last = first + (7 * week + 6) * _DAY
        name = names[last.month - 1]
        x, y = _place(week, 0)
        if last.day <= 7 and x + svg.width(name, svg.SMALL) <= _RIGHT:
            yield svg.write(name, (x, y - 13), Pen(svg.SMALL, style.FAINT))


def _weekdays(names: Sequence[str]) -> Iterator[str]:
    for half in (0, 1):
        for number, name in enumerate(names[:7]):
            if name:
                _, y = _place(half * _ACROSS, number)
                yield svg.write(name, (_LEFT, y + _CELL - 3), Pen(svg.SMALL, style.FAINT))


def _place(week: int, weekday: int) -> tuple[float, float]:
    half, column = divmod(week, _ACROSS)
    return _LEFT + _DAYS_ROOM + _PITCH * column, _GRID_Y + _HALF * half + _PITCH * weekday


def _cell(number: int, answered: int, *, now: bool) -> str:
    box = Box(*_place(*divmod(number, 7)), _CELL, _CELL)
    return svg.rect(box, _COLOURS[level(answered)], 6, outline=style.GOLD if now else "")
