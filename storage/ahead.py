"""Finds what is planned for later than it could be if it were planned now: only a clock that was wrong does that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import notices, posts, streams


@dataclass(frozen=True, slots=True)
class Limits:
    """The latest times that can be true of a stream's next look, a step or a notice, and a reveal."""

    look: datetime
    step: datetime
    reveal: datetime


@dataclass(frozen=True, slots=True)
class Ahead:
    """The ids of streams, posts and notices that are beyond the limits."""

    streams: tuple[int, ...] = ()
    posts: tuple[int, ...] = ()
    notices: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.streams or self.posts or self.notices)


async def find(conn: AsyncConnection, limits: Limits) -> Ahead:
    """Return what is beyond the limits, from the ends of indexes."""
    found: dict[str, set[int]] = {"stream": set(), "post": set(), "notice": set()}
    values = {"look": limits.look, "step": limits.step, "reveal": limits.reveal}
    for row in await conn.execute(BEYOND, values):
        found[row.kind].add(row.id)
    return Ahead(*(tuple(sorted(ids)) for ids in found.values()))


async def hasten_notice(conn: AsyncConnection, notice_id: int, at: datetime) -> None:
    """Let a notice be told then, unless it is to be sooner."""
    later = (notices.c.id == notice_id, notices.c.due_at > at)
    await conn.execute(sa.update(notices).where(*later).values(due_at=at))


async def dated_after(conn: AsyncConnection, stream_id: int, day: date) -> Sequence[tuple[int, str, str | None]]:
    """Return id, state and problem of a stream's posts of later days, the newest first."""
    where = (posts.c.stream_id == stream_id, posts.c.day > day)
    rows = await conn.execute(
        sa.select(posts.c.id, posts.c.state, posts.c.problem).where(*where).order_by(posts.c.day.desc())
    )
    return [(row.id, row.state, row.problem) for row in rows]


BEYOND = sa.union_all(
    *(
        sa.select(sa.literal_column(f"'{kind}'").label("kind"), table.c.id.label("id")).where(
            column > sa.bindparam(limit, type_=column.type)
        )
        for kind, table, column, limit in (
            ("stream", streams, streams.c.next_at, "look"),
            ("post", posts, posts.c.again_at, "step"),
            ("post", posts, posts.c.reveal_at, "reveal"),
            ("notice", notices, notices.c.due_at, "step"),
        )
    )
)
