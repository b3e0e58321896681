"""What channels are told about questions: each thing once, and not for ever."""

import asyncio
from datetime import timedelta

import pytest

from bot.services.announcing import Announcing
from bot.services.bell import Bell
from bot.services.questions import body_of
from storage import announcements, questions
from storage.questions import NewQuestion, State
from tests.bot.asking import OPEN
from tests.bot.services.conftest import ANN, GROUP


@pytest.fixture
def announcing(db, clock):
    return Announcing(db, bell=Bell(), clock=clock)


@pytest.fixture
def tell(db, clock):
    async def add(kind="approved", question_id=OPEN.id):
        async with db.begin() as conn:
            await announcements.add(conn, kind, guild_id=GROUP, channel_id=55, question_id=question_id, at=clock())

    return add


async def test_news_carry_the_question_and_its_author(announcing, tell, db, clock):
    async with db.begin() as conn:
        new = NewQuestion(OPEN.id, GROUP, body_of(OPEN), State.APPROVED, clock(), author_id=ANN.user_id)
        await questions.add(conn, new)
    await tell()
    (news,) = await announcing.due()
    assert (news.number, news.author_id, news.question.prompt) == (1, ANN.user_id, OPEN.prompt)


async def test_news_of_a_question_of_the_notes_carry_none(announcing, tell):
    await tell("report", "f" * 16)
    (news,) = await announcing.due()
    assert (news.number, news.author_id, news.question) == (0, None, None)


async def test_what_is_taken_is_not_taken_by_another(announcing, tell):
    await tell()
    taken = await asyncio.gather(*(announcing.due() for _ in range(4)))
    assert sorted(map(len, taken)) == [0, 0, 0, 1]


async def test_settled_news_are_gone(announcing, tell, clock):
    await tell()
    (news,) = await announcing.due()
    await announcing.settle(news)
    clock.turn(days=1)
    assert await announcing.due() == ()
    assert await announcing.seconds(60) == 60


async def test_what_failed_is_tried_again_some_times(announcing, tell, clock):
    await tell()
    tries = 0
    for _ in range(9):
        tries += len(await announcing.due())
        clock.turn(minutes=3)
    assert tries == 5
    assert await announcing.seconds(60) == 60


async def test_waiting_ends_when_the_next_is_due(announcing, tell, clock):
    await tell()
    assert await announcing.seconds(60) == 0
    await announcing.due()
    assert await announcing.seconds(600) == timedelta(minutes=2).total_seconds()
