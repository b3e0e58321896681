"""Rounds: a question as it was asked once. What is asked never changes; a round opens once and closes once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import accepted_forms as forms
from storage.tables import rounds


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round to be kept.

    Attributes:
        source: daily, race, quiz or test.
        question: what knowledge.questions.model.dump writes.
        shuffle: for each place shown, the index of the choice in the question.
        host_id: the only person who may answer; None is everybody.
    """

    guild_id: int
    channel_id: int
    source: str
    question_id: str
    question: str
    shuffle: tuple[int, ...] = ()
    game_id: int | None = None
    number: int = 0
    host_id: int | None = None
    opened_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A round as it stands.

    Attributes:
        closes_at: where it was cut off, the time at which it was.
    """

    id: int
    guild_id: int
    channel_id: int
    source: str
    question_id: str
    question: str
    shuffle: tuple[int, ...]
    game_id: int | None
    number: int
    host_id: int | None
    opened_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    message_id: int | None

    @property
    def cut_off(self) -> bool:
        """Whether it was ended before those who play could all answer, and does not count."""
        return self.closed_at is not None and self.closed_at == self.closes_at


async def add(conn: AsyncConnection, new: NewRound) -> int:
    """Keep a round and return its id."""
    row = {name: getattr(new, name) for name in NewRound.__slots__}
    row["shuffle"] = ",".join(map(str, new.shuffle))
    result = await conn.execute(sa.insert(rounds).values(**row).returning(rounds.c.id))
    return int(result.scalar_one())


async def get(conn: AsyncConnection, round_id: int) -> Round | None:
    """Return the round, None if there is none of this id."""
    row = (await conn.execute(sa.select(*_COLUMNS).where(rounds.c.id == round_id))).first()
    return _round(row) if row else None


async def of_game(conn: AsyncConnection, game_id: int) -> tuple[Round, ...]:
    """Return the rounds of a game in their order."""
    rows = await conn.execute(sa.select(*_COLUMNS).where(rounds.c.game_id == game_id).order_by(rounds.c.number))
    return tuple(map(_round, rows))


async def begin(conn: AsyncConnection, round_id: int, *, at: datetime, closes_at: datetime | None) -> bool:
    """Open the round; False if it was opened before."""
    statement = sa.update(rounds).where(rounds.c.id == round_id, rounds.c.opened_at.is_(None))
    return (await conn.execute(statement.values(opened_at=at, closes_at=closes_at))).rowcount == 1


async def restart(conn: AsyncConnection, round_id: int, *, at: datetime, closes_at: datetime | None) -> None:
    """Give an open round its time anew."""
    statement = sa.update(rounds).where(rounds.c.id == round_id, rounds.c.closed_at.is_(None))
    await conn.execute(statement.values(opened_at=at, closes_at=closes_at))


async def close(conn: AsyncConnection, round_id: int, at: datetime) -> bool:
    """Close the round, after which no answer to it is kept; False if it was closed before."""
    statement = sa.update(rounds).where(rounds.c.id == round_id, rounds.c.closed_at.is_(None))
    return (await conn.execute(statement.values(closed_at=at))).rowcount == 1


async def cut_off(conn: AsyncConnection, round_id: int, at: datetime) -> bool:
    """Close the round so that it does not count; False if it was closed before."""
    statement = sa.update(rounds).where(rounds.c.id == round_id, rounds.c.closed_at.is_(None))
    return (await conn.execute(statement.values(closed_at=at, closes_at=at))).rowcount == 1


async def shown_at(conn: AsyncConnection, round_id: int, message_id: int) -> None:
    """Remember the message that shows the round."""
    await conn.execute(sa.update(rounds).where(rounds.c.id == round_id).values(message_id=message_id))


async def accepted_forms(conn: AsyncConnection, guild_id: int, question_id: str) -> tuple[str, ...]:
    """Return the forms of an answer that a group's staff has accepted."""
    where = (forms.c.guild_id == guild_id, forms.c.question_id == question_id)
    return tuple((await conn.execute(sa.select(forms.c.form).where(*where).order_by(forms.c.at))).scalars())


_COLUMNS = tuple(rounds.c[name] for name in Round.__slots__)


def _round(row: sa.Row[tuple[object, ...]]) -> Round:
    values = dict(row._mapping)
    shuffle = tuple(int(place) for place in str(values["shuffle"]).split(",") if place)
    return Round(**{**values, "shuffle": shuffle})
