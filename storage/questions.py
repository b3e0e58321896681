"""A group's own questions: suggested, approved, rejected or retired, each with a number that people call it by.

A question changes together with its version: who decides about one decides about what they have seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.tables import questions

_TRIES: Final = 20
"""For a number, where others take theirs at the same time."""


class State(StrEnum):
    """What has become of a question; only approved ones are asked."""

    SUGGESTED = "suggested"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question to be kept.

    Attributes:
        body: what knowledge.questions.model.dump writes, without an author.
        author_id: who suggested it; None for one from a file.
        channel_id: where they suggested it.
    """

    id: str
    guild_id: int
    body: str
    state: State
    at: datetime
    author_id: int | None = None
    channel_id: int | None = None


@dataclass(frozen=True, slots=True)
class GroupQuestion:
    """A question as it stands. *reason* is why it was rejected."""

    id: str
    guild_id: int
    number: int
    body: str
    state: State
    author_id: int | None
    channel_id: int | None
    decided_by: int | None
    reason: str
    version: int


async def add(conn: AsyncConnection, new: NewQuestion) -> int | None:
    """Keep a question and return its number; None if there is one of this id."""
    last = sa.select(sa.func.coalesce(sa.func.max(questions.c.number), 0)).where(questions.c.guild_id == new.guild_id)
    row = {name: getattr(new, name) for name in NewQuestion.__slots__ if name != "at"}
    for _ in range(_TRIES):
        number = int((await conn.execute(last)).scalar_one()) + 1
        if await insert_new(conn, questions, {**row, "number": number, "created_at": new.at, "changed_at": new.at}):
            return number
        if await get(conn, new.guild_id, new.id) is not None:
            return None
    return None


async def add_all(conn: AsyncConnection, guild_id: int, new: Sequence[NewQuestion]) -> None:
    """Keep questions of one group, all of them new, with the numbers after its last."""
    last = sa.select(sa.func.coalesce(sa.func.max(questions.c.number), 0)).where(questions.c.guild_id == guild_id)
    first = int((await conn.execute(last)).scalar_one()) + 1
    rows = [
        {
            **{name: getattr(one, name) for name in NewQuestion.__slots__ if name != "at"},
            "number": number,
            "created_at": one.at,
            "changed_at": one.at,
        }
        for number, one in enumerate(new, first)
    ]
    if rows:
        await conn.execute(sa.insert(questions), rows)


async def get(conn: AsyncConnection, guild_id: int, question_id: str) -> GroupQuestion | None:
    """Return a question of the group, None if it has none of this id."""
    return await _one(conn, questions.c.guild_id == guild_id, questions.c.id == question_id)


async def numbered(conn: AsyncConnection, guild_id: int, number: int) -> GroupQuestion | None:
    """Return the question that the group calls by this number, None if there is none."""
    return await _one(conn, questions.c.guild_id == guild_id, questions.c.number == number)


async def oldest(conn: AsyncConnection, guild_id: int, state: State, after: int = 0) -> GroupQuestion | None:
    """Return the first question in a state with a number above *after*, None if there is none."""
    return await _one(conn, questions.c.guild_id == guild_id, questions.c.state == state, questions.c.number > after)


async def listed(
    conn: AsyncConnection,
    guild_id: int,
    *,
    state: State | None = None,
    author_id: int | None = None,
    first: int = 0,
    limit: int = 1_000_000,
) -> Sequence[GroupQuestion]:
    """Return questions of a group from the *first* on, counted from 0, the newest first."""
    where = _filter(guild_id, state, author_id)
    rows = sa.select(*_COLUMNS).where(*where).order_by(questions.c.number.desc()).offset(first).limit(limit)
    return [_question(row) for row in await conn.execute(rows)]


async def count(
    conn: AsyncConnection, guild_id: int, *, state: State | None = None, author_id: int | None = None
) -> int:
    """Return how many questions of a group there are."""
    counted = sa.select(sa.func.count()).where(*_filter(guild_id, state, author_id))
    return int((await conn.execute(counted)).scalar_one())


async def stamp(conn: AsyncConnection, guild_id: int) -> tuple[int, int, int]:
    """Return what is another after any change of the group's questions; the first is how many there are."""
    columns = (
        sa.func.count(),
        sa.func.coalesce(sa.func.sum(questions.c.version), 0),
        sa.func.count(questions.c.author_id),  # an author may be forgotten
    )
    row = (await conn.execute(sa.select(*columns).where(questions.c.guild_id == guild_id))).one()
    return int(row[0]), int(row[1]), int(row[2])


async def change(conn: AsyncConnection, question: GroupQuestion, *, at: datetime, **values: Any) -> bool:
    """Change columns of *question* and raise its version; False if it is no longer as it was read."""
    where = (
        questions.c.id == question.id,
        questions.c.guild_id == question.guild_id,
        questions.c.version == question.version,
    )
    changed = sa.update(questions).where(*where).values(**values, changed_at=at, version=question.version + 1)
    return (await conn.execute(changed)).rowcount == 1


_COLUMNS: Final = tuple(questions.c[name] for name in GroupQuestion.__slots__)


def _filter(guild_id: int, state: State | None, author_id: int | None) -> list[sa.ColumnElement[bool]]:
    where = [questions.c.guild_id == guild_id]
    if state is not None:
        where.append(questions.c.state == state)
    if author_id is not None:
        where.append(questions.c.author_id == author_id)
    return where


async def _one(conn: AsyncConnection, *where: sa.ColumnElement[bool]) -> GroupQuestion | None:
    row = (await conn.execute(sa.select(*_COLUMNS).where(*where).order_by(questions.c.number).limit(1))).first()
    return _question(row) if row else None


def _question(row: sa.Row[Any]) -> GroupQuestion:
    return GroupQuestion(**{**row._mapping, "state": State(row.state)})
