"""Four hundred days of daily questions: clock changes, restarts, two processes, and Discord failing in every way."""

import asyncio
import random
from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import aiosqlite
import pytest

from bot.hosts.daily import DailyHost
from bot.services.libraries import Libraries
from bot.services.services import Services, build
from storage import agenda
from storage.database import Database
from tests.bot.daily.desk import questions

DAYS = 400
ZONES = {"Europe/Berlin": time(2, 30), "America/New_York": time(20, 30), "Asia/Shanghai": time(9, 30)}
"""Mostly at the same instant; one at an hour that a clock change leaves out, and another repeats."""
LAST = timedelta(hours=3)
"""Later than its time by this much no question comes, however long Discord fails here."""


@pytest.fixture
def bank() -> list:
    return questions(DAYS + 20)


class _Bot:
    """A bot of another process: the same Discord, other services."""

    def __init__(self, bot, services: Services) -> None:
        self._bot = bot
        self.services = services

    def __getattr__(self, name):
        return getattr(self._bot, name)


class Weather:
    """What Discord does to the bot: mostly it is fair."""

    def __init__(self, desk, rng: random.Random) -> None:
        self._desk = desk
        self._rng = rng
        self._until = desk.clock.now

    def change(self) -> None:
        """End what has lasted long enough, and sometimes begin something else."""
        desk, rng = self._desk, self._rng
        if desk.clock.now < self._until:
            return
        self._until = desk.clock.now + timedelta(minutes=rng.choice([1, 5, 20]))
        desk.env.backend.faults.clear()
        desk.line.unreachable.clear()
        desk.line.lost, desk.line.away = 0, False
        self._begin(rng.randrange(20))

    def _begin(self, kind: int) -> None:
        desk, rng = self._desk, self._rng
        refuse = desk.env.inject_error
        match kind:
            case 0 | 1:
                desk.line.lost = rng.randint(1, 2)
            case 2 | 3:
                refuse("POST", "/channels/*/messages", status=rng.choice([500, 502, 503, 504, 429]), times=3)
            case 4:
                refuse("POST", "/channels/*/threads", status=500, times=3)
            case 5:
                refuse("GET", "/channels/*/messages", status=500, times=2)
                desk.line.lost = 1
            case 6:
                refuse("PATCH", "/channels/*/messages/*", status=503, times=2)
            case 7:
                desk.line.away = True
            case 8:
                desk.line.unreachable.add(desk.guild_id)


@pytest.fixture
def at_once(monkeypatch, sqlite_only) -> None:
    """Let SQLite work on the event loop's own thread and not wait for the disk: that would take most of the time."""

    async def execute(_connection, function, *arguments, **named):
        quick = (
            one.replace("synchronous=FULL", "synchronous=OFF") if isinstance(one, str) else one for one in arguments
        )
        return function(*quick, **named)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", execute)


@pytest.mark.usefixtures("at_once")
async def test_each_of_400_days_has_one_question_at_its_hour(desk, library, clock, migrated_url, studio):
    rng = random.Random(11)
    streams = {
        zone: await desk.set_up(zone=zone, post_at=post_at, name=zone, thread=zone == "Asia/Shanghai")
        for zone, post_at in ZONES.items()
    }
    weather = Weather(desk, rng)
    async with Database(migrated_url) as one, Database(migrated_url) as other:
        hosts: list[DailyHost] = []
        end = clock.now + timedelta(days=DAYS)
        while clock.now < end:
            if not hosts or rng.random() < 0.02:
                hosts = [await _process(desk, library, studio, db, rng) for db in (one, other)]
            await _until_something_is_due(desk, hosts, weather, rng)
    for zone, stream in streams.items():
        _check(await desk.posts(stream), desk, zone, ZONES[zone])


async def _process(desk, library, studio, db: Database, rng: random.Random) -> DailyHost:
    """Return the daily questions of a process that has just started."""
    services = await build(db, Libraries(library), studio=studio, clock=desk.clock, rng=random.Random(rng.random()))
    return DailyHost(_Bot(desk.env.bot, services), desk.line)


async def _until_something_is_due(desk, hosts, weather, rng) -> None:
    """Let one process, or both at the same time, do what is due; then move the clock to the next thing, or beyond."""
    async with asyncio.TaskGroup() as group:
        await asyncio.gather(*(host.tick(group) for host in rng.sample(hosts, rng.choice([1, 1, 2]))))
    async with desk.db.reading() as conn:
        due = await agenda.next_at(conn)
    step = max((due - desk.clock.now).total_seconds(), 1)
    desk.advance(seconds=step + rng.choice([0, 20, 40]))
    weather.change()


def _check(posts, desk, zone: str, post_at: time) -> None:
    there = ZoneInfo(zone)
    days = [post.day for post in posts]
    assert len(days) == DAYS
    assert days == [days[0] + timedelta(days=number) for number in range(DAYS)]
    assert {post.state for post in posts} <= {"sent", "revealed"}
    assert len({post.question_id for post in posts}) == DAYS
    sent = Counter(nonce for _, _, nonce in desk.line.sent)
    times = {nonce: at for at, _, nonce in desk.line.sent}
    for post in posts:
        assert sent[post.nonce] == 1
        at = times[post.nonce].astimezone(there)
        wall = datetime.combine(post.day, post_at, there)
        assert wall <= at <= wall + LAST
        assert at.date() == post.day
