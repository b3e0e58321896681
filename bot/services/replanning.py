"""Plans anew what a clock that was ahead has planned for a time far away, as soon as the clock is right again.

A machine may begin with a wrong year and learn the right one a minute later. Nothing that was planned meanwhile may
keep a daily question silent until that year comes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.services.posting import CATCH_UP, Problem, look_at, next_free
from bot.services.schedule import latest_slot
from bot.services.steps import CLOCKS_DIFFER, reveal_at
from storage import ahead, posts, streams
from storage.ahead import Ahead, Limits
from storage.database import Connection, Database
from storage.posts import REVEALED, SENT, SKIPPED, Post
from storage.streams import Stream

log = logging.getLogger(__name__)

_DAY: Final = timedelta(days=1)
_LOOK_WITHIN: Final = 2 * _DAY
"""A stream is looked at sooner than that, unless somebody skips several days."""
_STEP_WITHIN: Final = timedelta(minutes=15)
"""A step that failed is tried again sooner than that."""
_REVEAL_WITHIN: Final = 4 * _DAY
_ZONES_DIFFER: Final = 2 * _DAY
"""In a zone that was changed it may have been so much later."""


class Replanning:
    """Takes back what was planned by a wrong clock. Safe to repeat, and for several processes."""

    def __init__(self, db: Database, *, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._before: datetime | None = None

    async def look(self) -> None:
        """Plan anew what is planned too late. Where nothing is, this is one look at the ends of four indexes."""
        now = self._clock()
        went_back = self._before is not None and self._before - now > CLOCKS_DIFFER
        limits = Limits(
            look=now if went_back else now + _LOOK_WITHIN,
            step=now + _STEP_WITHIN,
            reveal=now if went_back else now + _REVEAL_WITHIN,
        )
        async with self._db.reading() as conn:
            found = await ahead.find(conn, limits)
        await self._mend(found, now)
        # Only now: had the database failed, the clock would still have gone back.
        self._before = now

    async def _mend(self, found: Ahead, now: datetime) -> None:
        for stream_id in found.streams:
            async with self._db.begin() as conn:
                await _mend_stream(conn, stream_id, now)
        for post_id in found.posts:
            async with self._db.begin() as conn:
                await _mend_post(conn, post_id, now)
        for notice_id in found.notices:
            async with self._db.begin() as conn:
                await ahead.hasten_notice(conn, notice_id, now)


async def _mend_stream(conn: Connection, stream_id: int, now: datetime) -> None:
    stream = await streams.get(conn, stream_id)
    if stream is None or stream.next_at is None:
        return
    try:
        await _date_anew(conn, stream, now)
        at = await _wanted_at(conn, stream, now)
    except ZoneInfoNotFoundError:
        return  # said where it is due
    if at < stream.next_at:
        log.info("Stream %s was planned for %s, now for %s", stream.id, stream.next_at, at)
        await streams.change(conn, stream.id, next_at=at)


async def _wanted_at(conn: Connection, stream: Stream, now: datetime) -> datetime:
    """Return when a stream is to be looked at: now if it runs every day and only the clock kept it from today's."""
    slot = latest_slot(now, ZoneInfo(stream.zone), time.fromisoformat(stream.post_at))
    taken = await posts.days_from(conn, stream.id, slot.day - _DAY)
    if now - slot.at <= CATCH_UP and slot.day not in taken and slot.day - _DAY in taken:
        return now
    return look_at(stream, await next_free(conn, stream, now))


async def _date_anew(conn: Connection, stream: Stream, now: datetime) -> None:
    """Give posts of days far ahead those on which they came: the newest that have none. What was left out goes."""
    today = now.astimezone(ZoneInfo(stream.zone)).date()
    for post_id, state, problem in await ahead.dated_after(conn, stream.id, today + _ZONES_DIFFER):
        if state == SKIPPED and problem != Problem.BY_HAND:
            await posts.change(conn, post_id, {"day": None})
        elif state in {SENT, REVEALED}:
            await posts.change(conn, post_id, {"day": await _free_until(conn, stream.id, today)})


async def _free_until(conn: Connection, stream_id: int, day: date) -> date:
    while await posts.of_day(conn, stream_id, day) is not None:
        day -= _DAY
    return day


async def _mend_post(conn: Connection, post_id: int, now: datetime) -> None:
    post = await posts.get(conn, post_id)
    stream = await streams.get(conn, post.stream_id) if post else None
    if post is None or stream is None:
        return
    values: dict[str, datetime] = {}
    if post.again_at is not None and post.again_at - now > _STEP_WITHIN:
        values["again_at"] = now
    if post.reveal_at is not None:
        values["reveal_at"] = min(post.reveal_at, _reveal_at(post, stream, now))
    if post.unsure_since is not None and post.unsure_since - now > CLOCKS_DIFFER:
        # Nobody knows how long ago it was; where it is looked for, it is from then on.
        values["unsure_since"] = now - CATCH_UP
    if values:
        await posts.change(conn, post_id, values)


def _reveal_at(post: Post, stream: Stream, now: datetime) -> datetime:
    try:
        return reveal_at(post, stream, now) or now
    except ZoneInfoNotFoundError:
        return now + _DAY
