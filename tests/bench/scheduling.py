"""One tick of the daily questions, with many groups of which none is due; prints JSON."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from bot.hosts.daily import DailyHost
from bot.services import dailies
from bot.services.dailies import Dailies, Needs
from bot.services.groups import Groups
from bot.services.questions import Questions
from bot.services.rounds import Rounds
from storage.addresses import sqlite_url
from storage.agenda import NEXT
from storage.database import Database
from storage.opening import open_database
from storage.tables import posts, streams
from tests.bench.table import milliseconds

GUILDS = 5_000
POSTS = 30
"""Of each group: a month of them."""
WARM_UP = 20
TICKS = 500
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def main() -> None:
    """Measure with as many groups as the first argument says, else 5,000."""
    guilds = int(sys.argv[1]) if sys.argv[1:] else GUILDS
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(_measure(Path(folder), guilds))
    sys.stdout.write(json.dumps(found) + "\n")


async def _measure(folder: Path, guilds: int) -> dict[str, Any]:
    async with open_database(sqlite_url(folder / "studybot.db")) as db:
        async with db.begin() as conn:
            await conn.execute(sa.insert(streams), list(_streams(guilds)))
            await conn.execute(sa.insert(posts), list(_posts(guilds)))
        async with db.reading() as conn:
            plan = [row[3] for row in await conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {NEXT.compile(conn.engine)}")]
        host = DailyHost(SimpleNamespace(services=SimpleNamespace(daily=_dailies(db))))  # type: ignore[arg-type]
        seconds = [await _tick(host) for _ in range(WARM_UP + TICKS)][WARM_UP:]
    scans = sum(line.startswith("SCAN") and "INDEX" not in line for line in plan if "SUBQUERY" not in line)
    return {"guilds": guilds, "posts": guilds * POSTS, "tick_ms": milliseconds(seconds), "scans": scans}


async def _tick(host: DailyHost) -> float:
    async with asyncio.TaskGroup() as group:
        started = time.perf_counter()
        await host.tick(group)
        return time.perf_counter() - started


def _dailies(db: Database) -> Dailies:
    def nothing(_guild_id: int) -> Any:
        raise AssertionError("nothing is due")

    groups, questions = Groups(db, clock=lambda: NOW), Questions(db, nothing)
    rounds = Rounds(db, groups, clock=lambda: NOW)
    return dailies.build(Needs(db, groups, questions, rounds, nothing, lambda: NOW, random.Random(1)))


def _streams(guilds: int) -> Iterator[dict[str, Any]]:
    for number in range(1, guilds + 1):
        due = NOW + timedelta(minutes=number % 1_440 + 1)
        yield {
            "id": number, "guild_id": number, "name": "Daily question", "channel_id": number, "post_at": "08:30",
            "zone": "Asia/Shanghai", "topics": [], "language": "zh", "reveal": "now", "seed": number,
            "next_at": due, "created_by": 1, "created_at": NOW,
        }  # fmt: skip


def _posts(guilds: int) -> Iterator[dict[str, Any]]:
    for number in range(1, guilds + 1):
        for back in range(POSTS):
            newest = back == 0
            yield {
                "stream_id": number, "guild_id": number, "day": (NOW - timedelta(days=back)).date(),
                "state": "sent" if newest else "revealed", "due_at": NOW - timedelta(days=back), "question_id": "q",
                "channel_id": number, "nonce": "", "reveal": "now",
                "reveal_at": NOW + timedelta(minutes=number % 1_440 + 1) if newest else None,
            }  # fmt: skip


if __name__ == "__main__":
    main()
