"""Seasons of a group: spans with a name. One runs at a time; those that are over stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.tables import seasons


@dataclass(frozen=True, slots=True)
class Season:
    """A season; *ended_at* is None while it runs."""

    id: int
    name: str
    began_at: datetime
    ended_at: datetime | None


async def start(conn: AsyncConnection, guild_id: int, name: str, at: datetime) -> bool:
    """Begin a season; False if one is running."""
    return await insert_new(conn, seasons, {"guild_id": guild_id, "name": name, "began_at": at})


async def end(conn: AsyncConnection, guild_id: int, at: datetime) -> bool:
    """End the season that is running; False if none is."""
    running = (seasons.c.guild_id == guild_id, seasons.c.ended_at.is_(None))
    return (await conn.execute(sa.update(seasons).where(*running).values(ended_at=at))).rowcount == 1


async def of_guild(conn: AsyncConnection, guild_id: int, limit: int) -> Sequence[Season]:
    """Return the newest seasons of a group, the newest first."""
    found = sa.select(*_COLUMNS).where(seasons.c.guild_id == guild_id).order_by(seasons.c.id.desc()).limit(limit)
    return [Season(*row) for row in await conn.execute(found)]


async def get(conn: AsyncConnection, guild_id: int, season_id: int) -> Season | None:
    """Return a season of a group; None if it has none of this id."""
    row = (
        await conn.execute(sa.select(*_COLUMNS).where(seasons.c.guild_id == guild_id, seasons.c.id == season_id))
    ).first()
    return Season(*row) if row else None


_COLUMNS = tuple(seasons.c[name] for name in Season.__slots__)
