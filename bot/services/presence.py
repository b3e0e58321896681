"""Which groups the bot is in; what belongs to one that it was removed from goes after a while."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final

from storage import guilds, userdata
from storage.database import Database

GRACE: Final = timedelta(days=30)
"""In which a group that removed the bot may have it back with all that was kept."""


class Presence:
    """The bot's comings and goings."""

    def __init__(self, db: Database, *, on_purged: Callable[[int], None], clock: Callable[[], datetime]) -> None:
        """Make the service.

        Args:
            db: the database.
            on_purged: called with the id of a group whose data is gone, to drop what is kept at hand.
            clock: aware.
        """
        self._db = db
        self._on_purged = on_purged
        self._clock = clock
        self._present: set[int] = set()
        self._compared = asyncio.Event()

    async def join(self, guild_id: int) -> None:
        """Remember that the bot is in a group, unless that is known; safe to call for each at every start."""
        if guild_id in self._present or not self._compared.is_set():
            return  # before the first comparison it is not due: that has them all
        async with self._db.begin() as conn:
            await guilds.join(conn, guild_id, self._clock())
        self._present.add(guild_id)

    async def leave(self, guild_id: int) -> None:
        """Remember that the bot was removed from a group; an outage is none of these."""
        self._present.discard(guild_id)
        async with self._db.begin() as conn:
            await guilds.leave(conn, guild_id, self._clock())

    async def compare(self, present: Collection[int]) -> None:
        """Take note of all groups that the bot is in; it has been removed from the others while it was away.

        Args:
            present: ids, those hidden by an outage included.
        """
        async with self._db.begin() as conn:
            await guilds.reconcile(conn, set(present), self._clock())
        self._present = set(present)
        self._compared.set()

    async def compared(self) -> None:
        """Wait until compare() was called: only then is it known who has come back meanwhile."""
        await self._compared.wait()

    async def purge(self) -> int:
        """Delete what belongs to groups left 30 days ago; return how many there were."""
        before = self._clock() - GRACE
        async with self._db.reading() as conn:
            due = await guilds.left_before(conn, before)
        for guild_id in due:
            more = True
            while more:
                more = await self._purge_part(guild_id, before)
            self._on_purged(guild_id)
        return len(due)

    async def _purge_part(self, guild_id: int, before: datetime) -> bool:
        """Return whether there is more; in short transactions, because everybody else waits for them."""
        async with self._db.begin() as conn:
            return await guilds.has_left(conn, guild_id, before) and await userdata.purge_guild(conn, guild_id)
