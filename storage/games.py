"""Games: quizzes of one person, and races in a channel. What a race does next, and when, stands in its row.

A race goes through these steps, and a restart goes on from whichever it finds: ANNOUNCE -> LOBBY -> for each round
SHOW -> ASKING -> REVEAL -> PAUSE -> ... -> FINAL -> none. Who takes a step says which one it takes it from, so that of
several that do so at the same time one succeeds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import INSERT
from storage.tables import events, games, rounds

QUIZ: Final = "quiz"
RACE: Final = "race"
RUNNING: Final = "running"
ENDED: Final = "ended"


class Step(StrEnum):
    """What a race has to do next."""

    ANNOUNCE = "announce"
    LOBBY = "lobby"
    SHOW = "show"
    """A round is open, but its message is not known to be there."""
    ASKING = "asking"
    REVEAL = "reveal"
    """A round is closed, but its message does not say so yet."""
    PAUSE = "pause"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class NewGame:
    """A game to be kept.

    Attributes:
        language: of the questions and of what is posted.
        difficulty: 0 is any.
        seconds: that a round of a race lasts.
        step: of a race.
        due_at: when the step is to be done.
    """

    kind: str
    guild_id: int
    channel_id: int
    host_id: int
    language: str
    topic: str
    difficulty: int
    started_at: datetime
    seconds: int | None = None
    step: Step | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Game:
    """A game as it stands.

    Attributes:
        ending: how it ended; None while it runs.
        reposts: how many of its messages were deleted and posted again.
        message_id: of the first message of a race.
    """

    id: int
    kind: str
    guild_id: int
    channel_id: int
    host_id: int
    language: str
    topic: str
    difficulty: int
    seconds: int | None
    state: str
    ending: str | None
    started_at: datetime
    step: str | None
    due_at: datetime | None
    reposts: int
    message_id: int | None

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.state == RUNNING


async def add(conn: AsyncConnection, new: NewGame) -> int | None:
    """Keep a game and return its id; None if it is a race and the channel has one that runs."""
    row = {name: getattr(new, name) for name in NewGame.__slots__}
    statement = INSERT[conn.dialect.name](games).on_conflict_do_nothing().returning(games.c.id)
    found: int | None = (await conn.execute(statement, {**row, "state": RUNNING})).scalar_one_or_none()
    return found


async def get(conn: AsyncConnection, game_id: int) -> Game | None:
    """Return the game, None if there is none of this id."""
    return await _first(conn, games.c.id == game_id)


async def race_in(conn: AsyncConnection, channel_id: int) -> Game | None:
    """Return the race that runs in a channel, None if there is none."""
    return await _first(conn, games.c.channel_id == channel_id, games.c.kind == RACE, games.c.state == RUNNING)


async def due(conn: AsyncConnection) -> list[tuple[int, datetime]]:
    """Return every race that has a step to do, with the time for it, the next first."""
    rows = await conn.execute(
        sa.select(games.c.id, games.c.due_at).where(games.c.due_at.is_not(None)).order_by(games.c.due_at)
    )
    return [(row.id, row.due_at) for row in rows]


async def go(
    conn: AsyncConnection, game_id: int, steps: Collection[str], *, to: Step | None = None, due_at: datetime | None
) -> bool:
    """Go on from one of *steps*, or with no *to* stay in it until another time; False if the race is elsewhere."""
    values = {"due_at": due_at} if to is None else {"due_at": due_at, "step": to}
    statement = sa.update(games).where(games.c.id == game_id, games.c.step.in_(steps)).values(values)
    return (await conn.execute(statement)).rowcount == 1


async def end(
    conn: AsyncConnection,
    game_id: int,
    ending: str,
    *,
    at: datetime,
    step: Step | None = None,
    due_at: datetime | None = None,
) -> bool:
    """End a game, for a race with what is left to do; False if it has ended before."""
    statement = sa.update(games).where(games.c.id == game_id, games.c.state == RUNNING)
    values = {"state": ENDED, "ending": ending, "ended_at": at, "step": step, "due_at": due_at}
    return (await conn.execute(statement.values(values))).rowcount == 1


async def rest(conn: AsyncConnection, game_id: int) -> None:
    """Leave the game alone from now on: nothing more can be done about it."""
    await conn.execute(sa.update(games).where(games.c.id == game_id).values(step=None, due_at=None))


async def announced(conn: AsyncConnection, game_id: int, message_id: int) -> None:
    """Remember the first message of a race."""
    await conn.execute(sa.update(games).where(games.c.id == game_id).values(message_id=message_id))


async def reposted(conn: AsyncConnection, game_id: int) -> None:
    """Count a message that was posted again."""
    await conn.execute(sa.update(games).where(games.c.id == game_id).values(reposts=games.c.reposts + 1))


def asking() -> sa.Select[tuple[int, str]]:
    """Return a query of the group and the question of every round of a race that can be answered now."""
    running = sa.text("games.kind = 'race' AND games.state = 'running'")  # as the index has it, which holds few
    asked = sa.select(rounds.c.guild_id, rounds.c.question_id).join_from(games, rounds)
    return asked.where(running, rounds.c.opened_at.is_not(None), rounds.c.closed_at.is_(None))


async def right_since(conn: AsyncConnection, user_id: int, since: datetime) -> frozenset[str]:
    """Return the questions that somebody has answered right since then."""
    where = (events.c.user_id == user_id, events.c.at >= since)
    ids = sa.select(events.c.question_id).where(*where).group_by(events.c.question_id)
    return frozenset((await conn.execute(ids.having(sa.func.sum(events.c.right) > 0))).scalars())


async def raced_since(conn: AsyncConnection, guild_id: int, since: datetime) -> frozenset[str]:
    """Return the questions that a group's races have asked since then."""
    where = (rounds.c.guild_id == guild_id, rounds.c.source == RACE, rounds.c.opened_at >= since)
    return frozenset((await conn.execute(sa.select(rounds.c.question_id).where(*where).distinct())).scalars())


_COLUMNS: Final = tuple(games.c[name] for name in Game.__slots__)


async def _first(conn: AsyncConnection, *where: sa.ColumnElement[bool]) -> Game | None:
    row: Any = (await conn.execute(sa.select(*_COLUMNS).where(*where))).first()
    return Game(*row) if row else None
