"""What is new in the notes, told to groups that want to be told: once for each state, and not too often."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.errors import NotesLoadingError, NotesMissingError
from bot.services.bell import Bell
from bot.services.groups import Who
from bot.services.libraries import Libraries
from bot.services.library import Library
from bot.services.told import SHOWN, Batch, Contents, gathered, read, written
from knowledge import news as knowledge_news
from knowledge.index import Index
from knowledge.news import News, Snapshot
from storage import audit, news
from storage.database import Connection, Database
from storage.news import Channel

__all__ = ["SHOWN", "Batch", "Channel", "Contents", "News", "NotesNews", "Told"]

log = logging.getLogger(__name__)

BETWEEN: Final = timedelta(hours=1)
"""Two posts to a group, in which news are gathered."""
QUIET: Final = timedelta(minutes=2)
"""For which notes are left alone before they are told of: who writes saves often."""
_LEASE: Final = timedelta(seconds=90)
"""After which it is sent again: within the two minutes in which Discord knows the same message by its nonce."""
_AT_ONCE: Final = 20
_MOST_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Told:
    """What a group is to be told."""

    id: int
    guild_id: int
    channel_id: int
    contents: Contents


@dataclass(frozen=True, slots=True)
class _Seen:
    """A state of a library, and when it was seen first."""

    index: Index
    snapshot: Snapshot
    since: datetime


class NotesNews:
    """Compares what groups know of their notes with how these are now.

    Attributes:
        bell: rung when there may be something to tell.
    """

    def __init__(self, db: Database, libraries: Libraries, *, clock: Callable[[], datetime]) -> None:
        self.bell = Bell()
        self._db = db
        self._libraries = libraries
        self._clock = clock
        self._states: dict[Library, _Seen] = {}
        libraries.listen(self.bell.ring)

    async def channel(self, guild_id: int) -> Channel | None:
        """Return where a group is told, and since when; None if it is not."""
        async with self._db.reading() as conn:
            return await news.channel(conn, guild_id)

    async def choose(self, who: Who, channel_id: int) -> Channel:
        """Tell a group in a channel from now on, and return how that is kept.

        A group that was told nothing is told what is new from now on. One that was told in another channel is told the
        same in this one, and what it was not told yet is not forgotten. The same channel again changes nothing.

        Raises:
            NotesLoadingError: nobody knows yet what is not new.
            NotesMissingError: the same, because something goes wrong.
        """
        async with self._db.begin() as conn:
            found = await news.channel(conn, who.guild_id)
            if found is not None:
                return await self._moved(conn, who, found, channel_id)
        library = self._libraries.of(who.guild_id)
        seen = await self._state(library)
        if seen is None:
            raise _reason(library)
        chosen = Channel(who.guild_id, channel_id, seen.snapshot.state, None, self._clock())
        async with self._db.begin() as conn:
            await news.choose(conn, chosen, seen=seen.snapshot.seen)
            await self._note(conn, who, str(channel_id))
        return chosen

    async def stop(self, who: Who, channel_id: int) -> Channel | None:
        """Tell a group nothing any more if it is told in this channel; return where it is still told.

        Safe to repeat: what is off already, or was moved to another channel meanwhile, is left as it is.
        """
        async with self._db.begin() as conn:
            found = await news.channel(conn, who.guild_id)
            if found is None or found.channel_id != channel_id:
                return found
            await news.stop(conn, who.guild_id)
            await self._note(conn, who, "")
        return None

    async def look(self) -> datetime | None:
        """Keep what groups are to be told now; return when to look again, None if only a refresh brings something.

        Safe to repeat, and to do in several processes.
        """
        async with self._db.reading() as conn:
            channels = await news.channels(conn)
        later: list[datetime] = []
        for channel in channels:
            seen = await self._state(self._libraries.of(channel.guild_id))
            if seen is None or seen.snapshot.state == channel.state:
                continue
            at = _time_of(channel, seen)
            if at <= self._clock():
                await self._keep(channel, seen)
            else:
                later.append(at)
        return min(later, default=None)

    async def due(self) -> tuple[Told, ...]:
        """Return what is to be told now, and keep others from it for a while."""
        now = self._clock()
        async with self._db.begin() as conn:
            taken = await news.take(conn, now, until=now + _LEASE, limit=_AT_ONCE)
            for one in taken:
                if one.tries >= _MOST_TRIES:
                    log.warning("News for channel %s failed %s times and are left out", one.channel_id, one.tries)
                    await news.settle(conn, one.id)
        wanted = (one for one in taken if one.tries < _MOST_TRIES)
        return tuple(Told(one.id, one.guild_id, one.channel_id, read(one.topics)) for one in wanted)

    async def seconds(self, again: datetime | None, longest: float) -> float:
        """Return how long there is nothing to do, at most *longest* seconds.

        Args:
            again: what look() returned.
            longest: seconds.
        """
        async with self._db.reading() as conn:
            times = [at for at in (again, await news.next_at(conn)) if at is not None]
        now = self._clock()
        return min((max((at - now).total_seconds(), 0.0) for at in times), default=longest)

    async def settle(self, told: Told) -> None:
        """Be done with what was told, or what never can be."""
        async with self._db.begin() as conn:
            await news.settle(conn, told.id)

    async def hold(self, told: Told) -> None:
        """Tell it later, for a reason that has nothing to do with it: as if it had not been tried."""
        async with self._db.begin() as conn:
            await news.give_back(conn, told.id)

    async def _moved(self, conn: Connection, who: Who, found: Channel, channel_id: int) -> Channel:
        if found.channel_id == channel_id:
            return found
        at = self._clock()
        await news.relocate(conn, who.guild_id, channel_id, at=at)
        await self._note(conn, who, str(channel_id))
        return replace(found, channel_id=channel_id, since_at=at)

    async def _note(self, conn: Connection, who: Who, subject: str) -> None:
        at = self._clock()
        await audit.add(conn, "news_channel", guild_id=who.guild_id, user_id=who.user_id, at=at, subject=subject)

    async def _keep(self, channel: Channel, seen: _Seen) -> None:
        async with self._db.reading() as conn:
            known = await news.seen(conn, channel.guild_id)
        found = await asyncio.to_thread(knowledge_news.since, seen.index, known)
        state, now = seen.snapshot.state, self._clock()
        async with self._db.begin() as conn:
            told_at = now if found else None
            if await news.move(conn, channel, state=state, seen=seen.snapshot.seen, told_at=told_at) and found:
                topics = written(gathered(found, self._prefixes(channel.guild_id)))
                await news.add(conn, channel, state=state, topics=topics, at=now)

    def _prefixes(self, guild_id: int) -> Mapping[str, str]:
        return {one.about.prefix: one.name for one in self._libraries.of(guild_id).collections}

    async def _state(self, library: Library) -> _Seen | None:
        """Return how a library stands; None while it is being read, or a part of it is missing."""
        whole = all(one.part is not None and not one.waits for one in library.collections)
        if library.loaded is None or not whole:
            return None
        index, before = library.loaded.index, self._states.get(library)
        if before is None or before.index is not index:
            made = await asyncio.to_thread(knowledge_news.snapshot, index)
            same = before is not None and before.snapshot.state == made.state
            since = before.since if before is not None and same else self._clock()
            self._states[library] = before = _Seen(index, made, since)
        return before


def _reason(library: Library) -> NotesLoadingError | NotesMissingError:
    """Return why nobody knows how a library stands."""
    missing = next((one.name for one in library.collections if one.part is None and one.failure), None)
    return NotesLoadingError() if missing is None else NotesMissingError(missing)


def _time_of(channel: Channel, seen: _Seen) -> datetime:
    """Return when a group may be told of a state."""
    calm = seen.since + QUIET
    return calm if channel.told_at is None else max(calm, channel.told_at + BETWEEN)
