"""What somebody typed or sent and has not finished with; old ones go whenever a new one comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import drafts

LASTS: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of somebody's in a group; *kind* says who reads *body*."""

    guild_id: int
    user_id: int
    kind: str
    body: str
    at: datetime


async def keep(conn: AsyncConnection, draft: Draft) -> int:
    """Keep a draft in place of this person's others of its kind in this group, and return its id."""
    old = drafts.c.at <= draft.at - LASTS
    same = sa.and_(drafts.c.user_id == draft.user_id, drafts.c.guild_id == draft.guild_id, drafts.c.kind == draft.kind)
    await conn.execute(sa.delete(drafts).where(sa.or_(old, same)))
    row = {name: getattr(draft, name) for name in Draft.__slots__}
    return int((await conn.execute(sa.insert(drafts).values(row).returning(drafts.c.id))).scalar_one())


async def get(conn: AsyncConnection, draft_id: int, now: datetime) -> Draft | None:
    """Return a draft, None if it is gone or older than LASTS."""
    where = (drafts.c.id == draft_id, drafts.c.at > now - LASTS)
    row = (await conn.execute(sa.select(*_COLUMNS).where(*where))).first()
    return Draft(*row) if row else None


async def newest(conn: AsyncConnection, *, guild_id: int, user_id: int, kind: str, now: datetime) -> Draft | None:
    """Return what this person has of this kind in this group, None if it is older than LASTS."""
    where = (
        drafts.c.guild_id == guild_id,
        drafts.c.user_id == user_id,
        drafts.c.kind == kind,
        drafts.c.at > now - LASTS,
    )
    row = (await conn.execute(sa.select(*_COLUMNS).where(*where).order_by(drafts.c.id.desc()).limit(1))).first()
    return Draft(*row) if row else None


async def clear(conn: AsyncConnection, *, guild_id: int, user_id: int, kind: str) -> None:
    """Forget what this person has of this kind in this group."""
    where = (drafts.c.guild_id == guild_id, drafts.c.user_id == user_id, drafts.c.kind == kind)
    await conn.execute(sa.delete(drafts).where(*where))


async def drop(conn: AsyncConnection, draft_id: int) -> bool:
    """Forget a draft; False if it is gone."""
    return (await conn.execute(sa.delete(drafts).where(drafts.c.id == draft_id))).rowcount == 1


_COLUMNS: Final = tuple(drafts.c[name] for name in Draft.__slots__)
