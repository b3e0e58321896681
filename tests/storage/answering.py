"""Members with names, and answers of theirs that count, without the questions they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Final

import sqlalchemy as sa

from knowledge.questions.model import Kind, Question, dump
from storage import rounds, settings
from storage.database import Database
from storage.rounds import NewRound
from storage.settings import Seen
from storage.tables import events

NOON: Final = datetime(2026, 11, 25, 12, tzinfo=UTC)
GUILD: Final = 5
ANN, BO, CY, DEE = 11, 12, 13, 14
QUESTION: Final = Question(
    "a" * 16, Kind.CHOICE, "What is kept?", "en", "Nets", choices=("+", "-"), right=(0,),
    file="nets/Activation_en.md", heading="ReLU",
)  # fmt: skip
"""What is answered unless something else is given."""
NAMES: Final = {ANN: "ann", BO: "bo", CY: "cy", DEE: "dee"}
_numbers = count(1)


async def name(db: Database, *user_ids: int, guild_id: int = GUILD, at: datetime = NOON) -> None:
    """Let the group know how these are called."""
    await called(db, {user_id: NAMES.get(user_id, "?") for user_id in user_ids}, guild_id=guild_id, at=at)


async def called(db: Database, names: Mapping[int, str], *, guild_id: int = GUILD, at: datetime = NOON) -> None:
    """Let the group know members by their ids -> names."""
    async with db.begin() as conn:
        await conn.run_sync(settings.saw_all, [Seen(guild_id, user_id, name, at) for user_id, name in names.items()])


async def answers(db: Database, user_id: int, points: Sequence[int], **given: object) -> int:
    """Add an answer for each of *points*, right if it earned any, and return the id of the last's round."""
    for earned in points:
        round_id = await answer(db, user_id, earned, **given)
    return round_id


async def answer(db: Database, user_id: int, points: int, **given: object) -> int:
    """Add an answer in a round of its own and return the round's id; *given* are columns of the event."""
    values = {"guild_id": GUILD, "question_id": "a" * 16, "source": "race", "at": NOON, **given}
    new = NewRound(values["guild_id"], 2, values["source"], values["question_id"], dump(QUESTION), opened_at=NOON)
    async with db.begin() as conn:
        round_id = await rounds.add(conn, new)
        row = {"user_id": user_id, "round_id": round_id, "number": 0, "day": values["at"].date(), "topic": "Nets"}
        marks = {"answered": 1, "right": int(points > 0), "points": points, "rule": 1}
        await conn.execute(sa.insert(events).values(**{**row, **marks, **values}))
    return round_id


async def correct(db: Database, user_id: int, round_id: int, right: int, points: int, **given: object) -> None:
    """Add a correction of an answer."""
    values = {"guild_id": GUILD, "question_id": "a" * 16, "source": "race", "at": NOON, "topic": "Nets", **given}
    async with db.begin() as conn:
        row = {"user_id": user_id, "round_id": round_id, "number": next(_numbers), "day": values["at"].date()}
        marks = {"answered": 0, "right": right, "points": points, "rule": 1}
        await conn.execute(sa.insert(events).values(**{**row, **marks, **values}))
