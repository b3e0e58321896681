"""Notices: what those who manage a group are still to be told about a stream. A row goes when it was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import notices


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told.

    Attributes:
        post_id: of the post that it is about; None where it is about the stream.
        tries: to tell it, this one included.
    """

    id: int
    stream_id: int
    post_id: int | None
    kind: str
    tries: int


async def add(conn: AsyncConnection, kind: str, stream_id: int, *, at: datetime, post_id: int | None = None) -> None:
    """Keep something to be told, at once."""
    row = {"kind": kind, "stream_id": stream_id, "post_id": post_id, "due_at": at}
    await conn.execute(sa.insert(notices).values(row))


async def due(conn: AsyncConnection, now: datetime, limit: int) -> tuple[int, ...]:
    """Return the ids of what is to be told now."""
    found = sa.select(notices.c.id).where(notices.c.due_at <= now).order_by(notices.c.due_at).limit(limit)
    return tuple((await conn.execute(found)).scalars())


async def take(conn: AsyncConnection, notice_id: int, now: datetime, until: datetime) -> Notice | None:
    """Keep others away from a notice until then and return it; None if it is not due, or somebody else has it."""
    found = (notices.c.id == notice_id, notices.c.due_at <= now)
    taken = sa.update(notices).where(*found).values(due_at=until, tries=notices.c.tries + 1)
    row = (await conn.execute(taken.returning(*(notices.c[name] for name in Notice.__slots__)))).first()
    return Notice(*row) if row else None


async def postpone(conn: AsyncConnection, notice_id: int, until: datetime, *, untried: bool = False) -> None:
    """Let a notice be told later; *untried* takes back that it was tried."""
    values = {"due_at": until, "tries": notices.c.tries - (1 if untried else 0)}
    await conn.execute(sa.update(notices).where(notices.c.id == notice_id).values(values))


async def done(conn: AsyncConnection, notice_id: int) -> None:
    """Forget a notice."""
    await conn.execute(sa.delete(notices).where(notices.c.id == notice_id))
