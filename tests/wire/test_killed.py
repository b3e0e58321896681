"""A bot that is killed at random moments loses no answer that it acknowledged, and posts no day twice or not at all."""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from storage.addresses import sqlite_url
from storage.database import Database
from storage.opening import open_database
from storage.tables import events, posts
from tests.wire import notes
from tests.wire.morning import STREAMS, Morning, places, round_of, set_up, write_questions
from tests.wire.mortal import Mortal, mortal
from tests.wire.standin import Standin

KILLS = int(os.environ.get("STUDYBOT_TEST_KILLS", "200"))
STEP_S = 10.0
"""By how much the clock of each life is ahead of that of the life before: leases and nonces run out meanwhile."""
LONGEST_LIFE_S = 0.7
UNBORN = 5
"""Every so many lives one is ended without waiting until it is connected."""


async def test_killed_bot_keeps_every_answer_and_posts_every_day_once(tmp_path: Path) -> None:
    notes.write(tmp_path / "notes")
    write_questions(tmp_path / "notes")
    async with open_database(sqlite_url(tmp_path / "data" / "studybot.db")) as db:
        await set_up(db, over=timedelta(seconds=KILLS * STEP_S))
    async with Standin() as standin, mortal(standin, tmp_path) as bot:
        morning = Morning(standin, bot, random.Random(4))
        watching = asyncio.create_task(morning.watch())
        await live_and_die(standin, bot, random.Random(5))
        assert morning.acknowledged  # answers came while it was being killed
        await live_to_the_end(tmp_path, standin, bot, morning)
        watching.cancel()
    await check(tmp_path, standin, morning)


async def live_and_die(standin: Standin, bot: Mortal, rng: random.Random) -> None:
    for number in range(KILLS):
        await (bot.start() if number % UNBORN else bot.conceive())
        await asyncio.sleep(rng.uniform(0, LONGEST_LIFE_S))
        await bot.kill()
        standin.ahead_s += STEP_S


async def live_to_the_end(folder: Path, standin: Standin, bot: Mortal, morning: Morning) -> None:
    for _ in range(20):
        await bot.start()
        if await is_the_end(folder, morning):
            return
        await bot.kill()
        standin.ahead_s += 120
    raise AssertionError("posts or answers are still missing")


async def is_the_end(folder: Path, morning: Morning) -> bool:
    """Return whether this life brings every day to be posted, answered and kept; only the database knows the last."""
    async with open_database(sqlite_url(folder / "data" / "studybot.db")) as db:
        for _ in range(80):
            if morning.done() and await every_message_kept(db):
                return True
            await asyncio.sleep(0.05)  # another process writes, and nothing rings when it has
    return False


async def every_message_kept(db: Database) -> bool:
    async with db.reading() as conn:
        return not (await conn.execute(sa.select(posts.c.id).where(posts.c.message_id.is_(None)))).all()


async def check(folder: Path, standin: Standin, morning: Morning) -> None:
    messages = [one for one in standin.rest.channels.posted if places(one)]
    async with open_database(sqlite_url(folder / "data" / "studybot.db")) as db, db.reading() as conn:
        kept = (await conn.execute(sa.select(posts.c.stream_id, posts.c.round_id, posts.c.message_id))).all()
        answers = (await conn.execute(sa.select(events.c.round_id, events.c.user_id).where(events.c.number == 0))).all()
    assert Counter(row.stream_id for row in kept) == dict.fromkeys(range(1, STREAMS + 1), 1)
    assert sorted(round_of(places(one)[0]) for one in messages) == sorted(row.round_id for row in kept)
    assert {row.message_id for row in kept} == {one.id for one in messages}
    assert Counter((row.round_id, row.user_id) for row in answers) == dict.fromkeys(morning.acknowledged, 1)
