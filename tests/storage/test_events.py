"""Answers: one each, in time, never changed; corrections are further rows with differences."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge.questions.model import dump
from storage import events, rounds
from storage.events import Event
from storage.rounds import NewRound
from tests.storage.answering import ANN, BO, GUILD, NOON, QUESTION

DAY = date(2026, 11, 25)
CLOSES = NOON + timedelta(seconds=30)


@pytest.fixture
async def round_id(db):
    """A round that is open for thirty seconds."""
    new = NewRound(GUILD, 2, "race", QUESTION.id, dump(QUESTION), opened_at=NOON, closes_at=CLOSES)
    async with db.begin() as conn:
        return await rounds.add(conn, new)


def event(round_id, user_id=ANN, **given):
    values = {"at": NOON, "day": DAY, "source": "race", "question_id": QUESTION.id, "topic": "Nets", "given": "0"}
    return Event(GUILD, user_id, round_id, **{**values, "right": 1, "points": 15, "rule": 1, "took_ms": 900, **given})


async def add(db, new):
    async with db.begin() as conn:
        return await events.add_answer(conn, new)


async def test_answer_is_kept_as_it_was_given(db, round_id):
    assert await add(db, event(round_id))
    async with db.reading() as conn:
        assert await events.answer_of(conn, round_id, ANN) == event(round_id)
        assert await events.answer_of(conn, round_id, BO) is None


async def test_of_many_answers_of_one_person_one_is_kept(db, round_id):
    answers = [event(round_id, given=str(number), points=number) for number in range(8)]
    done = await asyncio.gather(*(add(db, one) for one in answers))
    assert sorted(done) == [False] * 7 + [True]
    async with db.reading() as conn:
        kept = await events.answer_of(conn, round_id, ANN)
        assert await events.standing_of(conn, round_id, ANN) == (1, kept.points)
        assert await events.answers_to(conn, round_id) == 1


async def test_everybody_may_answer_once(db, round_id):
    assert all([await add(db, event(round_id, user_id)) for user_id in range(1, 20)])
    async with db.reading() as conn:
        assert await events.answers_to(conn, round_id) == 19


@pytest.mark.parametrize(("at", "kept"), [
    (NOON, True), (CLOSES - timedelta.resolution, True), (CLOSES, False), (CLOSES + timedelta(days=1), False),
])  # fmt: skip
async def test_deadline_decides_by_when_the_answer_came(db, round_id, at, kept):
    assert await add(db, event(round_id, at=at)) is kept


async def test_round_that_was_closed_takes_no_answer(db, round_id):
    async with db.begin() as conn:
        await rounds.close(conn, round_id, NOON)
    assert not await add(db, event(round_id))


async def test_round_that_is_not_open_takes_no_answer(db):
    async with db.begin() as conn:
        new = NewRound(GUILD, 2, "race", QUESTION.id, dump(QUESTION))
        round_id = await rounds.add(conn, new)
    assert not await add(db, event(round_id))


async def test_round_without_a_deadline_stays_open(db):
    async with db.begin() as conn:
        new = NewRound(GUILD, 2, "daily", QUESTION.id, dump(QUESTION), opened_at=NOON)
        round_id = await rounds.add(conn, new)
    assert await add(db, event(round_id, at=NOON + timedelta(days=400)))


async def test_answer_to_a_round_that_never_was_is_not_kept(db):
    assert not await add(db, event(99))


@pytest.mark.parametrize("given", ["x" * 200, "门控线性单元", "'); DROP TABLE events; --", "👩‍👩‍👧‍👦"])
async def test_any_text_is_kept_as_it_is(db, round_id, given):
    await add(db, event(round_id, given=given))
    async with db.reading() as conn:
        assert (await events.answer_of(conn, round_id, ANN)).given == given


async def test_correction_changes_the_standing_and_not_the_answer(db, round_id):
    await add(db, event(round_id, right=0, points=0))
    async with db.begin() as conn:
        assert await events.correct(conn, event(round_id, right=1, points=15))
        assert await events.standing_of(conn, round_id, ANN) == (1, 15)
        assert (await events.answer_of(conn, round_id, ANN)).right == 0
        assert await events.answers_to(conn, round_id) == 1


async def test_corrections_are_numbered_and_count_no_answer(db, round_id):
    await add(db, event(round_id))
    async with db.begin() as conn:
        for points in (5, -20):
            await events.correct(conn, event(round_id, right=0, points=points))
        found = await events.of_round(conn, round_id)
        assert [(one.number, one.answered, one.points) for one in found] == [(0, 1, 15), (1, 0, 5), (2, 0, -20)]
        assert await events.standing_of(conn, round_id, ANN) == (1, 0)


async def test_without_an_answer_there_is_nothing_to_correct(db, round_id):
    async with db.begin() as conn:
        assert not await events.correct(conn, event(round_id))
        assert await events.of_round(conn, round_id) == []
        assert await events.standing_of(conn, round_id, ANN) == (0, 0)


async def test_correction_of_one_leaves_others_alone(db, round_id):
    await add(db, event(round_id, ANN))
    await add(db, event(round_id, BO))
    async with db.begin() as conn:
        await events.correct(conn, event(round_id, ANN, right=-1, points=-15))
        assert await events.standing_of(conn, round_id, BO) == (1, 15)


async def test_points_of_a_day_are_of_one_source_group_and_person(db, round_id):
    await add(db, event(round_id))
    key = {"guild_id": GUILD, "user_id": ANN, "day": DAY, "source": "race"}
    others = ({"guild_id": 6}, {"user_id": BO}, {"day": date(2026, 11, 26)}, {"source": "quiz"})
    async with db.reading() as conn:
        assert await events.points_on(conn, **key) == 15
        assert [await events.points_on(conn, **{**key, **one}) for one in others] == [0, 0, 0, 0]


async def test_points_of_a_day_hold_corrections(db, round_id):
    await add(db, event(round_id))
    async with db.begin() as conn:
        await events.correct(conn, event(round_id, right=0, points=-5))
        assert await events.points_on(conn, guild_id=GUILD, user_id=ANN, day=DAY, source="race") == 10


async def test_answer_that_is_rolled_back_can_be_given_again(db, round_id):
    with pytest.raises(ZeroDivisionError):
        async with db.begin() as conn:
            await events.add_answer(conn, event(round_id))
            raise ZeroDivisionError
    assert await add(db, replace(event(round_id), given="1"))
