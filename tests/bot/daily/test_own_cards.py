"""The card of an open answer: due at once if it was not known, after days if it was."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.services.desk import Grade
from knowledge.questions.model import dump
from storage.cards import NewCard, add
from storage.tables import cards
from tests.bot.conftest import words
from tests.bot.daily.desk import NEXT, OPEN, open_questions
from tests.bot.daily.test_open_answers import LONG, grade, write


@pytest.fixture
def bank() -> list:
    return open_questions()


async def due_in_days(desk):
    """Return in how many days the only card is due."""
    async with desk.db.reading() as conn:
        due_at = (await conn.execute(sa.select(cards.c.due_at))).scalar_one()
    return (due_at - desk.clock.now).days


async def test_answer_that_was_known_is_asked_again_only_after_days(desk, services, post):
    response = await write(desk, desk.chat.ann, LONG)
    assert "only in some days" in words(await grade(desk, desk.chat.ann, response, 0, 1))
    assert await due_in_days(desk) >= 1
    found = await services.review.next(desk.who(desk.chat.ann))
    assert (found.card, found.counts.all) == (None, 1)


async def test_answer_that_was_not_known_is_asked_again_at_once(desk, services, post):
    response = await write(desk, desk.chat.ann, LONG)
    assert "among your reviews now" in words(await grade(desk, desk.chat.ann, response))
    assert (await services.review.next(desk.who(desk.chat.ann))).card


async def test_card_of_what_was_known_is_planned_as_by_good(desk, services, post, db):
    response = await write(desk, desk.chat.ann, LONG)
    await grade(desk, desk.chat.ann, response, 0, 1)
    days = await due_in_days(desk)
    async with db.begin() as conn:
        await conn.execute(sa.update(cards).values(schedule="", due_at=desk.clock.now, version=5))
    shown = (await services.review.next(desk.who(desk.chat.ann))).card
    await services.review.grade(desk.who(desk.chat.ann), shown.card_id, shown.version, Grade.GOOD)
    assert await due_in_days(desk) == days


async def test_card_that_was_planned_can_be_graded_when_it_is_due(desk, services, post):
    await grade(desk, desk.chat.ann, await write(desk, desk.chat.ann, LONG), 0, 1)
    ann, before = desk.who(desk.chat.ann), await due_in_days(desk)
    desk.advance(days=before + 1)
    shown = (await services.review.next(ann)).card
    await services.review.grade(ann, shown.card_id, shown.version, Grade.GOOD)
    assert await due_in_days(desk) > before


async def test_grading_again_plans_the_card_anew(desk, post):
    response = await write(desk, desk.chat.ann, LONG)
    await grade(desk, desk.chat.ann, response)
    assert await due_in_days(desk) == 0
    await grade(desk, desk.chat.ann, response, 0, 1)
    assert await due_in_days(desk) >= 1
    await grade(desk, desk.chat.ann, response)
    assert await due_in_days(desk) == 0


async def test_card_that_was_repeated_keeps_its_plan(desk, services, post):
    response, ann = await write(desk, desk.chat.ann, LONG), desk.who(desk.chat.ann)
    await grade(desk, desk.chat.ann, response)
    shown = (await services.review.next(ann)).card
    await services.review.grade(ann, shown.card_id, shown.version, Grade.EASY)
    days = await due_in_days(desk)
    assert "among your reviews now" in words(await grade(desk, desk.chat.ann, response, 0, 1))
    assert await due_in_days(desk) == days


async def test_card_of_an_earlier_mistake_stays_due(desk, post, db):
    question = replace(OPEN, id=post.question_id)
    async with db.begin() as conn:
        await add(conn, NewCard(desk.chat.ann.user.id, desk.guild_id, question.id, dump(question), desk.clock.now))
    await grade(desk, desk.chat.ann, await write(desk, desk.chat.ann, LONG), 0, 1)
    assert await due_in_days(desk) == 0


async def test_test_makes_no_card_and_speaks_of_none(desk):
    stream = await desk.set_up(reveal=NEXT)
    await desk.daily.manual.test(desk.chief, stream.id)
    await desk.work()
    response = await write(desk, desk.chat.ann, LONG)
    assert "review" not in words(await grade(desk, desk.chat.ann, response))
