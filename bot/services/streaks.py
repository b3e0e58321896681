"""Streaks: on how many days in a row somebody has answered. Counted from the answers, never kept.

A day on which there was nothing to answer breaks nothing. Seven days earn a freeze, of which two can be kept; a freeze
covers a day that was missed. All days are those of one zone, the one of now: whoever changes it has their whole past
told in the new one, so that an answer never counts for two days, and moving on cannot make days of none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

EARNED_IN: Final = 7
"""Days in a row that earn a freeze."""
MOST_FREEZES: Final = 2
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streak:
    """Where a streak stands.

    Attributes:
        days: answered on, in a row; those that a freeze covered are not counted.
        longest: that there has ever been.
        today: whether today is answered already.
    """

    days: int = 0
    longest: int = 0
    freezes: int = 0
    today: bool = False


def days_of(instants: Iterable[datetime], zone: ZoneInfo) -> frozenset[date]:
    """Return the days of *instants* by the clocks of *zone*."""
    return frozenset(instant.astimezone(zone).date() for instant in instants)


def streak(answered: Collection[date], posted: Collection[date] | None, today: date) -> Streak:
    """Return the streak on *today*, which is not over and so not missed yet.

    Args:
        answered: days with an answer.
        posted: days on which there was something to answer; None is every day.
        today: in the same zone.
    """
    days = longest = freezes = 0
    day = min(answered, default=today)
    while day <= today:
        if day in answered:
            days += 1
            longest = max(longest, days)
            freezes = min(freezes + (days % EARNED_IN == 0), MOST_FREEZES)
        elif day != today and (posted is None or day in posted):
            days, freezes = (days, freezes - 1) if freezes else (0, 0)
        day += _DAY
    return Streak(days, longest, freezes, today in answered)
