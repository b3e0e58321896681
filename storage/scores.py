"""What one person has answered: sums by topic, the instants of the answers, and what was answered wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import events, members, posts
from storage.totals import COUNTS, SUMS

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_QUARTER: Final = timedelta(minutes=15)
_QUARTER_US: Final = _QUARTER // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Sums:
    """How much somebody has answered, all corrections counted; without what they have yet to grade themselves."""

    answered: int = 0
    right: int = 0
    points: int = 0


@dataclass(frozen=True, slots=True)
class Wrong:
    """A question that was answered wrong, and the round in which it was."""

    topic: str
    question_id: str
    round_id: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """How much somebody answered in a quarter of an hour, which *begins* then; corrections count at their own time.

    Attributes:
        answered: also what its author has yet to grade: it was done then.
    """

    begins: datetime
    answered: int
    points: int


@dataclass(frozen=True, slots=True)
class Whose:
    """Somebody's answers in a group; 0 stands for all groups and direct messages together."""

    user_id: int
    guild_id: int


async def by_topic(conn: AsyncConnection, whose: Whose, *, without: Collection[int] = ()) -> dict[str, Sums]:
    """Return the sums of each topic, by its name as the events have it; what was asked in *without* is left out."""
    where = (*_of(whose), events.c.guild_id.not_in(sorted(without)))
    rows = await conn.execute(
        sa.select(events.c.topic, *SUMS).where(*where).group_by(events.c.topic).order_by(events.c.topic)
    )
    return {topic: Sums(*map(int, sums)) for topic, *sums in rows}


async def since(conn: AsyncConnection, whose: Whose, at: datetime) -> Sums:
    """Return the sums from *at* on."""
    sums = (sa.func.coalesce(column, 0) for column in SUMS)
    row = (await conn.execute(sa.select(*sums).where(*_of(whose), events.c.at >= at))).one()
    return Sums(*map(int, row))


async def answered_at(conn: AsyncConnection, whose: Whose) -> Sequence[datetime]:
    """Return the instants of all answers."""
    found = sa.select(events.c.at).where(*_of(whose), events.c.number == 0).order_by(events.c.at)
    return (await conn.execute(found)).scalars().all()


async def by_quarter(conn: AsyncConnection, whose: Whose, since: datetime) -> Sequence[Quarter]:
    """Return what was answered from *since* on, in the order of time.

    By quarters of an hour, which begin and end with the days of every time zone.
    """
    rows = await conn.execute(_quarters(whose, since))
    return [Quarter(_EPOCH + int(row.number) * _QUARTER, int(row.answered), int(row.points)) for row in rows]


async def posted_at(conn: AsyncConnection, whose: Whose) -> Sequence[datetime]:
    """Return the instants at which there was a daily question for somebody; in 0, in all groups they are known in."""
    groups: sa.ColumnElement[bool] = posts.c.guild_id == whose.guild_id
    if not whose.guild_id:
        groups = posts.c.guild_id.in_(sa.select(members.c.guild_id).where(members.c.user_id == whose.user_id))
    there = (groups, posts.c.day.is_not(None), posts.c.message_id.is_not(None))
    return (await conn.execute(sa.select(posts.c.due_at).where(*there))).scalars().all()


async def last_wrong(
    conn: AsyncConnection, whose: Whose, topics: Collection[str], *, without: Collection[int] = ()
) -> dict[str, Wrong]:
    """Return the question of each topic that was answered wrong last; what was corrected is not wrong any more.

    What its author has yet to grade is not wrong either.

    Args:
        conn: to the database.
        whose: answers.
        topics: by their names.
        without: groups whose questions are left out.
    """
    keys = (events.c.topic, events.c.question_id, events.c.round_id)
    where = (*_of(whose), events.c.topic.in_(topics), events.c.guild_id.not_in(sorted(without)))
    found = sa.select(*keys).where(*where).group_by(*keys)
    is_wrong = sa.and_(sa.func.sum(events.c.right) <= 0, sa.func.sum(events.c.answered) > 0)
    wrong = found.having(is_wrong).order_by(sa.func.min(events.c.id))
    return {row.topic: Wrong(*row) for row in await conn.execute(wrong)}


def _quarters(whose: Whose, since: datetime) -> sa.Select[*tuple[Any, ...]]:
    number = sa.type_coerce(events.c.at, sa.BigInteger) // _QUARTER_US
    answers = sa.func.count(sa.case((events.c.number == 0, 1))).label("answered")
    found = sa.select(number.label("number"), answers, sa.func.sum(events.c.points).label("points")).where(
        *_of(Whose(whose.user_id, 0)), events.c.at >= since
    )
    if whose.guild_id:
        # As a sum, or SQLite would go through all that the group answered in this time.
        found = found.where(events.c.guild_id + 0 == whose.guild_id)
    return found.group_by(number).order_by(number)


def _of(whose: Whose) -> tuple[sa.ColumnElement[Any], ...]:
    where: tuple[sa.ColumnElement[Any], ...] = (COUNTS, events.c.user_id == whose.user_id)
    return (*where, events.c.guild_id == whose.guild_id) if whose.guild_id else where
