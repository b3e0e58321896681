"""Sets up the daily questions of a group: made, changed, paused, resumed, ended. For those who manage it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.errors import NoStreamError, StreamGoneError, TooManyStreamsError, WhichStreamError
from bot.services.bell import Bell
from bot.services.groups import Groups, Who
from bot.services.posting import ANY_LANGUAGE, CATCH_UP, Problem, bag, look_at, next_free
from bot.services.questions import Questions
from bot.services.reveals import NOW, Reveal
from bot.services.schedule import written
from bot.services.steps import give_up
from knowledge.model import Language
from knowledge.questions.bank import Bank, Topic
from storage import audit, posts, settings, streams
from storage.database import Connection, Database
from storage.posts import CLAIMED, Post
from storage.streams import NewStream, Stream

__all__ = ["LONGEST_NAME", "MOST_STREAMS", "Overview", "Stream", "Streams", "Wish", "note", "schedule", "theirs"]

MOST_STREAMS: Final = 10
LONGEST_NAME: Final = 50
_SEEDS: Final = 2**31


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be set; None leaves a value as it is, or at its default.

    Attributes:
        zone: IANA name of one that exists.
        topics: none is all.
        difficulty: 0 is any.
        language: zh, en or any.
        role_id: mentioned with each post; 0 is none.
    """

    name: str | None = None
    channel_id: int | None = None
    post_at: time | None = None
    zone: str | None = None
    topics: tuple[str, ...] | None = None
    difficulty: int | None = None
    language: str | None = None
    reveal: Reveal | None = None
    thread: bool | None = None
    generated: bool | None = None
    role_id: int | None = None

    def otherwise(self, *, name: str, language: str, channel_id: int) -> Wish:
        """Return what is wished, and these where nothing is."""
        return replace(
            self,
            name=self.name or name,
            language=self.language or language,
            channel_id=self.channel_id or channel_id,
        )


@dataclass(frozen=True, slots=True)
class Overview:
    """How a daily question stands.

    Attributes:
        now: the local time in its zone.
        next_at: when the next post is due; None while it is paused.
        questions: that it may ask.
        left: of those, not yet asked.
        waiting: picked by hand.
        newest: the post of the newest day; None before the first.
    """

    stream: Stream
    reveal: Reveal
    now: datetime
    next_at: datetime | None
    questions: int
    left: int
    waiting: int
    newest: Post | None


