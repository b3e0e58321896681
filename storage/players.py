"""Who plays a race: those who joined it, those who answer, how they stand, and what they want to skip."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import INSERT
from storage.tables import events, members, players, rounds, users


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody has earned in a game.

    Attributes:
        name: as the group last saw it; empty if nobody remembers.
        hidden: they do not want to be shown.
        right: answers.
        answered: rounds.
    """

    user_id: int
    name: str
    hidden: bool
    points: int
    right: int
    answered: int


async def join(conn: AsyncConnection, game_id: int, *, guild_id: int, user_id: int) -> None:
    """Remember that somebody wants to play. Safe to repeat."""
    await _set(conn, {"game_id": game_id, "user_id": user_id, "guild_id": guild_id, "joined": True}, "joined")


async def skip(conn: AsyncConnection, game_id: int, *, guild_id: int, user_id: int, number: int) -> None:
    """Remember that somebody wants the round of this number to end. Safe to repeat."""
    await _set(conn, {"game_id": game_id, "user_id": user_id, "guild_id": guild_id, "skips": number}, "skips")


async def joined(conn: AsyncConnection, game_id: int) -> frozenset[int]:
    """Return who has joined."""
    where = (players.c.game_id == game_id, players.c.joined.is_(sa.true()))
    return frozenset((await conn.execute(sa.select(players.c.user_id).where(*where))).scalars())


async def skipping(conn: AsyncConnection, game_id: int, number: int) -> frozenset[int]:
    """Return who wants the round of this number to end."""
    where = (players.c.game_id == game_id, players.c.skips == number)
    return frozenset((await conn.execute(sa.select(players.c.user_id).where(*where))).scalars())


async def answering(conn: AsyncConnection, game_id: int, *, since: int) -> dict[int, frozenset[int]]:
    """Return who has answered, by the number of the round, from the round of number *since* on."""
    where = (rounds.c.game_id == game_id, rounds.c.number >= since, events.c.number == 0)
    pairs = sa.select(rounds.c.number, events.c.user_id).join_from(rounds, events).where(*where)
    found: dict[int, set[int]] = {}
    for number, user_id in await conn.execute(pairs):
        found.setdefault(number, set()).add(user_id)
    return {number: frozenset(users) for number, users in found.items()}


async def standings(conn: AsyncConnection, game_id: int) -> list[Standing]:
    """Return everybody who has answered in a game: most points first, of equals who got more right, then by name."""
    sums = [sa.func.sum(column).label(column.name) for column in (events.c.points, events.c.right, events.c.answered)]
    earned = (
        sa.select(events.c.user_id, events.c.guild_id, *sums)
        .join_from(rounds, events)
        .where(rounds.c.game_id == game_id)
        .group_by(events.c.user_id, events.c.guild_id)
        .subquery()
    )
    name = sa.func.coalesce(members.c.name, "").label("name")
    hidden = sa.func.coalesce(users.c.hidden, sa.false()).label("hidden")
    known = sa.and_(members.c.user_id == earned.c.user_id, members.c.guild_id == earned.c.guild_id)
    rows = await conn.execute(
        sa.select(earned.c.user_id, name, hidden, earned.c.points, earned.c.right, earned.c.answered)
        .select_from(earned.outerjoin(members, known).outerjoin(users, users.c.user_id == earned.c.user_id))
        .order_by(earned.c.points.desc(), earned.c.right.desc(), name, earned.c.user_id)
    )
    return [Standing(*row) for row in rows]


async def _set(conn: AsyncConnection, row: dict[str, object], changed: str) -> None:
    statement = INSERT[conn.dialect.name](players)
    keys = [column.name for column in players.primary_key]
    await conn.execute(
        statement.on_conflict_do_update(index_elements=keys, set_={changed: statement.excluded[changed]}), row
    )
