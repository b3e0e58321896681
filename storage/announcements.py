"""What a channel is still to be told about a question. A row is taken for a while, and goes when it was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import announcements


@dataclass(frozen=True, slots=True)
class Announcement:
    """A row that is due; *tries* counts how often it was taken before."""

    id: int
    guild_id: int
    channel_id: int
    kind: str
    question_id: str
    tries: int


async def add(
    conn: AsyncConnection, kind: str, *, guild_id: int, channel_id: int, question_id: str, at: datetime
) -> None:
    """Keep something to be told."""
    row = {"kind": kind, "guild_id": guild_id, "channel_id": channel_id, "question_id": question_id, "due_at": at}
    await conn.execute(sa.insert(announcements).values(row))


async def take(conn: AsyncConnection, now: datetime, *, until: datetime, limit: int) -> Sequence[Announcement]:
    """Return what is due, the oldest first, and keep others from it *until* then."""
    due = sa.select(*_COLUMNS).where(announcements.c.due_at <= now).order_by(announcements.c.id).limit(limit)
    taken = []
    for row in (await conn.execute(due)).all():
        mine = (announcements.c.id == row.id, announcements.c.tries == row.tries)
        changed = sa.update(announcements).where(*mine).values(due_at=until, tries=row.tries + 1)
        if (await conn.execute(changed)).rowcount == 1:
            taken.append(Announcement(*row))
    return taken


async def give_back(conn: AsyncConnection, announcement_id: int) -> None:
    """Take back that a row was tried; it stays taken for a while."""
    tried = (announcements.c.id == announcement_id, announcements.c.tries > 0)
    await conn.execute(sa.update(announcements).where(*tried).values(tries=announcements.c.tries - 1))


async def drop(conn: AsyncConnection, announcement_id: int) -> None:
    """Forget what was told, or never can be."""
    await conn.execute(sa.delete(announcements).where(announcements.c.id == announcement_id))


async def next_at(conn: AsyncConnection) -> datetime | None:
    """Return when the first row is due, None if there is none."""
    first = sa.select(announcements.c.due_at).order_by(announcements.c.due_at).limit(1)
    due_at: datetime | None = (await conn.execute(first)).scalar_one_or_none()
    return due_at


_COLUMNS: Final = tuple(announcements.c[name] for name in Announcement.__slots__)
