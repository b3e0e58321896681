"""When the next daily question, post or notice wants something: one question to the database, answered from indexes."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import notices, posts, streams


async def next_at(conn: AsyncConnection) -> datetime | None:
    """Return the earliest time at which anything is due; None if nothing is."""
    times = [row.at for row in await conn.execute(NEXT) if row.at is not None]
    return min(times, default=None)


NEXT = sa.union_all(
    *(
        sa.select(sa.func.min(column, type_=column.type).label("at"))
        for column in (streams.c.next_at, posts.c.again_at, posts.c.reveal_at, notices.c.due_at)
    )
)
