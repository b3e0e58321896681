"""Leaderboards over a year of 1,000,000 answers in 200 groups, one of which has 100,000 of them. A SQLite file.

``python -m tests.bench.boards`` prints one JSON object: median and 99th percentile in milliseconds, of all groups and
of the largest, for the board of the week and that of all times.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.services.boards import Boards, View
from bot.services.groups import Groups, Who
from bot.services.leavers import Leavers
from bot.services.periods import Period
from bot.services.questions import Questions
from knowledge.questions.bank import Bank
from storage.database import Database
from storage.opening import open_database, sqlite_url
from tests.bench.table import milliseconds

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
GROUPS = 200
LARGEST = 1
EVENTS = 1_000_000
OF_LARGEST = 100_000
TOPICS = 30
QUERIES = 400
WARM_UP = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EVENT = (
    "INSERT INTO events (guild_id, user_id, round_id, number, at, day, source, question_id, topic, given, answered, "
    '"right", points, took_ms, rule) VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, 1, ?, ?, 5000, 1)'
)
_ROUND = "INSERT INTO rounds (id, guild_id, channel_id, source, question_id, question) VALUES (?, ?, 2, ?, ?, '{}')"
_MEMBER = "INSERT INTO members (guild_id, user_id, name, seen_at) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Crowd:
    """A group: how many members it has, how many answers they gave, and how many of them answer a question."""

    guild_id: int
    members: int
    events: int
    a_round: int


def main() -> None:
    """Print one JSON object with the milliseconds of boards."""
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps(asyncio.run(_measure(Path(folder, "boards.db")))) + "\n")


async def _measure(file: Path) -> dict[str, Any]:
    rng = random.Random(1)
    rest = -(-(EVENTS - OF_LARGEST) // (GROUPS - 1) // 20) * 20
    crowds = [Crowd(LARGEST, 2_000, OF_LARGEST, 50), *(Crowd(one, 100, rest, 20) for one in range(2, GROUPS + 1))]
    async with open_database(sqlite_url(file)) as db:
        count = await fill(db, crowds, rng)
        groups = Groups(db, clock=lambda: NOW)
        leavers = Leavers(db, clock=lambda: NOW)
        boards = Boards(db, groups, questions=Questions(db, lambda _: Bank()), leavers=leavers, clock=lambda: NOW)
        found: dict[str, Any] = {"events": count, "groups": len(crowds)}
        for name, period in (("week", Period.WEEK), ("ever", Period.EVER)):
            found[f"{name}_ms"] = await _timed(boards, period, crowds, rng)
            found[f"{name}_largest_ms"] = await _timed(boards, period, crowds[:1], rng)
    return found


async def _timed(boards: Boards, period: Period, crowds: Sequence[Crowd], rng: random.Random) -> tuple[float, float]:
    seconds = []
    for _ in range(WARM_UP + QUERIES):
        crowd = rng.choice(crowds)
        who = Who(_user(crowd, rng.randrange(crowd.members)), crowd.guild_id, "")
        started = time.perf_counter()
        await boards.board(who, View(period, page=rng.randrange(3)))
        seconds.append(time.perf_counter() - started)
    return milliseconds(seconds[WARM_UP:])


async def fill(db: Database, crowds: Sequence[Crowd], rng: random.Random) -> int:
    """Fill *db* with answers of a year until NOW, and return how many there are."""
    count, first = 0, 1
    for crowd in crowds:
        rows = list(_events(crowd, first, rng))
        rounds = sorted({(row[2], row[0], row[5], row[6]) for row in rows})
        named = [(crowd.guild_id, _user(crowd, n), f"member {n}", _micros(NOW)) for n in range(crowd.members)]
        async with db.begin() as conn:
            await conn.exec_driver_sql(_MEMBER, named)
            await conn.exec_driver_sql(_ROUND, rounds)
            await conn.exec_driver_sql(_EVENT, rows)
        count, first = count + len(rows), first + len(rounds)
    return count


def _events(crowd: Crowd, first: int, rng: random.Random) -> Iterator[tuple[object, ...]]:
    """Yield the answers of a group, in order of time; some members answer far more than others."""
    rounds = crowd.events // crowd.a_round
    for number in range(rounds):
        at = NOW - YEAR + YEAR * (number + 1) / (rounds + 1)
        question, topic = f"{number % 200:016x}", f"Topic {number % TOPICS}"
        members = {min(int(rng.paretovariate(0.6)), crowd.members) - 1 for _ in range(crowd.a_round)}
        while len(members) < crowd.a_round:
            members.add(rng.randrange(crowd.members))
        for member in members:
            right = int(rng.random() < 0.6)
            key = (crowd.guild_id, _user(crowd, member), first + number, _micros(at), at.date().isoformat())
            yield (*key, "race", question, topic, "0", right, right * rng.choice((10, 15, 20)))


def _user(crowd: Crowd, member: int) -> int:
    return crowd.guild_id * 1_000_000 + member


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


if __name__ == "__main__":
    main()
