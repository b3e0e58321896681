"""Posts daily questions by itself: looks at what is due, and starts each thing apart, so that none holds up another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.client import StudyBot
from bot.errors import NotesLoadingError
from bot.hosts.daily_poster import Poster
from bot.hosts.daily_teller import Teller
from bot.publisher import Publisher
from bot.services.daily import Due
from bot.services.streams import Stream

log = logging.getLogger(__name__)

_Key = tuple[str, int]
_Doing = Callable[[], Awaitable[None]]
_LONGEST_SLEEP_S: Final = 60.0
"""A clock that jumps, and a machine that slept, are noticed this soon."""
LOOK_EVERY: Final = timedelta(minutes=10)
"""How often the database is asked where nothing is due here: another process may have left something."""
_LOOK_SOON: Final = timedelta(seconds=1)
_REST: Final = timedelta(minutes=5)
"""For what fails in a way that nobody thought of; the others go on."""
_WAIT: Final = timedelta(minutes=1)
_LOADING: Final = timedelta(seconds=2)
_AT_ONCE: Final = 10


class DailyHost:
    """Drives every daily question of every group. Several may run on one database."""

    def __init__(self, bot: StudyBot, publisher: Publisher | None = None) -> None:
        self._publisher = publisher or Publisher(bot)
        self._daily = bot.services.daily
        self._poster = Poster(bot, self._publisher)
        self._teller = Teller(bot, self._publisher)
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._busy: set[_Key] = set()
        self._resting: dict[_Key, datetime] = {}

    async def run(self) -> None:
        """Go on for ever."""
        work, look_at, rung = self._daily.work, None, True
        async with asyncio.TaskGroup() as group:
            while True:
                now = work.clock()
                # A time far ahead means that the clock went back meanwhile.
                if rung or look_at is None or not now < look_at <= now + LOOK_EVERY:
                    look_at = await self._tick(group)
                wait_s = (look_at - work.clock()).total_seconds()
                rung = await work.bell.wait(min(max(wait_s, 0.0), _LONGEST_SLEEP_S))

    async def _tick(self, group: asyncio.TaskGroup) -> datetime:
        """Do the same; a database that fails is asked again in a while, and what is being sent goes on."""
        try:
            return await self.tick(group)
        except Exception:
            # The outermost frame of a job: what is being sent must not be cut off for it.
            log.exception("Daily questions: what is due cannot be read; trying again in a minute")
            return self._daily.work.clock() + _WAIT

    async def tick(self, group: asyncio.TaskGroup) -> datetime:
        """Start in *group* what is due, and return when to look again."""
        now = self._daily.work.clock()
        due = await self._daily.work.due()
        # A rest that is longer than any was begun by a clock that was wrong.
        self._resting = {key: until for key, until in self._resting.items() if now < until <= now + _REST}
        doings = self._doings(due)
        for key, doing in doings:
            if key not in self._busy and key not in self._resting:
                self._busy.add(key)
                group.create_task(self._guarded(key, doing))
        if due.next_at is not None and due.next_at <= now:
            return self._look_again(now, [key for key, _ in doings])
        return min(due.next_at or now + LOOK_EVERY, now + LOOK_EVERY)

    def _look_again(self, now: datetime, overdue: Sequence[_Key]) -> datetime:
        """Return when to look again at what is due: soon, but not at what rests alone."""
        if overdue and self._resting.keys() >= set(overdue):
            return min(now + _WAIT, *(self._resting[key] for key in overdue))
        return now + _LOOK_SOON

    def _doings(self, due: Due) -> list[tuple[_Key, _Doing]]:
        # Posts first: yesterday's answers come before today's question.
        return [
            *((("post", post_id), partial(self._poster.do, post_id)) for post_id in due.posts),
            *((("stream", stream.id), partial(self._look_at, stream)) for stream in due.streams),
            *((("notice", notice_id), partial(self._teller.tell, notice_id)) for notice_id in due.notices),
        ]

    async def _look_at(self, stream: Stream) -> None:
        work = self._daily.work
        if not self._publisher.reachable(stream.guild_id):
            await work.wait(stream, _WAIT)
            return
        try:
            await work.claim(stream)
        except NotesLoadingError:
            await work.wait(stream, _LOADING)
        else:
            work.bell.ring()

    async def _guarded(self, key: _Key, doing: _Doing) -> None:
        try:
            async with self._turns:
                await doing()
        except Exception:
            # The outermost frame of a job: one group's fault must not take the others' mornings.
            log.exception("Daily question: %s %s failed; it rests for a while", *key)
            self._resting[key] = self._daily.work.clock() + _REST
        finally:
            self._busy.discard(key)
