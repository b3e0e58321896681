"""When a daily question is due, in a group's own time. Pure: zone and wall time in, instants out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import TimeUnreadableError

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)
_WITHOUT_SLOT: Final = 3
"""Days in a row that a zone may have left out of its calendar; one is the most there ever was."""
_CLOCK: Final = re.compile(
    r"(?P<early>上午|早上|早晨)?(?P<late>下午|晚上|傍晚)?\s*(?P<hour>[0-9]{1,2})"
    r"(?:\s*(?:[:.h时]|点)\s*(?:(?P<minute>[0-9]{1,2})分?|(?P<half>半))?)?\s*(?P<half_day>[ap]\.?m\.?)?",
    re.IGNORECASE | re.ASCII,
)
_LONGEST_CLOCK: Final = 20


@dataclass(frozen=True, slots=True)
class Slot:
    """A day on which something is due.

    Attributes:
        day: in the zone.
        at: the instant, in UTC.
    """

    day: date
    at: datetime


def slot_on(day: date, zone: ZoneInfo, post_at: time) -> Slot | None:
    """Return the slot of *day*; None for a day that the zone has left out.

    A local time that a clock change skips falls due at the first instant after the gap (02:30 in a 02:00-03:00 gap at
    03:00); one that it repeats falls due the first time.
    """
    wall = datetime.combine(day, post_at)
    at = wall.replace(tzinfo=zone).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) != wall:
        at = _end_of_gap(wall, zone)
    return Slot(day, at) if at.astimezone(zone).date() == day else None


def latest_slot(now: datetime, zone: ZoneInfo, post_at: time) -> Slot:
    """Return the newest slot that has begun at *now*.

    Args:
        now: aware, in any zone.
        zone: it decides what day it is.
        post_at: local wall-clock time, without a zone.
    """
    today = now.astimezone(zone).date()
    days = (today - back * _DAY for back in range(_WITHOUT_SLOT + 1))
    return next(slot for day in days if (slot := slot_on(day, zone, post_at)) is not None and slot.at <= now)


def next_slot(now: datetime, zone: ZoneInfo, post_at: time, *, after: date | None = None) -> Slot:
    """Return the first slot that begins later than *now*, on a day later than *after*."""
    first = now.astimezone(zone).date()
    if after is not None and after >= first:
        first = after + _DAY
    days = (first + ahead * _DAY for ahead in range(_WITHOUT_SLOT + 1))
    return next(slot for day in days if (slot := slot_on(day, zone, post_at)) is not None and slot.at > now)


def parse_time(typed: str) -> time:
    """Return the wall-clock time that somebody typed: ``8``, ``8:30``, ``08:30``, ``8pm``, ``晚上8点半``.

    Raises:
        TimeUnreadableError: it is none, such as ``25:00``.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    found = _CLOCK.fullmatch(text) if len(text) <= _LONGEST_CLOCK else None
    if found is None:
        raise TimeUnreadableError(typed)
    hour = int(found["hour"])
    minute = 30 if found["half"] else int(found["minute"] or 0)
    half_day = (found["half_day"] or "").lower()
    if half_day and not 1 <= hour <= 12:
        raise TimeUnreadableError(typed)
    if half_day:
        hour = hour % 12 + (12 if half_day.startswith("p") else 0)
    elif found["late"] and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise TimeUnreadableError(typed)
    return time(hour, minute)


def written(post_at: time) -> str:
    """Return a wall-clock time as ``HH:MM``."""
    return post_at.strftime("%H:%M")


def _end_of_gap(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant after the gap that holds *wall*: found by halving, for zones tell no transitions."""
    after = wall.replace(tzinfo=zone, fold=1).utcoffset()
    before_gap = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after_gap = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    while after_gap - before_gap > _SECOND:
        middle = before_gap + (after_gap - before_gap) // 2
        if middle.astimezone(zone).utcoffset() == after:
            after_gap = middle
        else:
            before_gap = middle
    return after_gap.replace(microsecond=0)
