"""10,000 presses on one race from 500 members: what is counted, and how long the bot's event loop stands still.

The members and the stand-in for Discord are a process of their own, see tests.bench.players. Prints one JSON object.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.app import open_libraries
from bot.assembly import open_services
from bot.config import load
from bot.online import build_bot, collect_often, point_at
from storage.addresses import locate
from storage.database import Database
from storage.tables import events
from tests.bench.players import MEMBERS, ROUNDS
from tests.bench.pressing import write_notes
from tests.wire.standin import TOKEN

BEAT_S = 0.001


def main() -> None:
    """Let them play, count, and print."""
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps(asyncio.run(_measure(Path(folder)))) + "\n")


async def _measure(folder: Path) -> dict[str, Any]:
    write_notes(folder / "notes", ROUNDS)
    players = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.players"), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert players.stdin is not None
    assert players.stdout is not None
    where = json.loads(await players.stdout.readline())
    point_at(where["api"], where["gateway"])
    collect_often()
    environ = {"STUDYBOT_NOTES": str(folder / "notes"), "STUDYBOT_DATA": str(folder / "data"), "HOME": str(folder)}
    config = load(environ, folder)
    libraries = open_libraries(config)
    async with open_services(config, libraries) as services, build_bot(config, services) as bot:
        await bot.login(TOKEN)
        connection = asyncio.create_task(bot.connect())
        await bot.wait_until_ready()
        await libraries.refresh()
        gaps: list[float] = []
        beat = asyncio.create_task(_beat(gaps))
        players.stdin.write(b"\n")
        found = json.loads(await players.stdout.readline())
        beat.cancel()
        await bot.close()
        await asyncio.gather(connection, return_exceptions=True)
    await players.wait()
    return {**_summed(found, gaps), **await _counted(locate(config.database_address, config.database_file))}


def _summed(found: dict[str, Any], gaps: Sequence[tuple[float, float]]) -> dict[str, Any]:
    walls, busy = zip(*gaps, strict=True)
    return {**found, "gap_ms": max(walls) * 1000, "busy_ms": max(busy) * 1000}


async def _counted(url: sa.URL) -> dict[str, int]:
    """Return how many answers there are, of how many members in how many rounds, and how many are there twice."""
    once = sa.select(events.c.round_id, events.c.user_id).where(events.c.number == 0).distinct().subquery()
    wanted = {
        "presses": MEMBERS * ROUNDS,
        "counted": sa.select(sa.func.count()).where(events.c.number == 0),
        "different": sa.select(sa.func.count()).select_from(once),
    }
    async with Database(url) as db, db.reading() as conn:
        return {name: one if isinstance(one, int) else await conn.scalar(one) or 0 for name, one in wanted.items()}


async def _beat(gaps: list[tuple[float, float]]) -> None:
    """Note what passes between two turns of the loop: on the wall, and of this thread's own work."""
    before, worked = time.perf_counter(), time.thread_time()
    while True:
        await asyncio.sleep(BEAT_S)
        now, done = time.perf_counter(), time.thread_time()
        gaps.append((now - before - BEAT_S, done - worked))
        before, worked = now, done


if __name__ == "__main__":
    main()
