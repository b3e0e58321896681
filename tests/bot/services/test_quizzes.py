"""Quizzes of one's own: kept in rows, safe to press twice, closed to others."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import NotesLoadingError, NotYoursError, RoundGoneError
from bot.services.choosing import NoQuestions, wish
from bot.services.quizzes import Quizzes, Sheet, Summary
from knowledge.questions.model import Difficulty, Origin
from storage import events, games
from storage import rounds as kept_rounds
from tests.bot.asking import CHOICE
from tests.bot.services.conftest import ANN, BO, GROUP, pose


@pytest.fixture
def bank() -> list:
    return [replace(CHOICE, id=f"{number:016x}", difficulty=Difficulty(number % 3 + 1)) for number in range(9)]


@pytest.fixture
def quizzes(db, questions, rounds, library, clock, rng) -> Quizzes:
    return Quizzes(db, questions=questions, taken=rounds, index=lambda _: library.index, clock=clock, rng=rng)


async def start(quizzes, count=3, who=ANN, **given) -> Sheet:
    found = await quizzes.start(who, 2, wish("", count, chinese=False, **given))
    assert isinstance(found, Sheet)
    return found


async def answer(rounds, sheet, *, right=True, who=ANN):
    return await rounds.answer(sheet.asked.round_id, who, (0,) if right else (1,))


async def test_all_questions_are_kept_at_the_start_and_one_is_open(quizzes, db):
    sheet = await start(quizzes)
    async with db.reading() as conn:
        kept = await kept_rounds.of_game(conn, sheet.asked.game_id)
    assert [(one.number, one.opened_at is not None, one.host_id) for one in kept] == [
        (1, True, ANN.user_id), (2, False, ANN.user_id), (3, False, ANN.user_id),
    ]  # fmt: skip
    assert len({one.question_id for one in kept}) == 3


async def test_quiz_asks_what_was_made_only_where_new_ones_are_too_few(quizzes, rounds, bank, db):
    bank[3:] = [replace(one, origin=Origin.GENERATED) for one in bank[3:]]
    written = {one.id for one in bank[:3]}
    for expected in (written, {one.id for one in bank[3:]}):
        sheet = await start(quizzes)
        async with db.reading() as conn:
            kept = await kept_rounds.of_game(conn, sheet.asked.game_id)
        assert {one.question_id for one in kept} <= expected
        for one in kept:
            await answer(rounds, await quizzes.at(one.game_id, ANN, one.number))


async def test_quiz_cannot_be_left_by_skipping_ahead(quizzes):
    sheet = await start(quizzes)
    found = await quizzes.at(sheet.asked.game_id, ANN, 3)
    assert found.asked.number == 1


async def test_answered_question_is_shown_again_as_answered(quizzes, rounds):
    sheet = await start(quizzes)
    await answer(rounds, sheet, right=False)
    found = await quizzes.at(sheet.asked.game_id, ANN, 1)
    assert (found.verdict.right, found.verdict.given) == (False, (1,))


async def test_next_pressed_twice_at_once_opens_one_question(quizzes, rounds, db):
    sheet = await start(quizzes)
    await answer(rounds, sheet)
    found = await asyncio.gather(*(quizzes.at(sheet.asked.game_id, ANN, 2) for _ in range(4)))
    assert {one.asked.number for one in found} == {2}
    async with db.reading() as conn:
        opened = [one.opened_at for one in await kept_rounds.of_game(conn, sheet.asked.game_id)]
    assert len([one for one in opened if one]) == 2


async def test_time_begins_when_a_question_is_shown(quizzes, rounds, clock, db):
    sheet = await start(quizzes, 2)
    await answer(rounds, sheet)
    clock.turn(minutes=5)
    following = await quizzes.at(sheet.asked.game_id, ANN, 2)
    clock.turn(seconds=3)
    await answer(rounds, following)
    async with db.reading() as conn:
        assert (await events.answer_of(conn, following.asked.round_id, ANN.user_id)).took_ms == 3_000


async def test_end_tells_how_each_went_and_ends_the_game(quizzes, rounds, db):
    sheet = await start(quizzes, 2)
    await answer(rounds, sheet)
    await answer(rounds, await quizzes.at(sheet.asked.game_id, ANN, 2), right=False)
    for _ in range(2):
        found = await quizzes.at(sheet.asked.game_id, ANN, 3)
        assert isinstance(found, Summary)
        assert [verdict.right for verdict in found.verdicts] == [True, False]
    async with db.reading() as conn:
        assert (await games.get(conn, sheet.asked.game_id)).ending == "finished"


async def test_section_to_read_is_named_once(quizzes, rounds, bank):
    bank[:] = [replace(one, file="nets/Activation_en.md", heading="SwiGLU") for one in bank]
    sheet = await start(quizzes, 2)
    await answer(rounds, sheet, right=False)
    assert (await quizzes.after(await answer(rounds, sheet))).section_id is not None
    await answer(rounds, await quizzes.at(sheet.asked.game_id, ANN, 2), right=False)
    found = await quizzes.at(sheet.asked.game_id, ANN, 3)
    assert [read.title for read in found.to_read] == ["SwiGLU"]


async def test_notes_that_are_away_lead_nowhere(quizzes, rounds, library):
    sheet = await start(quizzes, 1)
    library.loaded = None
    assert (await quizzes.after(await answer(rounds, sheet))).section_id is None


@pytest.mark.parametrize(("who", "error"), [
    (BO, NotYoursError), (replace(ANN, guild_id=GROUP + 1), RoundGoneError), (replace(ANN, guild_id=0), RoundGoneError),
])  # fmt: skip
async def test_quiz_is_its_persons_alone_and_in_its_place(who, error, quizzes):
    sheet = await start(quizzes)
    for doing in (quizzes.at(sheet.asked.game_id, who, 1), quizzes.again(sheet.asked.game_id, who, 2)):
        with pytest.raises(error):
            await doing


async def test_quiz_that_never_was_is_gone(quizzes):
    with pytest.raises(RoundGoneError):
        await quizzes.at(999_999_999_999_999_999, ANN, 1)


async def test_once_more_is_of_the_same_kind(quizzes, db):
    sheet = await start(quizzes, 2, difficulty=3)
    again = await quizzes.again(sheet.asked.game_id, ANN, 2)
    assert again.count == 2
    assert again.asked.question.difficulty is Difficulty.HARD
    assert again.asked.game_id != sheet.asked.game_id


async def test_nothing_to_ask_tells_the_topics(quizzes):
    found = await quizzes.start(ANN, 2, wish("knitting", 3, chinese=False))
    assert isinstance(found, NoQuestions)
    assert [(topic.name, topic.questions) for topic in found.topics] == [("Nets", 9)]


async def test_topics_come_from_memory_until_the_questions_change(quizzes, questions, bank, monkeypatch):
    kept = await questions.bank(GROUP)
    monkeypatch.setattr(questions, "bank", lambda _: _given(kept))
    assert await quizzes.topics(GROUP, chinese=False) is await quizzes.topics(GROUP, chinese=False)
    monkeypatch.undo()
    bank.append(replace(CHOICE, id="e" * 16, topic="New"))
    assert "New" in [topic.name for topic in await quizzes.topics(GROUP, chinese=False)]


async def _given(bank):
    return bank


async def test_quiz_before_the_notes_are_read_says_so(quizzes, questions, monkeypatch):
    async def loading(_guild_id):
        raise NotesLoadingError

    monkeypatch.setattr(questions, "bank", loading)
    with pytest.raises(NotesLoadingError):
        await start(quizzes)


@pytest.mark.parametrize("who", [ANN, replace(ANN, guild_id=0)])
async def test_question_of_the_day_is_not_asked_before_its_answer_is_shown(quizzes, bank, groups, db, clock, who):
    bank[:] = [replace(CHOICE, id="1" * 16), replace(CHOICE, id="2" * 16)]
    await pose(db, clock, "next", question_id="1" * 16)
    async with db.begin() as conn:
        await groups.see(conn, ANN)
    sheet = await start(quizzes, 2, who=who)
    assert (sheet.asked.question.id, sheet.count) == ("2" * 16, 1)
    bank[:] = bank[:1]
    assert isinstance(await quizzes.start(who, 2, wish("", 2, chinese=False)), NoQuestions)
