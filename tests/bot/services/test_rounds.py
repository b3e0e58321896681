"""Answers: the first of each person counts, in time, in their group, by the rules of where it was asked."""

import asyncio
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.errors import NotYoursError, RoundClosedError, RoundGoneError
from bot.services.groups import Who
from bot.services.points import DAILY_CAP
from bot.services.rounds import (
    DAILY,
    QUIZ,
    RACE,
    TEST,
    Answered,
    answer_event,
    asked_of,
    new_round,
    read_given,
    shuffled,
    written,
)
from knowledge.questions.model import FALSE, TRUE, Difficulty, Kind
from storage import events
from storage import rounds as kept
from storage.tables import accepted_forms, members
from storage.tables import cards as card_rows
from tests.bot.asking import CHOICE, EVERY_KIND, OPEN, ORDER, SEVERAL, TRUTH, TYPED
from tests.bot.services.conftest import ANN, BO, GROUP

RIGHT, WRONG = (0,), (1,)
LIMIT = timedelta(seconds=30)


@pytest.fixture
def opened(db, clock):
    """Return a maker of open rounds."""

    async def make(question=CHOICE, source=DAILY, **given):
        new = new_round(question, guild_id=GROUP, channel_id=2, source=source, rng=random.Random(1))
        async with db.begin() as conn:
            return await kept.add(conn, replace(new, **{"opened_at": clock(), **given}))

    return make


async def card_owners(db):
    async with db.reading() as conn:
        return (await conn.execute(sa.select(card_rows.c.user_id))).scalars().all()


async def test_right_answer_earns_its_points(rounds, opened):
    found = await rounds.answer(await opened(), ANN, RIGHT)
    assert (found.counted, found.right, found.points, found.given) == (True, True, 15, RIGHT)


async def test_wrong_answer_earns_nothing(rounds, opened):
    found = await rounds.answer(await opened(), ANN, WRONG)
    assert (found.counted, found.right, found.points) == (True, False, 0)


async def test_of_eight_answers_at_once_one_counts_and_all_are_told_of_it(rounds, opened, db):
    round_id = await opened()
    found = await asyncio.gather(*(rounds.answer(round_id, ANN, (number % 3,)) for number in range(8)))
    (counted,) = [one for one in found if one.counted]
    assert {(one.given, one.right, one.points) for one in found} == {(counted.given, counted.right, counted.points)}
    async with db.reading() as conn:
        assert await events.answers_to(conn, round_id) == 1


async def test_eight_people_at_once_are_all_counted(rounds, opened, db):
    round_id = await opened()
    people = [Who(number, GROUP, f"member {number}") for number in range(1, 9)]
    found = await asyncio.gather(*(rounds.answer(round_id, who, RIGHT) for who in people))
    assert [one.counted for one in found] == [True] * 8
    async with db.reading() as conn:
        assert await events.answers_to(conn, round_id) == 8
        assert len((await conn.execute(sa.select(members))).all()) == 8


async def test_second_answer_counts_nothing_and_shows_the_first(rounds, opened):
    round_id = await opened()
    await rounds.answer(round_id, ANN, WRONG)
    found = await rounds.answer(round_id, ANN, RIGHT)
    assert (found.counted, found.given, found.right, found.points) == (False, WRONG, False, 0)


async def test_second_answer_after_the_end_shows_the_first(rounds, opened, clock):
    round_id = await opened(source=RACE, closes_at=clock() + LIMIT)
    await rounds.answer(round_id, ANN, RIGHT)
    clock.turn(minutes=5)
    assert not (await rounds.answer(round_id, ANN, WRONG)).counted


async def test_answer_after_the_deadline_is_refused(rounds, opened, clock):
    round_id = await opened(source=RACE, closes_at=clock() + LIMIT)
    clock.now += LIMIT
    with pytest.raises(RoundClosedError):
        await rounds.answer(round_id, ANN, RIGHT)


