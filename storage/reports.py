"""Reports of questions that have something wrong: one for each person and question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.tables import question_reports as reports


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report to be kept."""

    guild_id: int
    user_id: int
    question_id: str
    round_id: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """A report that is open. *round_id* is that in which the question was seen."""

    id: int
    guild_id: int
    user_id: int
    question_id: str
    round_id: int | None
    reason: str
    at: datetime


async def add(conn: AsyncConnection, new: NewReport) -> bool:
    """Keep a report; False if this person has reported this question."""
    return await insert_new(conn, reports, {name: getattr(new, name) for name in NewReport.__slots__})


async def get(conn: AsyncConnection, guild_id: int, report_id: int) -> Report | None:
    """Return an open report of the group's, None if there is none of this id."""
    where = (reports.c.guild_id == guild_id, reports.c.id == report_id, reports.c.state == "open")
    row = (await conn.execute(sa.select(*_COLUMNS).where(*where))).first()
    return Report(*row) if row else None


async def nth(conn: AsyncConnection, guild_id: int, place: int) -> Report | None:
    """Return the open report at a place, counted from 0, the oldest first; None if there is none."""
    where = (reports.c.guild_id == guild_id, reports.c.state == "open")
    row = (await conn.execute(sa.select(*_COLUMNS).where(*where).order_by(reports.c.id).offset(place).limit(1))).first()
    return Report(*row) if row else None


async def count(conn: AsyncConnection, guild_id: int) -> int:
    """Return how many reports of a group are open."""
    counted = sa.select(sa.func.count()).where(reports.c.guild_id == guild_id, reports.c.state == "open")
    return int((await conn.execute(counted)).scalar_one())


async def close(conn: AsyncConnection, guild_id: int, report_id: int) -> bool:
    """Close a report; False if it is not open."""
    where = (reports.c.guild_id == guild_id, reports.c.id == report_id, reports.c.state == "open")
    return (await conn.execute(sa.update(reports).where(*where).values(state="closed"))).rowcount == 1


async def close_all(conn: AsyncConnection, guild_id: int, question_id: str) -> None:
    """Close every report of a question."""
    where = (reports.c.guild_id == guild_id, reports.c.question_id == question_id)
    await conn.execute(sa.update(reports).where(*where).values(state="closed"))


_COLUMNS: Final = tuple(reports.c[name] for name in Report.__slots__)
