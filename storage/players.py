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
        hidden: they do not want to be shown, or are excluded.
        excluded: the group's managers do not want them to be counted.
        right: answers.
        answered: rounds.
    """

    user_id: int
    name: str
    hidden: bool
    excluded: bool
    points: int
    right: int
    answered: int


async def join(conn: AsyncConnection, game_id: int, *, guild_id: int, user_id: int) -> None:
    """Remember that somebody wants to play. Safe to repeat."""
    await _set(conn, {"game_id": game_id, "user_id": user_id, "guild_id": guild_id, "joined": True}, "joined")


async def skip(conn: AsyncConnection, game_id: int, *, guild_id: int, user_id: int, number: int) -> None:
    """Remember that somebody wants the round of this number to end. Safe to repeat."""
    await _set(conn, {"game_id": game_id, "user_id": user_id, "guild_id": guild_id, "skips": number}, "skips")


async def joined(conn: AsyncConnection, game_id: int) -> int:
    """Return how many have joined, those who are excluded left out."""
    return await _count(conn, _joined(game_id).where(_counted(players.c.guild_id, players.c.user_id)))


async def answered(conn: AsyncConnection, round_id: int) -> int:
    """Return how many have answered a round, those who are excluded left out."""
    people = sa.select(events.c.user_id).where(events.c.round_id == round_id, events.c.number == 0)
    return await _count(conn, people.where(_counted(events.c.guild_id, events.c.user_id)))


async def missing(conn: AsyncConnection, game_id: int, number: int, *, since: int) -> tuple[int, int]:
    """Return how many the round of this number waits for, and how many of them have not answered it.

    Those are the people who answered a round from number *since* on, and where that is before the first one, those who
    have joined.
    """
    before = _answering(game_id, rounds.c.number >= since, rounds.c.number < number)
    expected = (sa.union(before, _joined(game_id)) if since < 1 else before).subquery()
    answered = _answering(game_id, rounds.c.number == number)
    late = sa.select(expected.c.user_id).where(expected.c.user_id.not_in(answered))
    return await _count(conn, sa.select(expected.c.user_id)), await _count(conn, late)


async def answered_numbers(conn: AsyncConnection, game_id: int) -> frozenset[int]:
    """Return the numbers of the rounds that somebody has answered."""
    numbers = sa.select(rounds.c.number).join_from(rounds, events).where(rounds.c.game_id == game_id).distinct()
    return frozenset((await conn.execute(numbers)).scalars())


async def votes(conn: AsyncConnection, game_id: int, number: int) -> int:
    """Return how many want the round of this number to end."""
    where = (players.c.game_id == game_id, players.c.skips == number)
    return await _count(conn, sa.select(players.c.user_id).where(*where))


async def standings(conn: AsyncConnection, game_id: int, *, until: int | None = None) -> list[Standing]:
    """Return everybody who has answered in a game: most points first, of equals who got more right, then by name.

    What was answered in a round that was cut off is no answer. *until* is the number of the last round to look at.
    """
    counts = sa.or_(
        rounds.c.closed_at.is_(None), rounds.c.closes_at.is_(None), rounds.c.closed_at != rounds.c.closes_at
    )
    sums = [
        sa.func.sum(sa.case((counts, column), else_=0)).label(column.name)
        for column in (events.c.points, events.c.right, events.c.answered)
    ]
    earned = (
        sa.select(events.c.user_id, events.c.guild_id, *sums)
        .join_from(rounds, events)
        .where(rounds.c.game_id == game_id, sa.true() if until is None else rounds.c.number <= until)
        .group_by(events.c.user_id, events.c.guild_id)
        .subquery()
    )
    name = sa.func.coalesce(members.c.name, "").label("name")
    excluded = sa.func.coalesce(members.c.excluded, sa.false())
    hidden = sa.or_(excluded, sa.func.coalesce(users.c.hidden, sa.false()))
    shown = (name, hidden.label("hidden"), excluded.label("excluded"))
    known = sa.and_(members.c.user_id == earned.c.user_id, members.c.guild_id == earned.c.guild_id)
    rows = await conn.execute(
        sa.select(earned.c.user_id, *shown, earned.c.points, earned.c.right, earned.c.answered)
        .select_from(earned.outerjoin(members, known).outerjoin(users, users.c.user_id == earned.c.user_id))
        .order_by(earned.c.points.desc(), earned.c.right.desc(), name, earned.c.user_id)
    )
    return [Standing(*row) for row in rows]


def _counted(guild_id: sa.ColumnElement[int], user_id: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    same = (members.c.guild_id == guild_id, members.c.user_id == user_id, members.c.excluded)
    return ~sa.exists().where(*same)


def _joined(game_id: int) -> sa.Select[tuple[int]]:
    return sa.select(players.c.user_id).where(players.c.game_id == game_id, players.c.joined.is_(sa.true()))


def _answering(game_id: int, *of: sa.ColumnElement[bool]) -> sa.Select[tuple[int]]:
    people = sa.select(events.c.user_id).join_from(rounds, events).where(rounds.c.game_id == game_id, *of)
    return people.where(events.c.number == 0).distinct()


async def _count(conn: AsyncConnection, people: sa.Select[tuple[int]] | sa.CompoundSelect[tuple[int]]) -> int:
    return int((await conn.execute(sa.select(sa.func.count()).select_from(people.subquery()))).scalar_one())


async def _set(conn: AsyncConnection, row: dict[str, object], changed: str) -> None:
    statement = INSERT[conn.dialect.name](players)
    keys = [column.name for column in players.primary_key]
    await conn.execute(
        statement.on_conflict_do_update(index_elements=keys, set_={changed: statement.excluded[changed]}), row
    )
