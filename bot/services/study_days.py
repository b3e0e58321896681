"""The days of those who study: they begin at four in the morning, or a late evening would count as two."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_BEGINS: Final = time(4)


def beginning(now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the study day of *now* began, in UTC: at the newest 04:00 by the clocks of *zone*."""
    wall = now.astimezone(zone).replace(tzinfo=None)
    day = (wall - timedelta(hours=_BEGINS.hour)).date()
    return datetime.combine(day, _BEGINS, zone).astimezone(UTC)