async def test_deadline_is_judged_by_when_the_answer_reached_us(rounds, opened, clock):
    round_id = await opened(source=RACE, closes_at=clock() + LIMIT)
    in_time = clock() + LIMIT - timedelta(milliseconds=1)
    clock.turn(minutes=5)
    assert (await rounds.answer(round_id, ANN, RIGHT, at=in_time)).counted


async def test_answer_to_a_round_that_is_closed_is_refused(rounds, opened, db, clock):
    round_id = await opened()
    async with db.begin() as conn:
        await kept.close(conn, round_id, clock())
    with pytest.raises(RoundClosedError):
        await rounds.answer(round_id, ANN, RIGHT)


async def test_answer_to_a_round_that_waits_is_refused(rounds, opened):
    round_id = await opened(opened_at=None)
    with pytest.raises(RoundClosedError):
        await rounds.answer(round_id, ANN, RIGHT)


@pytest.mark.parametrize("round_id", [0, 999, 10**18 - 1])
async def test_round_that_never_was_is_gone(rounds, round_id):
    with pytest.raises(RoundGoneError):
        await rounds.answer(round_id, ANN, RIGHT)


@pytest.mark.parametrize("guild_id", [0, GROUP + 1])
async def test_round_of_another_group_is_gone(rounds, opened, guild_id, db):
    round_id = await opened()
    with pytest.raises(RoundGoneError):
        await rounds.answer(round_id, replace(ANN, guild_id=guild_id), RIGHT)
    async with db.reading() as conn:
        assert await events.answers_to(conn, round_id) == 0


async def test_quiz_of_somebody_else_is_not_theirs_to_answer(rounds, opened):
    round_id = await opened(source=QUIZ, host_id=ANN.user_id)
    with pytest.raises(NotYoursError):
        await rounds.answer(round_id, BO, RIGHT)
    assert (await rounds.answer(round_id, ANN, RIGHT)).counted


@pytest.mark.parametrize(("question", "given"), [
    (CHOICE, "text"), (CHOICE, ()), (CHOICE, (0, 1)), (TRUTH, "text"), (SEVERAL, ()), (ORDER, (0, 1)),
    (ORDER, (0, 0, 1)), (TYPED, (0,)), (OPEN, "text"), (OPEN, ()),
])  # fmt: skip
async def test_answer_of_another_kind_is_refused_and_not_kept(rounds, opened, db, question, given):
    round_id = await opened(question)
    with pytest.raises(RoundGoneError):
        await rounds.answer(round_id, ANN, given)
    async with db.reading() as conn:
        assert await events.answers_to(conn, round_id) == 0


@pytest.mark.parametrize("place", [-1, 3, 9, 10**9])
async def test_place_that_was_never_shown_is_no_choice(rounds, opened, place):
    asked = await rounds.asked(await opened())
    assert asked.picked([place]) == ()


async def test_places_are_those_of_the_message(rounds, opened):
    asked = await rounds.asked(await opened(shuffle=(2, 0, 1)))
    assert asked.picked([0, 1, 2]) == (2, 0, 1)
    assert (await rounds.answer(asked.round_id, ANN, asked.picked([1]))).right


@pytest.mark.parametrize(("question", "given", "right"), [
    (SEVERAL, (0, 2), True), (SEVERAL, (2, 0), True), (SEVERAL, (0,), False), (SEVERAL, (0, 1, 2), False),
    (TRUTH, (FALSE,), True), (TRUTH, (TRUE,), False), (ORDER, (0, 1, 2), True), (ORDER, (2, 1, 0), False),
    (TYPED, " The VALUE ", True), (TYPED, "the gate", False),
])  # fmt: skip
async def test_every_kind_is_marked(rounds, opened, question, given, right):
    assert (await rounds.answer(await opened(question), ANN, given)).right is right


async def test_part_of_the_right_choices_earns_a_part_where_that_is_declared(rounds, opened):
    found = await rounds.answer(await opened(replace(SEVERAL, partial=True)), ANN, (0,))
    assert (found.right, 0 < found.points < 15) == (False, True)


