"""Answers in people's own words: one a person and round, with what they said before, and votes for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.tables import members, open_answers, users, votes

EARLIER_KEPT: Final = 20
"""Versions of an answer that are kept before the present one."""
_ABOUT: Final = 50
"""Characters by which texts may differ that are the same but for spaces and punctuation."""


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """An answer as it stands.

    Attributes:
        ticks: indexes of the key points that its author found in it; None while they have not looked.
    """

    id: int
    guild_id: int
    user_id: int
    round_id: int
    text: str
    ticks: tuple[int, ...] | None
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer as others see it.

    Attributes:
        name: of its author as the group last saw it; empty if nobody remembers, or they do not want to be shown.
    """

    id: int
    user_id: int
    name: str
    text: str
    votes: int


async def add(conn: AsyncConnection, *, guild_id: int, user_id: int, round_id: int, text: str, at: datetime) -> bool:
    """Keep somebody's answer; False if they have one."""
    row = {"guild_id": guild_id, "user_id": user_id, "round_id": round_id, "text": text, "submitted_at": at}
    return await insert_new(conn, open_answers, {**row, "earlier": [], "changed_at": at})


async def of(conn: AsyncConnection, round_id: int, user_id: int) -> OpenAnswer | None:
    """Return somebody's answer, None if they have none."""
    return await _one(conn, open_answers.c.round_id == round_id, open_answers.c.user_id == user_id)


async def held(conn: AsyncConnection, round_id: int, user_id: int) -> OpenAnswer | None:
    """Return the same, and keep others from changing it or its grade until this transaction ends."""
    found = sa.select(*_COLUMNS).where(open_answers.c.round_id == round_id, open_answers.c.user_id == user_id)
    row = (await conn.execute(found.with_for_update())).first()
    return _answer(row) if row else None


async def get(conn: AsyncConnection, answer_id: int) -> OpenAnswer | None:
    """Return the answer, None if there is none of this id."""
    return await _one(conn, open_answers.c.id == answer_id)


async def revise(conn: AsyncConnection, answer_id: int, text: str, at: datetime) -> None:
    """Put *text* in place of what an answer said, which is kept as well."""
    before = sa.select(open_answers.c.text, open_answers.c.earlier, open_answers.c.changed_at)
    row = (await conn.execute(before.where(open_answers.c.id == answer_id).with_for_update())).one()
    earlier = [*row.earlier, {"text": row.text, "at": row.changed_at.isoformat()}][-EARLIER_KEPT:]
    values = {"text": text, "earlier": earlier, "changed_at": at}
    await conn.execute(sa.update(open_answers).where(open_answers.c.id == answer_id).values(values))


async def tick(conn: AsyncConnection, answer_id: int, ticks: Sequence[int]) -> None:
    """Keep which key points an answer has."""
    values = {"ticks": ",".join(map(str, ticks))}
    await conn.execute(sa.update(open_answers).where(open_answers.c.id == answer_id).values(values))


async def texts_like(conn: AsyncConnection, round_id: int, user_id: int, length: int) -> Sequence[str]:
    """Return what others than *user_id* have answered in a round, of about that length in characters."""
    theirs = (open_answers.c.round_id == round_id, open_answers.c.user_id != user_id)
    about = sa.func.length(open_answers.c.text).between(length - _ABOUT, length + _ABOUT)
    return tuple((await conn.execute(sa.select(open_answers.c.text).where(*theirs, about))).scalars())


async def shown(conn: AsyncConnection, round_id: int, *, offset: int = 0, limit: int) -> Sequence[ShownAnswer]:
    """Return the answers of a round, those with the most votes first, of equals the earlier."""
    counted = sa.select(sa.func.count()).where(votes.c.answer_id == open_answers.c.id).scalar_subquery()
    hidden = sa.func.coalesce(users.c.hidden, sa.false())
    name = sa.case((hidden, ""), else_=sa.func.coalesce(members.c.name, ""))
    known = sa.and_(members.c.user_id == open_answers.c.user_id, members.c.guild_id == open_answers.c.guild_id)
    found = (
        sa.select(open_answers.c.id, open_answers.c.user_id, name, open_answers.c.text, counted.label("votes"))
        .outerjoin(members, known)
        .outerjoin(users, users.c.user_id == open_answers.c.user_id)
        .where(open_answers.c.round_id == round_id)
        .order_by(sa.desc("votes"), open_answers.c.id)
    )
    return [ShownAnswer(*row) for row in await conn.execute(found.offset(offset).limit(limit))]


async def count(conn: AsyncConnection, round_id: int) -> int:
    """Return how many have answered a round in their own words."""
    counted = sa.select(sa.func.count()).where(open_answers.c.round_id == round_id)
    return int((await conn.execute(counted)).scalar_one())


async def vote(conn: AsyncConnection, answer_id: int, *, user_id: int, guild_id: int, at: datetime) -> bool:
    """Keep somebody's vote for an answer; False if they have given it before."""
    row = {"answer_id": answer_id, "user_id": user_id, "guild_id": guild_id, "at": at}
    return await insert_new(conn, votes, row)


async def votes_for(conn: AsyncConnection, answer_id: int) -> int:
    """Return how many votes an answer has."""
    counted = sa.select(sa.func.count()).where(votes.c.answer_id == answer_id)
    return int((await conn.execute(counted)).scalar_one())


_COLUMNS = tuple(open_answers.c[name] for name in OpenAnswer.__slots__)


async def _one(conn: AsyncConnection, *where: sa.ColumnElement[bool]) -> OpenAnswer | None:
    row = (await conn.execute(sa.select(*_COLUMNS).where(*where))).first()
    return _answer(row) if row else None


def _answer(row: sa.Row[Any]) -> OpenAnswer:
    values: dict[str, Any] = dict(row._mapping)
    ticks = values["ticks"]
    return OpenAnswer(**{**values, "ticks": None if ticks is None else tuple(map(int, filter(None, ticks.split(","))))})