class Streams:
    """The daily questions of groups."""

    def __init__(
        self,
        db: Database,
        *,
        groups: Groups,
        questions: Questions,
        bell: Bell,
        clock: Callable[[], datetime],
        rng: random.Random,
    ) -> None:
        self._db = db
        self._groups = groups
        self._questions = questions
        self._bell = bell
        self._clock = clock
        self._rng = rng

    async def of_group(self, guild_id: int) -> tuple[Stream, ...]:
        """Return the daily questions of a group, the oldest first."""
        async with self._db.reading() as conn:
            return await streams.of_guild(conn, guild_id)

    async def one(self, guild_id: int, chosen: str = "") -> Stream:
        """Return the daily question that is meant: by its id or name, or the only one where nothing is chosen.

        Raises:
            NoStreamError, WhichStreamError, StreamGoneError
        """
        found = await self.of_group(guild_id)
        if not found:
            raise NoStreamError
        wanted = chosen.strip().casefold()
        if not wanted and len(found) > 1:
            raise WhichStreamError(", ".join(one.name for one in found))
        # What is picked in a list comes as an id, and somebody's name for another one may be just that number.
        named = [one for one in found if wanted == str(one.id)]
        named = named or [one for one in found if wanted in {"", one.name.casefold()}]
        if not named:
            raise StreamGoneError
        return named[0]

    async def topics(self, guild_id: int) -> tuple[Topic, ...]:
        """Return the topics that a group can be asked about, made questions included.

        Raises:
            NotesLoadingError
        """
        bank = await self._questions.bank(guild_id)
        return await asyncio.to_thread(bank.topics, generated=True)

    async def usual_language(self, guild_id: int, *, chinese: bool) -> str:
        """Return the language in which a group is asked unless it wants another: its own, if there are questions in it.

        Raises:
            NotesLoadingError
        """
        own: Language = "zh" if chinese else "en"
        bank = await self._questions.bank(guild_id)
        return own if await asyncio.to_thread(bank.questions, language=own) else ANY_LANGUAGE

    async def overview(self, guild_id: int, stream_id: int) -> Overview:
        """Return how a daily question stands.

        Raises:
            StreamGoneError, NotesLoadingError
        """
        bank = await self._questions.bank(guild_id)
        async with self._db.reading() as conn:
            stream = await theirs(conn, guild_id, stream_id)
            asked = frozenset(await posts.asked(conn, stream_id))
            waiting = len(await streams.queue(conn, stream_id))
            newest = await posts.newest(conn, stream_id)
            now = self._clock()
            slot = await next_free(conn, stream, now)
        fitting, left = await asyncio.to_thread(_counted, stream, bank, asked)
        return Overview(
            stream=stream,
            reveal=Reveal.read(stream.reveal),
            now=now.astimezone(ZoneInfo(stream.zone)),
            next_at=None if stream.paused else slot.at,
            questions=fitting,
            left=left,
            waiting=waiting,
            newest=newest,
        )

    async def create(self, who: Who, wish: Wish) -> int:
        """Make a daily question and return its id. A group that has chosen no zone gets the one that is wished.

        Args:
            who: makes it, in their group.
            wish: with at least channel, time and language.

        Raises:
            TooManyStreamsError
        """
        group = await self._groups.group(who.guild_id)
        async with self._db.begin() as conn:
            there = await streams.of_guild(conn, who.guild_id)
            if len(there) >= MOST_STREAMS:
                raise TooManyStreamsError(MOST_STREAMS)
            if wish.zone and not group.zone_chosen:
                await settings.set_group(conn, who.guild_id, zone=wish.zone, zone_chosen=True)
            wish = replace(wish, zone=wish.zone or group.zone, name=_free_name(wish.name or "", there))
            stream_id = await streams.add(conn, self._new(who, wish))
            await schedule(conn, await theirs(conn, who.guild_id, stream_id), self._clock())
            await self._note(conn, "daily_create", who, stream_id)
        self._groups.changed(who.guild_id)
        self._bell.ring()
        return stream_id

    async def change(self, who: Who, stream_id: int, wish: Wish) -> None:
        """Change a daily question.

        Raises:
            StreamGoneError
        """
        values = _columns(wish)
        async with self._db.begin() as conn:
            stream = await theirs(conn, who.guild_id, stream_id)
            if values:
                await streams.change(conn, stream_id, **values)
                await self._note(conn, "daily_change", who, stream_id)
            if stream.paused is None and values.keys() & {"post_at", "zone"}:
                await schedule(conn, await theirs(conn, who.guild_id, stream_id), self._clock())
        self._bell.ring()

    async def pause(self, who: Who, stream_id: int) -> None:
        """Pause a daily question; what is posted already goes on. Safe to repeat.

        Raises:
            StreamGoneError
        """
        async with self._db.begin() as conn:
            await theirs(conn, who.guild_id, stream_id)
            if await streams.pause(conn, stream_id, Problem.BY_HAND):
                await self._note(conn, "daily_pause", who, stream_id)

    async def resume(self, who: Who, stream_id: int) -> None:
        """Let a daily question go on; a post that was stuck is sent if it is not too late. Safe to repeat.

        Raises:
            StreamGoneError
        """
        async with self._db.begin() as conn:
            stream, now = await theirs(conn, who.guild_id, stream_id), self._clock()
            if stream.paused is None:
                return
            await streams.change(conn, stream_id, paused=None)
            stuck = await posts.newest(conn, stream_id, states={CLAIMED})
            if stuck is not None and stuck.again_at is None:
                in_time = now - stuck.due_at <= CATCH_UP
                values = {"again_at": now, "channel_id": stream.channel_id, "tries": 0, "problem": None}
                if in_time or stuck.unsure_since is not None:
                    await posts.change(conn, stuck.id, values)
                else:
                    await give_up(conn, stuck, Problem.LATE, now)
            await schedule(conn, stream, now)
            await self._note(conn, "daily_resume", who, stream_id)
        self._bell.ring()

    async def retire(self, who: Who, stream_id: int) -> None:
        """End a daily question for good; its history and its last reveal stay.

        Raises:
            StreamGoneError
        """
        async with self._db.begin() as conn:
            await theirs(conn, who.guild_id, stream_id)
            now = self._clock()
            for unsent in await posts.unsent(conn, stream_id):
                await give_up(conn, unsent, Problem.LATE, now)
            await streams.retire(conn, stream_id, now)
            await self._note(conn, "daily_retire", who, stream_id)

    async def _note(self, conn: Connection, action: str, who: Who, stream_id: int) -> None:
        await note(conn, action, who, stream_id, self._clock())

    def _new(self, who: Who, wish: Wish) -> NewStream:
        now = self._clock()
        fixed = {"guild_id": who.guild_id, "created_by": who.user_id, "created_at": now, "next_at": None}
        defaults = {"post_at": "09:00", "language": "any", "reveal": str(NOW), "seed": self._rng.randrange(_SEEDS)}
        return NewStream(**{**defaults, **_columns(wish), **fixed})


async def theirs(conn: Connection, guild_id: int, stream_id: int) -> Stream:
    """Return a daily question of a group that is not over.

    Raises:
        StreamGoneError: there is none of this id.
    """
    stream = await streams.get(conn, stream_id)
    if stream is None or stream.guild_id != guild_id or stream.retired_at is not None:
        raise StreamGoneError
    return stream


async def schedule(conn: Connection, stream: Stream, now: datetime) -> None:
    """Let a stream be looked at when its next post is due."""
    await streams.change(conn, stream.id, next_at=look_at(stream, await next_free(conn, stream, now)))


async def note(conn: Connection, action: str, who: Who, stream_id: int, now: datetime) -> None:
    """Keep who changed what about a daily question."""
    await audit.add(conn, action, guild_id=who.guild_id, user_id=who.user_id, at=now, subject=f"stream {stream_id}")


def _counted(stream: Stream, bank: Bank, asked: Collection[str]) -> tuple[int, int]:
    """Return how many questions a stream may ask, and how many of them it has not asked."""
    fitting = bag(stream, bank)
    return len(fitting), sum(one.id not in asked for one in fitting)


def _columns(wish: Wish) -> dict[str, Any]:
    values = {name: value for name in Wish.__slots__ if (value := getattr(wish, name)) is not None}
    if wish.post_at is not None:
        values["post_at"] = written(wish.post_at)
    if wish.reveal is not None:
        values["reveal"] = str(wish.reveal)
    if wish.role_id is not None:
        values["role_id"] = wish.role_id or None
    name = " ".join((wish.name or "").split())[:LONGEST_NAME]
    return {**{key: value for key, value in values.items() if key != "name"}, **({"name": name} if name else {})}


def _free_name(name: str, there: Sequence[Stream]) -> str:
    """Return *name*, with a number if another daily question of the group has it."""
    taken = {one.name for one in there}
    numbered = (f"{name} {number}" for number in range(2, MOST_STREAMS + 2))
    return name if name not in taken else next(one for one in numbered if one not in taken)
