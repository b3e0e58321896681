"""Which groups the bot is in, and since when it no longer is in the others."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from operator import itemgetter

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import INSERT, insert_new
from storage.tables import guilds


async def join(conn: AsyncConnection, guild_id: int, at: datetime) -> None:
    """Remember that the bot is in a group; it is not leaving any more."""
    await conn.execute(_JOIN[conn.dialect.name], [{"guild_id": guild_id, "joined_at": at}])


async def leave(conn: AsyncConnection, guild_id: int, at: datetime) -> None:
    """Remember that the bot was removed from a group, unless that is known since earlier."""
    await insert_new(conn, guilds, {"guild_id": guild_id})
    still_there = sa.and_(guilds.c.guild_id == guild_id, guilds.c.left_at.is_(None))
    await conn.execute(sa.update(guilds).where(still_there).values(left_at=at))


async def reconcile(conn: AsyncConnection, present: Collection[int], at: datetime) -> None:
    """Compare with the groups that the bot is in, all of them: the others it has left while nobody looked.

    Args:
        conn: in a transaction.
        present: ids; those that an outage hides for the moment included.
        at: now.
    """
    rows = await conn.execute(sa.select(guilds.c.guild_id, guilds.c.left_at).where(guilds.c.guild_id != 0))
    known = {row.guild_id: row.left_at for row in rows}
    # In one order: two processes that do this at once must not wait for each other.
    new = sorted(one for one in present if one not in known or known[one] is not None)
    if new:
        await conn.execute(_JOIN[conn.dialect.name], [{"guild_id": one, "joined_at": at} for one in new])
    gone = [
        {"gone": one} for one, left in sorted(known.items(), key=itemgetter(0)) if left is None and one not in present
    ]
    if gone:
        await conn.execute(sa.update(guilds).where(guilds.c.guild_id == sa.bindparam("gone")).values(left_at=at), gone)


async def left_before(conn: AsyncConnection, before: datetime) -> list[int]:
    """Return the groups that the bot left by that time and has not come back to."""
    rows = await conn.execute(
        sa.select(guilds.c.guild_id).where(guilds.c.left_at <= before).order_by(guilds.c.guild_id)
    )
    return list(rows.scalars())


async def has_left(conn: AsyncConnection, guild_id: int, before: datetime) -> bool:
    """Return whether a group is one of left_before()."""
    wanted = sa.select(guilds.c.guild_id).where(guilds.c.guild_id == guild_id, guilds.c.left_at <= before)
    return (await conn.execute(wanted)).first() is not None


_JOIN = {
    name: insert(guilds).on_conflict_do_update(index_elements=["guild_id"], set_={"left_at": None})
    for name, insert in INSERT.items()
}
