"""Appeals: typed answers that their authors want to be looked at. Each is decided once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.events import Event
from storage.tables import accepted_forms, appeals, events, rounds

OPEN: Final = "open"
ACCEPTED: Final = "accepted"
DECLINED: Final = "declined"


@dataclass(frozen=True, slots=True)
class NewAppeal:
    """An appeal to be kept; *given* is what was typed."""

    guild_id: int
    user_id: int
    round_id: int
    given: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal as it stands; *state* is OPEN, ACCEPTED or DECLINED."""

    id: int
    guild_id: int
    user_id: int
    round_id: int
    given: str
    at: datetime
    state: str


async def add(conn: AsyncConnection, new: NewAppeal) -> bool:
    """Keep an appeal; False if this person has appealed in this round."""
    return await insert_new(conn, appeals, {name: getattr(new, name) for name in NewAppeal.__slots__})


async def get(conn: AsyncConnection, guild_id: int, appeal_id: int) -> Appeal | None:
    """Return an appeal of the group's, None if there is none of this id."""
    where = (appeals.c.guild_id == guild_id, appeals.c.id == appeal_id)
    row = (await conn.execute(sa.select(*_COLUMNS).where(*where))).first()
    return Appeal(*row) if row else None


async def nth(conn: AsyncConnection, guild_id: int, place: int) -> Appeal | None:
    """Return the open appeal at a place, counted from 0, the oldest first; None if there is none."""
    where = (appeals.c.guild_id == guild_id, appeals.c.state == OPEN)
    row = (await conn.execute(sa.select(*_COLUMNS).where(*where).order_by(appeals.c.id).offset(place).limit(1))).first()
    return Appeal(*row) if row else None


async def count(conn: AsyncConnection, guild_id: int) -> int:
    """Return how many appeals of a group are open."""
    counted = sa.select(sa.func.count()).where(appeals.c.guild_id == guild_id, appeals.c.state == OPEN)
    return int((await conn.execute(counted)).scalar_one())


async def of_user(conn: AsyncConnection, guild_id: int, user_id: int, limit: int) -> Sequence[Appeal]:
    """Return somebody's appeals in a group, the newest first."""
    where = (appeals.c.guild_id == guild_id, appeals.c.user_id == user_id)
    rows = await conn.execute(sa.select(*_COLUMNS).where(*where).order_by(appeals.c.id.desc()).limit(limit))
    return [Appeal(*row) for row in rows]


async def decide(conn: AsyncConnection, appeal: Appeal, state: str, decided_by: int) -> bool:
    """Accept or decline an appeal; False if that was done before."""
    where = (appeals.c.id == appeal.id, appeals.c.guild_id == appeal.guild_id, appeals.c.state == OPEN)
    values = {"state": state, "decided_by": decided_by}
    return (await conn.execute(sa.update(appeals).where(*where).values(values))).rowcount == 1


async def accept_form(conn: AsyncConnection, guild_id: int, question_id: str, form: str, at: datetime) -> None:
    """Let a form count as an answer to a question in this group, from now on."""
    row = {"guild_id": guild_id, "question_id": question_id, "form": form, "at": at}
    await insert_new(conn, accepted_forms, row)


async def texts_given(
    conn: AsyncConnection, guild_id: int, question_id: str, *, after: str | None, limit: int
) -> Sequence[str]:
    """Return what was answered in a group to a question, each text once, in order; the next ones *after* one."""
    where = _to(guild_id, question_id)
    if after is not None:
        where = (*where, events.c.given > after)
    given = sa.select(events.c.given).where(*where).distinct().order_by(events.c.given).limit(limit)
    return (await conn.execute(given)).scalars().all()


async def answers_alike(
    conn: AsyncConnection, guild_id: int, question_id: str, given: Collection[str]
) -> Sequence[Event]:
    """Return every answer in a group to a question that is one of these texts, oldest first, as it was given."""
    return await _answers(conn, *_to(guild_id, question_id), events.c.given.in_(given))


async def answers_since(conn: AsyncConnection, guild_id: int, question_id: str, event_id: int) -> Sequence[Event]:
    """Return every answer in a group to a question that came after an event, oldest first, as it was given."""
    return await _answers(conn, *_to(guild_id, question_id), events.c.id > event_id)


async def last_event(conn: AsyncConnection) -> int:
    """Return the id of the newest event of all; 0 if there is none."""
    return int(await conn.scalar(sa.select(sa.func.coalesce(sa.func.max(events.c.id), 0))) or 0)


_COLUMNS: Final = tuple(appeals.c[name] for name in Appeal.__slots__)
_EVENT: Final = tuple(events.c[name] for name in Event.__slots__)


def _to(guild_id: int, question_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what holds for answers in a group to a question; those of tests left out."""
    asked = sa.select(rounds.c.id).where(rounds.c.guild_id == guild_id, rounds.c.question_id == question_id)
    return (events.c.round_id.in_(asked), events.c.number == 0, events.c.source != "test")


async def _answers(conn: AsyncConnection, *where: sa.ColumnElement[bool]) -> Sequence[Event]:
    rows = await conn.execute(sa.select(*_EVENT).where(*where).order_by(events.c.id))
    return [Event(*row) for row in rows]
