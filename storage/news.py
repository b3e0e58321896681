"""Where groups are told what is new in their notes, and what they are told: one row for each state of the notes.

A row is taken for a while by whoever sends it, and done with when it was sent; the row itself stays for as long as the
same state could come again, so that neither a restart nor another process says it twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new, upsert
from storage.tables import guilds, news_channels, news_posts

_KEPT: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Channel:
    """Where a group is told.

    Attributes:
        state: of the notes that it knows.
        told_at: when it was told last; None for never.
        since_at: when the channel was chosen; None if nobody noted that.
    """

    guild_id: int
    channel_id: int
    state: str
    told_at: datetime | None
    since_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """What a group is to be told; *tries* counts how often it was taken before."""

    id: int
    guild_id: int
    channel_id: int
    topics: str
    tries: int


async def channels(conn: AsyncConnection) -> Sequence[Channel]:
    """Return where groups are told that have the bot."""
    left = sa.select(guilds.c.guild_id).where(guilds.c.left_at.is_not(None))
    rows = await conn.execute(sa.select(*_CHANNEL).where(news_channels.c.guild_id.not_in(left)))
    return [Channel(*row) for row in rows]


async def channel(conn: AsyncConnection, guild_id: int) -> Channel | None:
    """Return where a group is told; None if it is not."""
    row = (await conn.execute(sa.select(*_CHANNEL).where(news_channels.c.guild_id == guild_id))).first()
    return Channel(*row) if row else None


async def seen(conn: AsyncConnection, guild_id: int) -> bytes:
    """Return what a group knows of its notes."""
    wanted = sa.select(news_channels.c.seen).where(news_channels.c.guild_id == guild_id)
    return bytes((await conn.execute(wanted)).scalar() or b"")


async def choose(conn: AsyncConnection, chosen: Channel, *, seen: bytes) -> None:
    """Tell a group in a channel from now on; it knows this state of its notes."""
    row = {name: getattr(chosen, name) for name in Channel.__slots__ if name != "told_at"}
    await upsert(conn, news_channels, {**row, "seen": seen})


async def relocate(conn: AsyncConnection, guild_id: int, channel_id: int, *, at: datetime) -> None:
    """Tell a group in another channel from now on, also what waits to be told."""
    mine = news_channels.c.guild_id == guild_id
    await conn.execute(sa.update(news_channels).where(mine).values(channel_id=channel_id, since_at=at))
    waiting = (news_posts.c.guild_id == guild_id, news_posts.c.due_at.is_not(None))
    await conn.execute(sa.update(news_posts).where(*waiting).values(channel_id=channel_id))


async def stop(conn: AsyncConnection, guild_id: int) -> bool:
    """Tell a group nothing any more; False if it was not told before."""
    await conn.execute(sa.delete(news_posts).where(news_posts.c.guild_id == guild_id, news_posts.c.due_at.is_not(None)))
    dropped = await conn.execute(sa.delete(news_channels).where(news_channels.c.guild_id == guild_id))
    return dropped.rowcount == 1


async def move(
    conn: AsyncConnection, before: Channel, *, state: str, seen: bytes, told_at: datetime | None = None
) -> bool:
    """Note that a group knows another state; False if somebody else has noted one meanwhile."""
    same = (news_channels.c[name] == getattr(before, name) for name in ("guild_id", "state", "channel_id"))
    values = {"state": state, "seen": seen, "told_at": told_at or before.told_at}
    return (await conn.execute(sa.update(news_channels).where(*same).values(values))).rowcount == 1


async def add(conn: AsyncConnection, channel: Channel, *, state: str, topics: str, at: datetime) -> bool:
    """Keep what a group is to be told of a state; False if it was told of that state before."""
    whose = news_posts.c.guild_id == channel.guild_id
    old = sa.and_(whose, news_posts.c.due_at.is_(None), news_posts.c.made_at < at - _KEPT)
    await conn.execute(sa.delete(news_posts).where(old))
    row = {"guild_id": channel.guild_id, "channel_id": channel.channel_id, "state": state, "topics": topics}
    return await insert_new(conn, news_posts, {**row, "made_at": at, "due_at": at})


async def take(conn: AsyncConnection, now: datetime, *, until: datetime, limit: int) -> Sequence[Post]:
    """Return what is due, the oldest first, and keep others from it *until* then."""
    due = sa.select(*_POST).where(news_posts.c.due_at <= now).order_by(news_posts.c.id).limit(limit)
    taken = []
    for row in (await conn.execute(due)).all():
        mine = (news_posts.c.id == row.id, news_posts.c.tries == row.tries)
        changed = sa.update(news_posts).where(*mine).values(due_at=until, tries=row.tries + 1)
        if (await conn.execute(changed)).rowcount == 1:
            taken.append(Post(*row))
    return taken


async def give_back(conn: AsyncConnection, post_id: int) -> None:
    """Take back that a post was tried; it stays taken for a while."""
    tried = (news_posts.c.id == post_id, news_posts.c.tries > 0)
    await conn.execute(sa.update(news_posts).where(*tried).values(tries=news_posts.c.tries - 1))


async def next_at(conn: AsyncConnection) -> datetime | None:
    """Return when the first post is due, None if there is none."""
    first = sa.select(news_posts.c.due_at).where(news_posts.c.due_at.is_not(None)).order_by(news_posts.c.due_at)
    due_at: datetime | None = (await conn.execute(first.limit(1))).scalar_one_or_none()
    return due_at


async def settle(conn: AsyncConnection, post_id: int) -> None:
    """Be done with what was told, or cannot be."""
    await conn.execute(sa.update(news_posts).where(news_posts.c.id == post_id).values(due_at=None))


_CHANNEL: Final = tuple(news_channels.c[name] for name in Channel.__slots__)
_POST: Final = tuple(news_posts.c[name] for name in Post.__slots__)
