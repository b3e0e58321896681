"""How those are called who are named in the results of a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import members, users

_LOOKED_UP: Final = 100
"""Of those who could be named; that nobody among so many wants to be is unlikely."""


async def names(conn: AsyncConnection, guild_id: int, user_ids: Sequence[int]) -> dict[int, str]:
    """Return the names of the first of *user_ids*, without those who are hidden, excluded, gone, or unknown."""
    shown = (
        sa.select(members.c.user_id, members.c.name)
        .outerjoin(users, users.c.user_id == members.c.user_id)
        .where(members.c.guild_id == guild_id, members.c.user_id.in_(user_ids[:_LOOKED_UP]))
        .where(
            sa.not_(members.c.excluded), sa.not_(members.c.gone), sa.not_(sa.func.coalesce(users.c.hidden, sa.false()))
        )
    )
    return {row.user_id: row.name for row in await conn.execute(shown)}
