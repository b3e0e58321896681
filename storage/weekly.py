"""When the board of a group's week is posted. A group has one row, which is claimed for each week by changing it.

*next_at* is when the row wants to be looked at. Who claims it moves that on by a lease, and of several that do so at
the same time one succeeds; who is done moves it to the end of the next week. A claim that was never finished is found
again after its lease.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.settings import set_group
from storage.tables import guilds


@dataclass(frozen=True, slots=True)
class Due:
    """A group's board as it stands.

    Attributes:
        due_at: the end of the week that it is about.
        next_at: when it wants to be looked at.
        tries: to post it, before this one.
        message_id: of the last one posted.
        problem: of the last week; None if its board was posted, or nobody had answered.
    """

    guild_id: int
    channel_id: int
    due_at: datetime
    next_at: datetime
    tries: int
    message_id: int | None
    problem: str | None


async def due(conn: AsyncConnection, now: datetime, limit: int) -> Sequence[Due]:
    """Return the boards that want to be looked at, those that have waited longest first."""
    where = (guilds.c.board_next_at <= now, guilds.c.left_at.is_(None))
    return await _found(conn, sa.select(*_COLUMNS).where(*where).order_by(guilds.c.board_next_at).limit(limit))


async def of_guild(conn: AsyncConnection, guild_id: int) -> Due | None:
    """Return a group's board; None if it wants none."""
    where = (guilds.c.guild_id == guild_id, guilds.c.board_next_at.is_not(None))
    return next(iter(await _found(conn, sa.select(*_COLUMNS).where(*where))), None)


async def next_at(conn: AsyncConnection) -> datetime | None:
    """Return when the first board wants to be looked at; None if there is none."""
    first = sa.select(guilds.c.board_next_at).where(guilds.c.board_next_at.is_not(None), guilds.c.left_at.is_(None))
    return await conn.scalar(first.order_by(guilds.c.board_next_at).limit(1))


async def claim(conn: AsyncConnection, board: Due, until: datetime) -> bool:
    """Take the board; False if somebody else has taken or changed it since it was read."""
    return await _change(conn, board, board_next_at=until, board_tries=board.tries + 1)


async def put_off(conn: AsyncConnection, board: Due, until: datetime) -> bool:
    """Let a board that was claimed wait until then; False if the group has changed it since."""
    return await _change(conn, board, any_time=True, board_next_at=until)


async def finish(
    conn: AsyncConnection, board: Due, next_due: datetime, *, message_id: int | None, problem: str | None = None
) -> bool:
    """End with a week, however it went; False if the group has changed its board since.

    Args:
        conn: in a transaction.
        board: as it was claimed; *next_at* does not matter.
        next_due: the end of the next week.
        message_id: of the newest board that is there.
        problem: why this one was not posted.
    """
    values = {"board_due_at": next_due, "board_next_at": next_due, "board_tries": 0}
    return await _change(conn, board, **values, board_message_id=message_id, board_problem=problem, any_time=True)


async def plan(conn: AsyncConnection, guild_id: int, channel_id: int | None, due_at: datetime | None) -> None:
    """Let the next board of a group be due in a channel at that time; without a channel there is none.

    What was posted in another channel stays as it is.
    """
    due_at = due_at if channel_id else None
    where = (guilds.c.guild_id == guild_id, guilds.c.board_channel_id.is_distinct_from(channel_id))
    await conn.execute(sa.update(guilds).where(*where).values(board_message_id=None))
    values = {"board_due_at": due_at, "board_next_at": due_at, "board_tries": 0, "board_problem": None}
    await set_group(conn, guild_id, board_channel_id=channel_id, **values)


async def _change(conn: AsyncConnection, board: Due, *, any_time: bool = False, **values: Any) -> bool:
    same = [guilds.c.guild_id == board.guild_id, guilds.c.board_due_at == board.due_at]
    if not any_time:
        same.append(guilds.c.board_next_at == board.next_at)
    return (await conn.execute(sa.update(guilds).where(*same).values(**values))).rowcount == 1


async def _found(conn: AsyncConnection, wanted: sa.Select[Any]) -> Sequence[Due]:
    return [Due(*row) for row in await conn.execute(wanted)]


_COLUMNS = (
    guilds.c.guild_id,
    guilds.c.board_channel_id,
    guilds.c.board_due_at,
    guilds.c.board_next_at,
    guilds.c.board_tries,
    guilds.c.board_message_id,
    guilds.c.board_problem,
)
