"""A year of days as a card: on which somebody answered, and how much."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final

from drawing import style, svg
from drawing.svg import Box, Pen
from knowledge.confined import Outcome

WEEKS: Final = 53
LEVELS: Final = (1, 3, 6, 10)
"""Answers of a day from which on it is shown brighter."""
_COLOURS: Final = ("#3a3c43", "#34489e", "#4b5fdb", "#7d8cff", "#bcc5ff")
_LEFT: Final = svg.MARGIN
_RIGHT: Final = svg.WIDTH - svg.MARGIN
_GRID_Y: Final = 140
_DAYS_ROOM: Final = 50
_PITCH: Final = (_RIGHT - _LEFT - _DAYS_ROOM) / WEEKS
_CELL: Final = _PITCH - 3.2
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
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

    def values(self) -> dict[str, Any]:
        """Return it as draw() takes it."""
        return asdict(self)


def draw(_data: bytes, values: Mapping[str, Any]) -> Outcome:
    """Return the card of somebody's days, by its values(); its width and height in pixels.

    Raises:
        TooLargeError: it is not drawn.
    """
    return svg.drawn(card(Year(**values)))


def card(year: Year) -> tuple[str, int, int]:
    """Return the card as SVG, and its width and height in pixels; of WEEKS weeks, of which today's is the last."""
    today = date.fromisoformat(year.today)
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    days = (today - first).days + 1
    answered = [0] * max(days - len(year.answered), 0) + list(year.answered[-days:])
    parts = [
        svg.write(svg.fit(year.title, 34, _RIGHT - _LEFT - 300), (_LEFT, 58), Pen(34, heavy=True)),
        *_about(year),
        *_months(first, year.months),
        *_weekdays(year.weekdays),
        *(_cell(number, count, now=number == days - 1) for number, count in enumerate(answered)),
    ]
    return svg.card(parts, _GRID_Y + 7 * _PITCH + svg.MARGIN - 4)


def level(answered: int) -> int:
    """Return how brightly a day is shown, 0 to 4."""
    return bisect_right(LEVELS, answered)


def _about(year: Year) -> Iterator[str]:
    """Yield the line below the title's, which is the legend's, too."""
    x = _RIGHT - svg.width(year.more, 22)
    yield svg.write(year.more, (x, 58), Pen(22, style.FAINT))
    x -= 12 + 26 * len(_COLOURS)
    for number, colour in enumerate(_COLOURS):
        yield svg.rect(Box(x + 26 * number, 39, 21, 21), colour, 5)
    yield svg.write(year.less, (x - 10, 58), Pen(22, style.FAINT), "end")
    if year.about:
        yield svg.write(svg.fit(year.about, 24, _RIGHT - _LEFT), (_LEFT, 94), Pen(24, style.FAINT))


def _months(first: date, names: Sequence[str]) -> Iterator[str]:
    """Yield the name of each month over the week in which it begins, if there is room for it."""
    end = 0.0
    for week in range(WEEKS):
        begun = first + 7 * week * _DAY
        last = begun + 6 * _DAY
        x = _LEFT + _DAYS_ROOM + _PITCH * week
        if last.day > 7 or x < end or x + svg.width(names[last.month - 1], 20) > _RIGHT:
            continue
        yield svg.write(names[last.month - 1], (x, _GRID_Y - 12), Pen(20, style.FAINT))
        end = x + svg.width(names[last.month - 1], 20) + 8


def _weekdays(names: Sequence[str]) -> Iterator[str]:
    for number, name in enumerate(names[:7]):
        if name:
            yield svg.write(name, (_LEFT, _GRID_Y + _PITCH * number + _CELL - 1), Pen(19, style.FAINT))


def _cell(number: int, answered: int, *, now: bool) -> str:
    week, weekday = divmod(number, 7)
    box = Box(_LEFT + _DAYS_ROOM + _PITCH * week, _GRID_Y + _PITCH * weekday, _CELL, _CELL)
    return svg.rect(box, _COLOURS[level(answered)], 4, outline=style.GOLD if now else "")
