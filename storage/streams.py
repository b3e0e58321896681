"""Streams: the daily questions of a group, where and when they are posted, and what was picked for them by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.tables import queued, streams


@dataclass(frozen=True, slots=True)
class NewStream:
    """A stream to be kept.

    Attributes:
        post_at: wall-clock ``HH:MM`` in *zone*.
        topics: none is all.
        difficulty: 0 is any.
        reveal: what bot.services.reveals.Reveal writes.
        role_id: mentioned with each post.
        seed: of its rotation, and of the seconds by which its posts come later than others'.
        next_at: when to look at it next.
    """

    guild_id: int
    name: str
    channel_id: int
    post_at: str
    zone: str
    language: str
    reveal: str
    seed: int
    created_by: int
    created_at: datetime
    next_at: datetime | None
    topics: tuple[str, ...] = ()
    difficulty: int = 0
    thread: bool = False
    generated: bool = False
    role_id: int | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream as it stands.

    Attributes:
        next_at: when to look at it next; None while it is paused or over.
        paused: why; None while it runs.
        retired_at: when it was ended for good.
    """

    id: int
    guild_id: int
    name: str
    channel_id: int
    post_at: str
    zone: str
    topics: tuple[str, ...]
    difficulty: int
    language: str
    reveal: str
    thread: bool
    generated: bool
    role_id: int | None
    seed: int
    next_at: datetime | None
    paused: str | None
    created_by: int
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class Queued:
    """A question picked by hand."""

    id: int
    question_id: str


async def add(conn: AsyncConnection, new: NewStream) -> int:
    """Keep a stream and return its id."""
    row = {name: getattr(new, name) for name in NewStream.__slots__}
    row["topics"] = list(new.topics)
    return int((await conn.execute(sa.insert(streams).values(**row).returning(streams.c.id))).scalar_one())


async def get(conn: AsyncConnection, stream_id: int) -> Stream | None:
    """Return the stream, None if there is none of this id; also one that is over."""
    row = (await conn.execute(_SELECT.where(streams.c.id == stream_id))).first()
    return _stream(row) if row else None


async def of_guild(conn: AsyncConnection, guild_id: int) -> tuple[Stream, ...]:
    """Return the streams of a group that are not over, the oldest first."""
    where = (streams.c.guild_id == guild_id, streams.c.retired_at.is_(None))
    return tuple(map(_stream, await conn.execute(_SELECT.where(*where).order_by(streams.c.id))))


async def due(conn: AsyncConnection, now: datetime, limit: int) -> tuple[Stream, ...]:
    """Return the streams that want to be looked at, those that have waited longest first."""
    where = _SELECT.where(streams.c.next_at <= now).order_by(streams.c.next_at).limit(limit)
    return tuple(map(_stream, await conn.execute(where)))


async def change(conn: AsyncConnection, stream_id: int, **values: Any) -> bool:
    """Set columns of a stream; False if it is over."""
    if "topics" in values:
        values["topics"] = list(values["topics"])
    statement = sa.update(streams).where(streams.c.id == stream_id, streams.c.retired_at.is_(None)).values(**values)
    return (await conn.execute(statement)).rowcount == 1


async def pause(conn: AsyncConnection, stream_id: int, why: str) -> bool:
    """Pause a stream; False if it was paused before, or is over."""
    running = (streams.c.id == stream_id, streams.c.paused.is_(None), streams.c.retired_at.is_(None))
    return (await conn.execute(sa.update(streams).where(*running).values(paused=why, next_at=None))).rowcount == 1


async def retire(conn: AsyncConnection, stream_id: int, at: datetime) -> bool:
    """End a stream for good; False if it was ended before. What it has posted stays."""
    running = (streams.c.id == stream_id, streams.c.retired_at.is_(None))
    return (await conn.execute(sa.update(streams).where(*running).values(retired_at=at, next_at=None))).rowcount == 1


async def enqueue(conn: AsyncConnection, stream_id: int, question_id: str, added_by: int) -> bool:
    """Add a question to those picked by hand, as the last; False if it is among them."""
    return await insert_new(conn, queued, {"stream_id": stream_id, "question_id": question_id, "added_by": added_by})


async def queue(conn: AsyncConnection, stream_id: int) -> Sequence[Queued]:
    """Return the questions picked by hand, in their order."""
    rows = sa.select(queued.c.id, queued.c.question_id).where(queued.c.stream_id == stream_id).order_by(queued.c.id)
    return [Queued(*row) for row in await conn.execute(rows)]


async def dequeue(conn: AsyncConnection, stream_id: int, question_id: str) -> bool:
    """Take a question out of those picked by hand; False if it is not among them."""
    found = (queued.c.stream_id == stream_id, queued.c.question_id == question_id)
    return (await conn.execute(sa.delete(queued).where(*found))).rowcount == 1


_SELECT = sa.select(*(streams.c[name] for name in Stream.__slots__))
"""Made once: naming the columns takes longer than asking for them."""


def _stream(row: sa.Row[tuple[object, ...]]) -> Stream:
    values = dict(row._mapping)
    return Stream(**{**values, "topics": tuple(values["topics"])})
