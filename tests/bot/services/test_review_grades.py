"""Grades in any order: nothing falls due in the past, undo is exact, versions only grow, leeches rest."""

import asyncio
import random
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services.desk import Grade, Happened
from bot.services.libraries import Libraries
from bot.services.review import LEECH, Review
from storage import cards
from tests.bot.asking import CHOICE, OPEN
from tests.bot.services.conftest import ANN

SEEDS = range(12)


async def kept(db, card):
    async with db.reading() as conn:
        return await cards.get(conn, card.id, ANN.user_id)


def chance(seed):
    """Return a grade and a wait, over and over, as that seed has them."""
    rng = random.Random(seed)
    while True:
        yield rng.choice(list(Grade)), timedelta(minutes=rng.choice([1, 11, 700, 5_000, 100_000]))


@pytest.mark.parametrize("seed", SEEDS)
async def test_card_is_never_due_before_now_nor_after_a_year(review, add_card, db, clock, seed):
    card = await add_card(CHOICE)
    for (grade, wait), _ in zip(chance(seed), range(25), strict=False):
        now = await kept(db, card)
        if now.suspended:
            break
        await review.grade(ANN, card.id, now.version, grade)
        due = (await kept(db, card)).due_at
        assert clock() <= due <= clock() + timedelta(days=366)
        clock.turn(seconds=wait.total_seconds())


@pytest.mark.parametrize("seed", SEEDS)
async def test_undo_after_any_grade_leaves_the_card_as_it_was(review, add_card, db, clock, seed):
    card = await add_card(CHOICE)
    for (grade, wait), _ in zip(chance(seed), range(12), strict=False):
        before = await kept(db, card)
        await review.grade(ANN, card.id, before.version, grade)
        await review.undo(ANN, card.id, before.version)
        after = await kept(db, card)
        assert replace(after, version=before.version) == before
        assert after.version == before.version + 2
        await review.grade(ANN, card.id, after.version, grade)
        clock.turn(seconds=wait.total_seconds())


@pytest.mark.parametrize("seed", SEEDS)
async def test_two_windows_in_any_order_count_each_grade_once(review, add_card, db, clock, seed):
    card = await add_card(CHOICE)
    rng, windows, counted = random.Random(seed), [0, 0], 0
    for (grade, wait), _ in zip(chance(seed), range(20), strict=False):
        window = rng.randrange(2)
        past = (await review.grade(ANN, card.id, windows[window], grade)).past
        counted += past.what in {Happened.GRADED, Happened.LEECH}
        windows[window] = (await kept(db, card)).version
        clock.turn(seconds=wait.total_seconds())
    assert (await kept(db, card)).version == counted


async def test_better_grades_never_come_sooner(review, add_card, clock):
    card = await add_card(CHOICE)
    for _ in range(6):
        shown = (await review.next(ANN)).card
        assert list(shown.intervals) == sorted(shown.intervals)
        await review.grade(ANN, card.id, shown.version, Grade.GOOD)
        clock.turn(days=400)


async def test_known_card_comes_later_and_later(review, add_card, clock):
    card = await add_card(CHOICE)
    waits = []
    for _ in range(5):
        desk = await review.next(ANN)
        due = (await review.grade(ANN, card.id, desk.card.version, Grade.GOOD)).past.due_at
        waits.append(due - clock())
        clock.now = due
    assert waits == sorted(waits)
    assert waits[-1] > 10 * waits[0]


async def test_lapses_are_counted_to_the_limit_and_no_further(review, add_card, db, clock):
    card = await add_card(CHOICE)
    await review.grade(ANN, card.id, 0, Grade.EASY)
    lapses = []
    while not (now := await kept(db, card)).suspended:
        clock.turn(days=400)
        await review.grade(ANN, card.id, now.version, Grade.AGAIN)
        lapses.append((await kept(db, card)).lapses)
        clock.turn(minutes=11)
        if not (now := await kept(db, card)).suspended:
            await review.grade(ANN, card.id, now.version, Grade.GOOD)
    assert lapses == list(range(1, LEECH + 1))


@pytest.fixture
def other(db, groups, rounds, questions, library, clock):
    """Return the service as another process has it."""
    return Review(db, groups, rounds=rounds, questions=questions, libraries=Libraries(library), clock=clock)


async def test_schedule_outlives_a_process(review, other, add_card, db, clock):
    card = await add_card(CHOICE)
    await review.grade(ANN, card.id, 0, Grade.GOOD)
    first = (await kept(db, card)).schedule
    clock.turn(days=400)
    desk = await other.next(ANN)
    assert (desk.card.card_id, desk.card.version) == (card.id, 1)
    await other.grade(ANN, card.id, 1, Grade.GOOD)
    assert (await kept(db, card)).schedule != first


async def test_of_two_processes_one_grades_a_card(review, other, add_card):
    card = await add_card(CHOICE)
    desks = await asyncio.gather(*(one.grade(ANN, card.id, 0, Grade.GOOD) for one in (review, other)))
    assert sorted(desk.past.what for desk in desks) == [Happened.GRADED, Happened.STALE]


async def test_cards_of_one_day_come_in_the_order_in_which_they_fell_due(review, add_card, clock):
    made = []
    for number in range(4):
        made.append(await add_card(replace(OPEN, id=f"{number:016x}")))
        clock.turn(minutes=1)
    seen = []
    while (desk := await review.next(ANN)).card is not None:
        seen.append(desk.card.card_id)
        await review.grade(ANN, desk.card.card_id, desk.card.version, Grade.EASY)
    assert seen == [card.id for card in made]
