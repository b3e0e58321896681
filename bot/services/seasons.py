"""Seasons: a group names a span of time and starts its board anew. Those that are over can be looked at for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.errors import NoSeasonError, SeasonRunningError
from bot.services.groups import Who
from storage import audit, seasons
from storage.database import Database
from storage.seasons import Season

LONGEST_NAME: Final = 50


class Seasons:
    """The seasons of groups."""

    def __init__(self, db: Database, *, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    async def running(self, guild_id: int) -> Season | None:
        """Return the season that is running."""
        async with self._db.reading() as conn:
            newest = next(iter(await seasons.of_guild(conn, guild_id, 1)), None)
        return newest if newest and newest.ended_at is None else None

    async def change(self, who: Who, *, start: str, end: bool) -> Season | None:
        """End the season that is running, begin one of a name, both, or neither; return the one to tell of.

        Raises:
            SeasonRunningError, NoSeasonError
        """
        ended = await self.end(who) if end else None
        if start.strip():
            return await self.start(who, start)
        return ended or await self.running(who.guild_id)

    async def start(self, who: Who, name: str) -> Season | None:
        """Begin a season, now.

        Raises:
            SeasonRunningError: there is one already.
        """
        name, now = name.strip()[:LONGEST_NAME], self._clock()
        async with self._db.begin() as conn:
            if not await seasons.start(conn, who.guild_id, name, now):
                raise SeasonRunningError
            await audit.add(conn, "season_start", guild_id=who.guild_id, user_id=who.user_id, at=now, subject=name)
        return await self.running(who.guild_id)

    async def end(self, who: Who) -> Season:
        """End the season that is running, now, and return it.

        Raises:
            NoSeasonError: none is.
        """
        now = self._clock()
        async with self._db.begin() as conn:
            newest = next(iter(await seasons.of_guild(conn, who.guild_id, 1)), None)
            if newest is None or not await seasons.end(conn, who.guild_id, now):
                raise NoSeasonError
            await audit.add(conn, "season_end", guild_id=who.guild_id, user_id=who.user_id, at=now, subject=newest.name)
            return (await seasons.of_guild(conn, who.guild_id, 1))[0]
