"""What a race asks is not told elsewhere while it can be answered."""

import random
from dataclasses import replace

import pytest

from bot.services.choosing import NoQuestions, wish
from bot.services.groups import Who
from bot.services.quizzes import Quizzes
from tests.bot.asking import CHOICE
from tests.bot.services.conftest import ANN, BO, GROUP

WISH = wish("", 9, chinese=False)


@pytest.fixture
def bank() -> list:
    return [replace(CHOICE, id=f"{number:016x}") for number in range(9)]


@pytest.fixture
def quizzes(db, questions, rounds, library, clock) -> Quizzes:
    rng = random.Random(7)
    return Quizzes(db, questions=questions, taken=rounds, index=lambda _: library.index, clock=clock, rng=rng)


async def wrong(rounds, race, who=ANN):
    asked = await rounds.asked(race.current.id)
    await rounds.answer(race.current.id, who, (1 - asked.question.right[0],))


async def test_card_of_a_race_waits_for_the_end_of_the_round(rounds, steps, begun, review):
    race = await begun()
    await wrong(rounds, race)
    assert (await review.next(ANN)).card is None
    await steps.close(race)
    assert (await review.next(ANN)).card.asked.question.id == race.current.question_id


async def test_card_of_before_waits_too(steps, begun, review, add_card, bank):
    cards = {question.id: await add_card(question) for question in bank}
    race = await begun()
    card = cards[race.current.question_id]
    assert (await review.next(ANN)).counts.all == len(bank) - 1
    assert (await review.reveal(ANN, card.id, 0)).card.card_id != card.id
    await steps.close(race)
    assert (await review.next(ANN)).counts.all == len(bank)


async def test_question_to_come_and_race_that_was_stopped_hide_nothing(races, steps, begun, review, add_card, bank):
    for question in bank:
        await add_card(question)
    race = await begun()
    await races.stop(race.game.id, ANN, manages=False)
    assert (await review.next(ANN)).counts.all == len(bank)


async def test_other_groups_cards_are_left_alone(begun, review, add_card, bank):
    elsewhere = Who(ANN.user_id, GROUP + 1, "ann")
    for question in bank:
        await add_card(question, elsewhere)
    await begun()
    assert (await review.next(elsewhere)).counts.all == len(bank)


async def test_deck_does_not_give_the_answer_away(begun, review, add_card, bank):
    for question in bank:
        await add_card(question)
    race = await begun()
    assert race.current.question_id not in {one.question.id for one in await review.deck(ANN)}


async def test_quiz_does_not_ask_what_a_race_asks(steps, begun, quizzes, bank):
    race = await begun()
    asked = await quizzes.start(BO, 9, WISH)
    assert not isinstance(asked, NoQuestions)
    assert asked.count == len(bank) - 1
    await steps.close(race)
    assert (await quizzes.start(BO, 9, WISH)).count == len(bank)
