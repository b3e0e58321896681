"""A clock that tests turn, and services over it."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.services.choosing import wish
from bot.services.groups import Groups, Who
from bot.services.libraries import Libraries
from bot.services.looks import Looks
from bot.services.questions import Questions
from bot.services.race_reports import RaceReports
from bot.services.race_steps import RaceSteps
from bot.services.races import Races
from bot.services.review import Review
from bot.services.rounds import Rounds
from knowledge.questions.bank import Bank
from knowledge.questions.model import dump
from storage import cards
from storage.tables import posts, streams
from tests.bot.asking import CHOICE, EVERY_KIND

GROUP = 77
ANN, BO = Who(1, GROUP, "ann"), Who(2, GROUP, "bo")


@dataclass
class Clock:
    """Says what time it is."""

    now: datetime = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **length: float) -> None:
        self.now += timedelta(**length)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def groups(db, clock) -> Groups:
    return Groups(db, clock=clock)


@pytest.fixture
def rounds(db, groups, clock) -> Rounds:
    return Rounds(db, groups, clock=clock)


@pytest.fixture
def bank() -> list:
    """Return the questions of the notes, which the test may change."""
    return list(EVERY_KIND[:1])


@pytest.fixture
def questions(db, bank) -> Questions:
    return Questions(db, lambda _: Bank(bank))


@pytest.fixture
def review(db, groups, rounds, questions, library, clock) -> Review:
    return Review(db, groups, rounds=rounds, questions=questions, libraries=Libraries(library), clock=clock)


@pytest.fixture
def add_card(db, clock):
    """Return a maker of cards, due at once."""

    async def add(question, who=ANN):
        new = cards.NewCard(who.user_id, who.guild_id, question.id, dump(question), clock())
        async with db.begin() as conn:
            await cards.add(conn, new)
            found = await cards.of_user(conn, who.user_id, 1)
        return found[0]

    return add


@pytest.fixture
def rng() -> random.Random:
    return random.Random(7)


async def pose(db, clock, reveal, **given):
    """Keep a daily post of the question whose answers are to be shown in an hour."""
    values = {
        "stream_id": 1,
        "guild_id": GROUP,
        "channel_id": 2,
        "state": "sent",
        "question_id": CHOICE.id,
        "nonce": "n",
    }
    later = {"day": clock().date(), "due_at": clock(), "reveal": reveal, "reveal_at": clock() + timedelta(hours=1)}
    stream = {"id": 1, "guild_id": GROUP, "name": "d", "channel_id": 2, "post_at": "08:00", "zone": "UTC", "topics": []}
    more = {"language": "en", "reveal": reveal, "seed": 1, "created_by": 9, "created_at": clock()}
    async with db.begin() as conn:
        await conn.execute(streams.insert(), {**stream, **more})
        await conn.execute(posts.insert(), {**values, **later, **given})


@pytest.fixture
def looks(clock) -> Looks:
    return Looks(clock)


@pytest.fixture
def races(db, groups, questions, looks, clock, rng) -> Races:
    return Races(db, groups, questions=questions, looks=looks, clock=clock, rng=rng)


@pytest.fixture
def steps(db, rounds, looks, library, clock) -> RaceSteps:
    reports = RaceReports(db, lambda _: library.index)
    return RaceSteps(db, taken=rounds, looks=looks, reports=reports, clock=clock)


async def start(races, count=3, who=ANN, *, channel_id=2):
    return await races.start(who, channel_id, wish("", count, chinese=False), seconds=30)


@pytest.fixture
def begun(races, steps):
    """Return what brings a race to its first question, shown as message 50."""

    async def begin(count=3):
        game_id = (await start(races, count)).game_id
        await steps.announced(await steps.reports.race(game_id), 40)
        await races.go_on(game_id, ANN, manages=False)
        await steps.open_next(await steps.reports.race(game_id))
        await steps.shown(await steps.reports.race(game_id), 50)
        return await steps.reports.race(game_id)

    return begin