async def test_form_that_the_staff_accepted_is_right_in_their_group_alone(rounds, opened, db, clock):
    async with db.begin() as conn:
        row = {"guild_id": GROUP, "question_id": TYPED.id, "form": "the input", "at": clock()}
        await conn.execute(sa.insert(accepted_forms).values(row))
    assert (await rounds.answer(await opened(TYPED), ANN, "The Input")).right
    elsewhere = await opened(TYPED, guild_id=6)
    assert not (await rounds.answer(elsewhere, replace(ANN, guild_id=6), "The Input")).right


async def test_author_of_a_question_earns_nothing_by_it(rounds, opened):
    round_id = await opened(replace(CHOICE, author_id=ANN.user_id))
    assert (await rounds.answer(round_id, ANN, RIGHT)).points == 0
    assert (await rounds.answer(round_id, BO, RIGHT)).points == 15


@pytest.mark.parametrize(("seconds", "points"), [(0, 15), (15, 11), (29.9, 8)])
async def test_race_weighs_speed(rounds, opened, clock, seconds, points):
    round_id = await opened(source=RACE, closes_at=clock() + LIMIT)
    clock.turn(seconds=seconds)
    assert (await rounds.answer(round_id, ANN, RIGHT)).points == points


async def test_daily_question_does_not_weigh_speed(rounds, opened, clock):
    round_id = await opened(closes_at=clock() + timedelta(days=1))
    clock.turn(hours=20)
    assert (await rounds.answer(round_id, ANN, RIGHT)).points == 15


async def test_test_earns_nothing_and_makes_no_card(rounds, opened, db):
    assert (await rounds.answer(await opened(source=TEST), ANN, RIGHT)).points == 0
    assert not (await rounds.answer(await opened(source=TEST), ANN, WRONG)).right
    assert await card_owners(db) == []


