"""Answers that come at the same time: kept together, counted apart."""

import asyncio
import random
from dataclasses import replace

import pytest

from bot.errors import RoundClosedError
from bot.services.groups import Who
from bot.services.points import DAILY_CAP
from bot.services.rounds import QUIZ, RACE, Rounds, new_round
from storage import cards, events
from storage import rounds as kept_rounds
from storage.errors import StorageError
from tests.bot.asking import CHOICE, TYPED
from tests.bot.services.conftest import ANN, GROUP

PEOPLE = [Who(number, GROUP, f"member {number}") for number in range(1, 201)]


@pytest.fixture
def begin(db, clock, rounds, groups):
    """Return a maker of open rounds that are at hand, as after the first press."""

    async def make(question=CHOICE, source=RACE, **given) -> int:
        made = new_round(question, guild_id=GROUP, channel_id=2, source=source, rng=random.Random(1))
        async with db.begin() as conn:
            round_id = await kept_rounds.add(conn, replace(made, opened_at=clock(), **given))
        await rounds.asked(round_id)
        await groups.group(GROUP)
        return round_id

    return make


async def answers(db, round_id) -> list:
    async with db.reading() as conn:
        return list(await events.of_round(conn, round_id))


async def test_everybody_of_many_at_once_is_counted_once(rounds, begin, db):
    round_id = await begin()
    pressed = [rounds.answer(round_id, who, (0,)) for who in PEOPLE for _ in range(3)]
    verdicts = await asyncio.gather(*pressed)
    assert sum(verdict.counted for verdict in verdicts) == len(PEOPLE)
    assert {event.user_id for event in await answers(db, round_id)} == {who.user_id for who in PEOPLE}
    assert len(await answers(db, round_id)) == len(PEOPLE)


async def test_two_devices_that_press_differently_give_the_first_answer(rounds, begin):
    round_id = await begin()
    first, second = await asyncio.gather(rounds.answer(round_id, ANN, (0,)), rounds.answer(round_id, ANN, (1,)))
    assert (first.counted, second.counted) == (True, False)
    assert second.given == (0,)


async def test_many_share_few_transactions(rounds, begin, db, monkeypatch):
    done, once = [], db.at_once
    monkeypatch.setattr(db, "at_once", lambda work: done.append(1) or once(work))
    round_id = await begin()
    await asyncio.gather(*(rounds.answer(round_id, who, (0,)) for who in PEOPLE))
    assert len(done) < 4


async def test_one_answer_that_no_database_takes_harms_no_other(rounds, begin, db, monkeypatch):
    added = events.add_answers

    def refuse(conn, new):
        if any(event.user_id == ANN.user_id for event in new):
            raise ValueError("no such text")
        return added(conn, new)

    monkeypatch.setattr(events, "add_answers", refuse)
    round_id = await begin()
    found = await asyncio.gather(*(rounds.answer(round_id, who, (0,)) for who in PEOPLE), return_exceptions=True)
    assert [type(one) for one in found if isinstance(one, Exception)] == [ValueError]
    assert len(await answers(db, round_id)) == len(PEOPLE) - 1


async def test_busy_database_is_waited_for_once_and_not_by_each_in_turn(rounds, begin, db, monkeypatch):
    tried = []

    async def busy(_work):
        tried.append(1)
        raise StorageError("The database is busy. Nothing was changed; try again in a moment.")

    round_id = await begin()
    monkeypatch.setattr(db, "at_once", busy)
    found = await asyncio.gather(*(rounds.answer(round_id, who, (0,)) for who in PEOPLE), return_exceptions=True)
    assert {type(one) for one in found} == {StorageError}
    assert len(tried) < 4


@pytest.mark.parametrize("typed", ["\ud800", "half\udfff", "a\0b", "\0"])
async def test_broken_characters_are_an_answer_like_any_other(typed, rounds, begin, db):
    round_id = await begin(TYPED)
    assert (await rounds.answer(round_id, ANN, typed)).counted
    [event] = await answers(db, round_id)
    assert "\0" not in event.given


async def test_answers_to_an_open_and_a_closed_round_part_ways(rounds, begin, db, clock):
    still_open, closed = await begin(), await begin()
    async with db.begin() as conn:
        await kept_rounds.close(conn, closed, clock())
    pressed = [rounds.answer(still_open if who.user_id % 2 else closed, who, (0,)) for who in PEOPLE]
    found = await asyncio.gather(*pressed, return_exceptions=True)
    assert sum(isinstance(one, RoundClosedError) for one in found) == len(PEOPLE) // 2
    assert len(await answers(db, still_open)) == len(PEOPLE) // 2


async def test_answer_at_the_deadline_is_too_late(rounds, begin, clock):
    round_id = await begin(closes_at=clock())
    with pytest.raises(RoundClosedError):
        await rounds.answer(round_id, ANN, (0,))


async def test_name_and_card_are_kept_with_a_wrong_answer(rounds, begin, db):
    round_id = await begin()
    await asyncio.gather(*(rounds.answer(round_id, who, (1,)) for who in PEOPLE))
    async with db.reading() as conn:
        assert len(await cards.of_user(conn, ANN.user_id, 10)) == 1


async def test_own_quizzes_earn_no_more_than_the_cap(rounds, begin, db, clock):
    for number in range(DAILY_CAP // 15 + 2):
        question = replace(CHOICE, id=f"{number:016x}")
        await rounds.answer(await begin(question, QUIZ, host_id=ANN.user_id), ANN, (0,))
    async with db.reading() as conn:
        found = await events.points_on(conn, guild_id=GROUP, user_id=ANN.user_id, day=clock().date(), source=QUIZ)
    assert found == DAILY_CAP


async def test_bot_that_stops_leaves_nobody_waiting(db, groups, clock, begin, monkeypatch):
    rounds, begun = Rounds(db, groups, clock=clock), asyncio.Event()

    async def stall(_work):
        begun.set()
        await asyncio.Event().wait()

    round_id = await begin()
    monkeypatch.setattr(db, "at_once", stall)
    waiting = asyncio.create_task(rounds.answer(round_id, ANN, (0,)))
    await begun.wait()
    next(task for task in asyncio.all_tasks() if "Intake._work" in repr(task)).cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
