"""Answers and corrections of them: added once, never changed. Of many at the same time the unique key lets one in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import INSERT
from storage.tables import events, rounds

LONGEST_GIVEN: Final = 200


@dataclass(frozen=True, slots=True)
class Event:
    """An answer (*number* 0) or a correction of it, whose *right* and *points* are differences.

    Attributes:
        day: the group's local day at that time.
        given: indexes of choices with commas between, or the typed text, at most 200 characters.
        answered: 1 where an answer begins to be right or wrong, else 0: of one that its author grades, that is the
            first correction.
        right: 1 or 0; in a correction also -1.
        took_ms: from the opening of the round to the answer; None where nobody measures.
        rule: version of the rules by which the points were counted.
    """

    guild_id: int
    user_id: int
    round_id: int
    at: datetime
    day: date
    source: str
    question_id: str
    topic: str
    given: str
    right: int
    points: int
    rule: int
    took_ms: int | None = None
    answered: int = 1
    number: int = 0


async def add_answer(conn: AsyncConnection, event: Event) -> bool:
    """Keep an answer; False if the round is not open at that time, or its author has answered already."""
    return bool(await conn.run_sync(add_answers, [event]))


def open_until(conn: sa.Connection, round_ids: Collection[int]) -> dict[int, datetime | None]:
    """Return when those of the rounds that are open close, and keep them open until this transaction ends."""
    return {row.id: row.closes_at for row in conn.execute(_OPEN, {"ids": sorted(round_ids)})}


def add_answers(conn: sa.Connection, answers: Sequence[Event]) -> frozenset[tuple[int, int]]:
    """Keep answers, of which no two are by one person; return the round and author of each that is counted.

    Left out are those to a round that is not open at that time, and those of people who have answered it already.
    """
    closing = open_until(conn, {answer.round_id for answer in answers})
    in_time = [one for one in answers if one.round_id in closing and _before(one.at, closing[one.round_id])]
    if not in_time:
        return frozenset()
    # In one order, as everywhere: of two who add to the same members' sums, none has what the other waits for.
    in_time.sort(key=lambda answer: (answer.guild_id, answer.user_id))
    kept = conn.execute(_ADD[conn.dialect.name], [_row(answer) for answer in in_time])
    return frozenset((row.round_id, row.user_id) for row in kept)


async def correct(conn: AsyncConnection, correction: Event, *, answered: int = 0) -> bool:
    """Add a correction under the next number of its round and user; False if another came first, or no answer is there.

    *answered* is 1 if the answer counts as one only from now on.

    What it corrects is to be looked at after totals.hold(), or another correction may have changed it.
    """
    key = (events.c.round_id == correction.round_id, events.c.user_id == correction.user_id)
    last = (await conn.execute(sa.select(sa.func.max(events.c.number)).where(*key))).scalar_one()
    if last is None:
        return False
    row = {**_row(correction), "answered": answered, "number": last + 1}
    statement = INSERT[conn.dialect.name](events).on_conflict_do_nothing()
    return (await conn.execute(statement, row)).rowcount == 1


async def answer_of(conn: AsyncConnection, round_id: int, user_id: int) -> Event | None:
    """Return what somebody answered in a round, as it was then; None if they have not."""
    where = (events.c.round_id == round_id, events.c.user_id == user_id, events.c.number == 0)
    row = (await conn.execute(sa.select(*_COLUMNS).where(*where))).first()
    return Event(**row._mapping) if row else None


async def standing_of(conn: AsyncConnection, round_id: int, user_id: int) -> tuple[int, int]:
    """Return whether an answer is right (1 or 0) and its points, all corrections counted."""
    sums = (sa.func.coalesce(sa.func.sum(column), 0) for column in (events.c.right, events.c.points))
    row = (await conn.execute(sa.select(*sums).where(events.c.round_id == round_id, events.c.user_id == user_id))).one()
    return int(row[0]), int(row[1])


async def counts_as_answered(conn: AsyncConnection, round_id: int, user_id: int) -> bool:
    """Return whether there is an answer that is right or wrong already."""
    where = (events.c.round_id == round_id, events.c.user_id == user_id)
    return bool((await conn.execute(sa.select(sa.func.sum(events.c.answered)).where(*where))).scalar_one())


async def of_round(conn: AsyncConnection, round_id: int) -> Sequence[Event]:
    """Return every event of a round in the order in which they came."""
    rows = await conn.execute(sa.select(*_COLUMNS).where(events.c.round_id == round_id).order_by(events.c.id))
    return [Event(**row._mapping) for row in rows]


async def in_game(conn: AsyncConnection, game_id: int, user_id: int) -> Sequence[Event]:
    """Return every event of somebody in the rounds of a game in the order in which they came."""
    of_game = sa.select(*_COLUMNS).join_from(rounds, events).where(rounds.c.game_id == game_id)
    rows = await conn.execute(of_game.where(events.c.user_id == user_id).order_by(events.c.id))
    return [Event(**row._mapping) for row in rows]


async def answers_to(conn: AsyncConnection, round_id: int) -> int:
    """Return how many have answered a round."""
    counted = sa.select(sa.func.count()).where(events.c.round_id == round_id, events.c.number == 0)
    return int((await conn.execute(counted)).scalar_one())


async def points_on(conn: AsyncConnection, *, guild_id: int, user_id: int, day: date, source: str) -> int:
    """Return the points that somebody earned from one source on a local day."""
    return await conn.run_sync(points_now, guild_id=guild_id, user_id=user_id, day=day, source=source)


def points_now(conn: sa.Connection, *, guild_id: int, user_id: int, day: date, source: str) -> int:
    """Do what points_on() does, inside Database.at_once()."""
    where = (events.c.guild_id == guild_id, events.c.user_id == user_id, events.c.day == day, events.c.source == source)
    return int(conn.execute(sa.select(sa.func.coalesce(sa.func.sum(events.c.points), 0)).where(*where)).scalar_one())


_NAMES: Final = tuple(Event.__slots__)
_COLUMNS: Final = tuple(events.c[name] for name in _NAMES)


_OPEN: Final = (
    sa.select(rounds.c.id, rounds.c.closes_at)
    .where(rounds.c.id.in_(sa.bindparam("ids", expanding=True)))
    .where(rounds.c.opened_at.is_not(None), rounds.c.closed_at.is_(None))
    .order_by(rounds.c.id)
    .with_for_update(read=True)  # or a round could be closed and counted while an answer to it is on its way in
)
_ADD: Final = MappingProxyType(
    {
        dialect: insert(events).on_conflict_do_nothing().returning(events.c.round_id, events.c.user_id)
        for dialect, insert in INSERT.items()
    }
)
"""Built once: this is what a press waits for."""


def _before(at: datetime, closes_at: datetime | None) -> bool:
    return closes_at is None or at < closes_at


def _row(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in _NAMES}