async def test_quizzes_earn_only_so_much_a_day(rounds, opened, clock):
    hard = replace(CHOICE, difficulty=Difficulty.HARD)
    earned = [(await rounds.answer(await opened(hard, QUIZ), ANN, RIGHT)).points for _ in range(DAILY_CAP // 20 + 2)]
    assert (sum(earned), earned[-2:]) == (DAILY_CAP, [0, 0])
    assert (await rounds.answer(await opened(hard, QUIZ), BO, RIGHT)).points == 20
    assert (await rounds.answer(await opened(hard, DAILY), ANN, RIGHT)).points == 20
    clock.turn(days=1)
    assert (await rounds.answer(await opened(hard, QUIZ), ANN, RIGHT)).points == 20


async def test_cap_holds_for_answers_that_come_at_once(rounds, opened):
    hard = replace(CHOICE, difficulty=Difficulty.HARD)
    ids = [await opened(hard, QUIZ) for _ in range(DAILY_CAP // 20 + 3)]
    found = await asyncio.gather(*(rounds.answer(round_id, ANN, RIGHT) for round_id in ids))
    assert sum(one.points for one in found) == DAILY_CAP


async def test_wrong_answer_makes_one_card(rounds, opened, db):
    await rounds.answer(await opened(), ANN, WRONG)
    await rounds.answer(await opened(), ANN, WRONG)
    await rounds.answer(await opened(), BO, RIGHT)
    assert await card_owners(db) == [ANN.user_id]


async def test_answer_that_counts_tells_how_its_author_is_called(rounds, opened, db):
    await rounds.answer(await opened(), replace(ANN, name="Anna"), RIGHT)
    async with db.reading() as conn:
        assert (await conn.execute(sa.select(members.c.user_id, members.c.name))).one() == (ANN.user_id, "Anna")


async def test_day_of_an_answer_is_the_group_s(rounds, opened, groups, clock, db):
    await groups.move(ANN, "Pacific/Kiritimati")
    round_id = await opened()
    await rounds.answer(round_id, ANN, RIGHT)
    async with db.reading() as conn:
        assert (await events.answer_of(conn, round_id, ANN.user_id)).day.day == clock().day + 1


async def test_correction_changes_what_a_repeated_answer_is_told(rounds, opened, db, clock):
    round_id = await opened(TYPED)
    found = await rounds.answer(round_id, ANN, "the gate")
    change = answer_event(found.asked, ANN, Answered("", 1, 15, clock(), clock().date()))
    async with db.begin() as conn:
        await events.correct(conn, change)
    again = await rounds.answer(round_id, ANN, "other")
    assert (again.counted, again.given, again.right, again.points) == (False, "the gate", True, 15)


async def test_answer_takes_as_long_as_it_took(rounds, opened, clock, db):
    round_id = await opened()
    clock.turn(seconds=1.5)
    await rounds.answer(round_id, ANN, RIGHT)
    async with db.reading() as conn:
        assert (await events.answer_of(conn, round_id, ANN.user_id)).took_ms == 1_500


@pytest.mark.parametrize("question", EVERY_KIND)
async def test_question_comes_back_as_it_was_asked(rounds, opened, question):
    asked = await rounds.asked(await opened(question))
    assert asked.question == question


async def test_open_round_is_read_once(rounds, opened, db):
    round_id = await opened()
    first = await rounds.asked(round_id)
    assert await rounds.asked(round_id) is first
    rounds.forget(round_id)
    assert await rounds.asked(round_id) is not first


async def test_round_that_waits_is_read_again_until_it_opens(rounds, opened, db, clock):
    round_id = await opened(opened_at=None)
    assert (await rounds.asked(round_id)).opened_at is None
    async with db.begin() as conn:
        assert await rounds.open(conn, round_id, at=clock(), closes_at=None)
        assert not await rounds.open(conn, round_id, at=clock(), closes_at=None)
    assert (await rounds.asked(round_id)).opened_at == clock()


@pytest.mark.parametrize("seed", range(20))
def test_what_is_pinned_stays_last(seed):
    question = replace(CHOICE, choices=("a", "b", "c", "all of them"), pinned=(3,))
    order = shuffled(question, random.Random(seed))
    assert order[-1] == 3
    assert sorted(order) == [0, 1, 2, 3]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("size", [2, 3, 5])
def test_what_is_to_be_put_in_order_is_never_shown_in_it(seed, size):
    order = shuffled(replace(ORDER, choices=tuple("abcde"[:size])), random.Random(seed))
    assert list(order) != sorted(order)
    assert sorted(order) == list(range(size))


def test_true_stands_before_false():
    assert shuffled(TRUTH, random.Random(1)) == (TRUE, FALSE)


@pytest.mark.parametrize("question", [TYPED, OPEN])
def test_question_without_choices_has_nothing_to_shuffle(question):
    assert shuffled(question, random.Random(1)) == ()


def test_every_order_comes_up():
    rng = random.Random(1)
    counted = Counter(shuffled(CHOICE, rng) for _ in range(600))
    assert len(counted) == 6
    assert min(counted.values()) > 50


@pytest.mark.parametrize(("question", "given"), [
    (CHOICE, (2,)), (SEVERAL, (0, 2)), (SEVERAL, ()), (ORDER, (2, 0, 1)), (TYPED, "a,b"), (TYPED, "门控"), (TYPED, ""),
])  # fmt: skip
def test_answer_comes_back_as_it_was_kept(question, given):
    assert read_given(question, written(given)) == given


@pytest.mark.parametrize(("given", "kept"), [("x" * 500, "x" * 200), ("a\0b", "ab"), ("a\ud83d", "a?")])
def test_text_is_kept_as_far_as_databases_take_it(given, kept):
    assert written(given) == kept


async def test_stored_round_is_read_as_it_was_made(db, opened):
    round_id = await opened(source=QUIZ, host_id=9, number=0)
    async with db.reading() as conn:
        found = asked_of(await kept.get(conn, round_id))
    assert (found.guild_id, found.channel_id, found.source, found.host_id) == (GROUP, 2, QUIZ, 9)
    assert found.question.kind is Kind.CHOICE
