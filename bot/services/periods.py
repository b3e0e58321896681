"""Days, weeks and months of a group as spans of time: half-open, in UTC, begun at midnight by the group's clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


class Period(StrEnum):
    """Of which time a board is; the values stand in custom_ids."""

    TODAY = "d"
    WEEK = "w"
    MONTH = "m"
    SEASON = "s"
    EVER = "a"


@dataclass(frozen=True, slots=True)
class Span:
    """From *begins*, with it, to *ends*, without it; None is open."""

    begins: datetime | None = None
    ends: datetime | None = None


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return when *day* begins, in UTC.

    Where a clock change leaves midnight out, that is the first instant after it; where it repeats it, the first time.
    """
    return datetime.combine(day, time(), zone).astimezone(UTC)


def week_of(day: date, week_start: int) -> date:
    """Return the first day of the week of *day*; weeks start on *week_start*, 0 is Monday."""
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def span(period: Period, now: datetime, zone: ZoneInfo, *, week_start: int = 0) -> Span:
    """Return the day, week or month of *now*; a season's time is not known here, and EVER has no ends."""
    today = now.astimezone(zone).date()
    match period:
        case Period.TODAY:
            first, after = today, today + _DAY
        case Period.WEEK:
            first = week_of(today, week_start)
            after = first + 7 * _DAY
        case Period.MONTH:
            first = today.replace(day=1)
            after = (first + 31 * _DAY).replace(day=1)
        case _:
            return Span()
    return Span(midnight(first, zone), midnight(after, zone))


def week_before(ends: datetime, zone: ZoneInfo) -> Span:
    """Return the week that is over at *ends*: from the midnight seven days earlier by the clocks of *zone*."""
    return Span(midnight(ends.astimezone(zone).date() - 7 * _DAY, zone), ends)


def next_week(after: datetime, zone: ZoneInfo, *, week_start: int) -> datetime:
    """Return the first beginning of a week later than *after*."""
    first = week_of(after.astimezone(zone).date(), week_start)
    return midnight(first + 7 * _DAY, zone)
