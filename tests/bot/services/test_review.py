"""Which card comes next, what a grade does to it, and what undoes it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import NoCardsError, NotYoursError, RoundGoneError
from bot.services.desk import Grade, Happened
from bot.services.groups import Who
from bot.services.libraries import Libraries
from bot.services.library import Library
from bot.services.questions import Questions
from bot.services.review import DAILY, LEECH, Review
from bot.services.rounds import QUIZ, new_round
from knowledge.questions.model import Kind
from storage import cards, settings
from storage import rounds as kept_rounds
from storage.tables import posts
from tests.bot.asking import CHOICE, OPEN, ORDER, SEVERAL, TRUTH, open_round
from tests.bot.services.conftest import ANN, BO, GROUP, pose

DAY = timedelta(days=1)


def numbered(number, question=CHOICE):
    return replace(question, id=f"{number:016x}")


async def fill(add_card, count, who=ANN):
    return [await add_card(numbered(number), who) for number in range(1, count + 1)]


async def known(review, clock, card, grades=(Grade.EASY,)):
    """Grade a card each time it is due and return how it stands."""
    for grade in grades:
        shown = (await review.next(ANN)).card
        await review.grade(ANN, card.id, shown.version, grade)
        clock.turn(days=400)
    return await review.next(ANN)


async def test_card_without_a_schedule_is_due_at_once(review, add_card):
    card = await add_card(CHOICE)
    desk = await review.next(ANN)
    assert (desk.card.card_id, desk.card.version) == (card.id, 0)
    assert (desk.counts.due, desk.done, desk.revealed) == (1, 0, False)


async def test_nobody_sees_another_s_cards(review, add_card):
    card = await add_card(CHOICE)
    assert (await review.next(BO)).card is None
    assert (await review.reveal(BO, card.id, 0)).past.what is Happened.STALE
    assert (await review.grade(BO, card.id, 0, Grade.EASY)).past.what is Happened.STALE
    assert (await review.next(ANN)).card.version == 0


async def test_label_of_a_grade_is_what_it_does(review, add_card, clock):
    card = await add_card(CHOICE)
    shown = (await review.next(ANN)).card
    assert shown.intervals[0] == timedelta(minutes=10)
    assert shown.intervals[0] < shown.intervals[1] < DAY <= shown.intervals[2] < shown.intervals[3]
    past = (await review.grade(ANN, card.id, 0, Grade.AGAIN)).past
    assert past.due_at == clock() + timedelta(minutes=10)


async def test_card_that_was_not_known_comes_again_within_the_visit(review, add_card, clock):
    card = await add_card(CHOICE)
    assert (await review.grade(ANN, card.id, 0, Grade.AGAIN)).card is None
    clock.turn(minutes=10)
    assert (await review.next(ANN)).card.version == 1


async def test_known_card_comes_when_the_study_day_begins(review, add_card, clock, db):
    async with db.begin() as conn:
        await settings.set_person(conn, ANN.user_id, zone="Asia/Shanghai")
    card = await add_card(CHOICE)
    due = (await review.grade(ANN, card.id, 0, Grade.GOOD)).past.due_at
    assert (due.astimezone(UTC).hour, due.minute) == (20, 0)  # 04:00 in Shanghai
    assert clock() + DAY < due < clock() + 4 * DAY


async def test_zone_of_the_group_counts_for_who_has_none(review, add_card, db, groups):
    async with db.begin() as conn:
        await settings.set_group(conn, GROUP, zone="America/New_York")
    card = await add_card(CHOICE)
    alone = Who(ANN.user_id, 0, "ann")
    assert (await review.grade(alone, card.id, 0, Grade.GOOD)).past.due_at.astimezone(UTC).hour == 9


async def test_card_is_graded_once_by_two_windows(review, add_card):
    card = await add_card(CHOICE)
    made = await asyncio.gather(*(review.grade(ANN, card.id, 0, Grade.GOOD) for _ in range(8)))
    happened = sorted(desk.past.what for desk in made)
    assert happened == [Happened.GRADED] + [Happened.STALE] * 7


async def test_old_window_shows_the_next_card_and_does_nothing(review, add_card):
    first, second = await fill(add_card, 2)
    await review.grade(ANN, first.id, 0, Grade.EASY)
    desk = await review.reveal(ANN, first.id, 0)
    assert (desk.past.what, desk.card.card_id, desk.revealed) == (Happened.STALE, second.id, False)


async def test_undo_brings_the_card_back_as_it_was(review, add_card, db):
    card = await add_card(CHOICE)
    await review.grade(ANN, card.id, 0, Grade.EASY)
    desk = await review.undo(ANN, card.id, 0)
    assert (desk.past.what, desk.card.card_id, desk.card.version, desk.done) == (Happened.UNDONE, card.id, 2, 0)
    async with db.reading() as conn:
        now = await cards.get(conn, card.id, ANN.user_id)
    assert now == replace(card, version=2)


async def test_what_was_undone_can_be_graded_and_undone_again(review, add_card):
    card = await add_card(CHOICE)
    for version in (0, 2, 4):
        assert (await review.grade(ANN, card.id, version, Grade.HARD)).past.what is Happened.GRADED
        assert (await review.undo(ANN, card.id, version)).past.what is Happened.UNDONE


@pytest.mark.parametrize("version", [0, 7])
async def test_undo_of_what_moved_on_or_never_was_does_nothing(review, add_card, clock, version):
    card = await add_card(CHOICE)
    await review.grade(ANN, card.id, 0, Grade.AGAIN)
    clock.turn(minutes=10)
    await review.grade(ANN, card.id, 1, Grade.GOOD)
    assert (await review.undo(ANN, card.id, version)).past.what is Happened.STALE


async def test_nobody_undoes_another_s_grade(review, add_card):
    card = await add_card(CHOICE)
    await review.grade(ANN, card.id, 0, Grade.EASY)
    assert (await review.undo(BO, card.id, 0)).past.what is Happened.STALE


async def test_a_day_has_so_many_cards_and_no_more(review, add_card):
    made = await fill(add_card, DAILY + 3)
    for card in made[:DAILY]:
        desk = await review.grade(ANN, card.id, 0, Grade.EASY)
    assert (desk.card, desk.done, desk.counts.due) == (None, DAILY, 3)


async def test_card_that_was_not_known_comes_again_though_the_day_is_full(review, add_card, clock):
    made = await fill(add_card, DAILY + 3)
    for card in made[:DAILY]:
        await review.grade(ANN, card.id, 0, Grade.AGAIN if card is made[0] else Grade.EASY)
    clock.turn(minutes=10)
    assert (await review.next(ANN)).card.card_id == made[0].id


async def test_new_day_begins_at_four_in_the_morning(review, add_card, clock):
    clock.now = datetime(2026, 11, 24, 3, 50, tzinfo=UTC)
    made = await fill(add_card, DAILY + 1)
    for card in made[:DAILY]:
        await review.grade(ANN, card.id, 0, Grade.EASY)
    assert (await review.next(ANN)).card is None
    clock.turn(minutes=10)
    assert (await review.next(ANN)).card.card_id == made[-1].id


async def lapse(review, clock, card, times):
    """Let a card be known once and forgotten *times* times."""
    desk = await known(review, clock, card)
    for _ in range(times):
        desk = await review.grade(ANN, card.id, desk.card.version, Grade.AGAIN)
        if desk.past.what is Happened.LEECH:
            return desk
        clock.turn(minutes=10)
        desk = await review.next(ANN)
        await review.grade(ANN, card.id, desk.card.version, Grade.GOOD)
        clock.turn(days=400)
        desk = await review.next(ANN)
    return desk


async def test_leech_is_set_aside_and_told(review, add_card, clock):
    card = await add_card(CHOICE)
    assert (await lapse(review, clock, card, LEECH - 1)).card is not None
    desk = await review.grade(ANN, card.id, (await review.next(ANN)).card.version, Grade.AGAIN)
    assert (desk.past.what, desk.past.card_id, desk.counts.suspended) == (Happened.LEECH, card.id, 1)
    clock.turn(days=400)
    assert (await review.next(ANN)).card is None


async def test_leech_can_be_taken_back_and_counts_anew(review, add_card, clock, db):
    card = await add_card(CHOICE)
    await lapse(review, clock, card, LEECH)
    desk = await review.take_back(ANN, card.id)
    assert (desk.past.what, desk.past.cards, desk.counts.suspended) == (Happened.TAKEN_BACK, 1, 0)
    async with db.reading() as conn:
        assert (await cards.get(conn, card.id, ANN.user_id)).lapses == 0


async def test_undo_takes_a_leech_back_as_well(review, add_card, clock):
    card = await add_card(CHOICE)
    past = (await lapse(review, clock, card, LEECH)).past
    desk = await review.undo(ANN, card.id, past.version)
    assert (desk.past.what, desk.counts.suspended) == (Happened.UNDONE, 0)


async def test_forgetting_a_card_that_was_never_known_is_no_lapse(review, add_card, clock, db):
    card = await add_card(CHOICE)
    for version in range(LEECH + 2):
        await review.grade(ANN, card.id, version, Grade.AGAIN)
        clock.turn(minutes=10)
    async with db.reading() as conn:
        assert (await cards.get(conn, card.id, ANN.user_id)).lapses == 0


async def test_card_set_aside_rests_until_all_are_taken_back(review, add_card):
    first, second = await fill(add_card, 2)
    desk = await review.set_aside(ANN, first.id, 0)
    assert (desk.past.what, desk.card.card_id, desk.counts.suspended) == (Happened.ASIDE, second.id, 1)
    assert (await review.reveal(ANN, first.id, 1)).past.what is Happened.STALE
    assert (await review.grade(ANN, first.id, 1, Grade.EASY)).past.what is Happened.STALE
    assert (await review.take_back(ANN)).past.cards == 1


async def test_nobody_takes_another_s_card_back_or_sets_it_aside(review, add_card):
    card = await add_card(CHOICE)
    assert (await review.set_aside(BO, card.id, 0)).past.what is Happened.STALE
    await review.set_aside(ANN, card.id, 0)
    assert (await review.take_back(BO, card.id)).past.what is Happened.STALE
    assert (await review.take_back(BO)).past.what is Happened.STALE


@pytest.mark.parametrize("question", [CHOICE, TRUTH])
async def test_answer_suggests_a_grade_and_changes_nothing(review, add_card, question):
    card = await add_card(replace(question, id="b" * 16))
    asked = (await review.next(ANN)).card.asked
    right = asked.shuffle.index(question.right[0])
    desk = await review.reveal(ANN, card.id, 0, [right])
    assert (desk.guess.right, desk.guess.suggested, desk.revealed) == (True, Grade.GOOD, True)
    desk = await review.reveal(ANN, card.id, 0, [1 - right])
    assert (desk.guess.right, desk.guess.suggested, desk.card.version) == (False, Grade.AGAIN, 0)


async def test_all_right_choices_together_are_right(review, add_card):
    card = await add_card(SEVERAL)
    asked = (await review.next(ANN)).card.asked
    places = [asked.shuffle.index(one) for one in SEVERAL.right]
    assert (await review.reveal(ANN, card.id, 0, places)).guess.right
    assert not (await review.reveal(ANN, card.id, 0, [*places, 9])).guess.given[2:]


async def test_choices_stay_in_their_order_until_the_card_is_graded(review, add_card):
    question = replace(CHOICE, choices=tuple("abcdefgh"), id="c" * 16)
    card = await add_card(question)
    orders = {(await review.next(ANN)).card.asked.shuffle for _ in range(5)}
    assert len(orders) == 1
    await review.grade(ANN, card.id, 0, Grade.EASY)
    assert (await review.undo(ANN, card.id, 0)).card.asked.shuffle not in orders


async def test_order_is_never_shown_solved(review, add_card):
    for number in range(1, 8):
        await add_card(numbered(number, ORDER))
        shown = (await review.practise(ANN, number - 1)).card
        assert shown.asked.shuffle != tuple(range(len(ORDER.choices)))


async def test_question_reads_as_it_does_now(review, add_card, bank):
    await add_card(CHOICE)
    bank[:] = [replace(CHOICE, prompt="Which function gates?")]
    assert (await review.next(ANN)).card.asked.question.prompt == "Which function gates?"


@pytest.mark.parametrize("now", [[], [replace(CHOICE, kind=Kind.OPEN, choices=(), right=())]])
async def test_question_that_is_gone_or_another_now_reads_as_it_did(review, add_card, bank, now):
    await add_card(CHOICE)
    bank[:] = now
    assert (await review.next(ANN)).card.asked.question == CHOICE


async def test_cards_are_there_before_the_notes_are(db, groups, rounds, clock, add_card):
    early = Libraries(Library(cache=None, clock=clock))
    questions = Questions(db, lambda _: early.public.bank)
    review = Review(db, groups, rounds=rounds, questions=questions, libraries=early, clock=clock)
    await add_card(CHOICE)
    shown = (await review.next(ANN)).card
    assert (shown.asked.question, shown.section_id) == (CHOICE, None)


async def test_section_to_read_is_known(review, add_card, library):
    await add_card(replace(CHOICE, id="d" * 16, file="nets/Activation_en.md", heading="ReLU"))
    section = library.index.section((await review.next(ANN)).card.section_id)
    assert section.title == "ReLU"


async def test_practice_goes_through_all_cards_and_touches_none(review, add_card, db):
    made = await fill(add_card, 3)
    await review.set_aside(ANN, made[1].id, 0)
    async with db.reading() as conn:
        before = await cards.of_user(conn, ANN.user_id, 9)
    first = await review.practise(ANN)
    second = await review.practise(ANN, first.card.card_id)
    answer = await review.practise(ANN, second.card.card_id, revealed=True)
    end = await review.practise(ANN, second.card.card_id)
    assert [one.card and one.card.card_id for one in (first, second, answer, end)] == [
        made[0].id, made[2].id, made[2].id, None,
    ]  # fmt: skip
    assert answer.revealed
    async with db.reading() as conn:
        assert await cards.of_user(conn, ANN.user_id, 9) == before


async def test_practice_from_another_s_card_begins_with_one_s_own(review, add_card):
    theirs, own = await add_card(CHOICE, BO), await add_card(CHOICE)
    assert (await review.practise(ANN, theirs.id)).card.card_id == own.id
    assert (await review.practise(ANN, theirs.id, revealed=True)).card is None


async def test_question_of_a_round_is_kept_once(review, db):
    asked = await open_round(db, CHOICE, guild_id=GROUP)
    assert await review.keep(ANN, asked.round_id)
    assert not await review.keep(ANN, asked.round_id)
    assert (await review.next(ANN)).card.asked.question == CHOICE


async def test_question_of_another_group_s_round_is_not_kept(review, db):
    asked = await open_round(db, CHOICE, guild_id=GROUP + 1)
    for round_id in (asked.round_id, 999_999_999_999_999_999):
        with pytest.raises(RoundGoneError):
            await review.keep(ANN, round_id)


async def test_question_of_somebody_else_s_quiz_is_not_kept(review, db, rng):
    made = new_round(CHOICE, guild_id=GROUP, channel_id=2, source=QUIZ, rng=rng)
    async with db.begin() as conn:
        round_id = await kept_rounds.add(conn, replace(made, host_id=BO.user_id))
    with pytest.raises(NotYoursError):
        await review.keep(ANN, round_id)


async def test_wrong_answer_becomes_a_card(review, rounds, db):
    asked = await open_round(db, CHOICE, guild_id=GROUP)
    await rounds.answer((await open_round(db, CHOICE, guild_id=GROUP, source=QUIZ)).round_id, ANN, (1,))
    assert (await review.next(ANN)).card.asked.question.id == asked.question.id


async def test_deck_holds_every_card_with_its_section(review, add_card):
    await add_card(replace(CHOICE, id="d" * 16, file="nets/Activation_en.md", heading="ReLU"))
    await add_card(OPEN)
    found = await review.deck(ANN)
    assert [one.question.kind for one in found] == [Kind.OPEN, Kind.CHOICE]
    assert [one.section and one.section.title for one in found] == [None, "ReLU"]


async def test_deck_of_who_has_no_cards_is_refused(review):
    with pytest.raises(NoCardsError):
        await review.deck(ANN)


@pytest.mark.parametrize("reveal", ["hours:6", "next", "answers:5"])
async def test_card_waits_until_the_answers_of_a_daily_question_are_shown(review, add_card, db, clock, reveal):
    await add_card(CHOICE)
    await pose(db, clock, reveal)
    assert (await review.next(ANN)).card is None
    assert (await review.practise(ANN)).card is None
    with pytest.raises(NoCardsError):
        await review.deck(ANN)
    async with db.begin() as conn:
        await conn.execute(posts.update().values(state="revealed", reveal_at=None, revealed_at=clock()))
    assert (await review.next(ANN)).card is not None


@pytest.mark.parametrize(
    "given", [{"reveal": "now"}, {"guild_id": GROUP + 1}, {"question_id": "f" * 16}, {"day": None}]
)
async def test_card_does_not_wait_for_what_is_shown_at_once_or_elsewhere(review, add_card, db, clock, given):
    await add_card(CHOICE)
    await pose(db, clock, **{"reveal": "next", **given})
    assert (await review.next(ANN)).card is not None


@pytest.mark.parametrize("state", ["claimed", "uncertain"])
async def test_card_waits_while_nobody_knows_whether_the_daily_question_arrived(review, add_card, db, clock, state):
    card = await add_card(CHOICE)
    await pose(db, clock, "next", state=state, reveal_at=None)
    assert (await review.next(ANN)).card is None
    assert (await review.reveal(ANN, card.id, card.version)).card is None
    assert (await review.practise(ANN, card.id, revealed=True)).card is None
