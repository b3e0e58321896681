"""'I was right': who may say so, and what an acceptance does to the answers of everybody."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import NotAnsweredError, NotYoursError, RoundGoneError, SettledError
from bot.services import points, race_ends
from bot.services.appeals import Appeals
from bot.services.bell import Bell
from bot.services.entries import Editor
from bot.services.groups import Who
from bot.services.question_errors import NoAppealError
from bot.services.rounds import DAILY, QUIZ, RACE, TEST, new_round
from knowledge.questions.model import Difficulty
from storage import announcements, events, games, settings
from storage import appeals as stored
from storage import rounds as kept
from tests.bot.asking import CHOICE, TYPED
from tests.bot.services.conftest import ANN, BO, GROUP

CHIEF = Editor(Who(9, GROUP, "chief"), manages=True)
CY = Who(3, GROUP, "cy")
WORTH = points.WORTH[Difficulty.MEDIUM]


@pytest.fixture
def appeals(db, groups, rounds, clock):
    return Appeals(db, groups, taken=rounds, bell=Bell(), clock=clock)


@pytest.fixture
def ask(db, clock, rng):
    """Return a maker of open rounds of a typed question."""

    async def made(question=TYPED, source=DAILY, **given):
        new = new_round(question, guild_id=GROUP, channel_id=2, source=source, rng=rng)
        async with db.begin() as conn:
            return await kept.add(conn, replace(new, opened_at=clock(), **given))

    return made


class Race:
    """A race of which the first question is asked."""

    def __init__(self, db, ask, clock) -> None:
        self._db, self._ask, self._clock = db, ask, clock
        self._game_id = 0

    async def begin(self) -> int:
        """Begin it, and return its round."""
        now, asking = self._clock(), games.Step.ASKING
        new = games.NewGame(games.RACE, GROUP, 2, ANN.user_id, "en", "", 0, now, 20, asking, now)
        async with self._db.begin() as conn:
            self._game_id = await games.add(conn, new)
        closes_at = now + timedelta(seconds=20)
        return await self._ask(source=RACE, closes_at=closes_at, game_id=self._game_id, number=1)

    async def end(self, conn, ending: str) -> None:
        await race_ends.end(conn, await games.get(conn, self._game_id), ending, self._clock())


@pytest.fixture
def race(db, ask, clock) -> Race:
    return Race(db, ask, clock)


@pytest.fixture
def standing(db):
    async def of(round_id, who):
        async with db.reading() as conn:
            return await events.standing_of(conn, round_id, who.user_id)

    return of


async def appealed(appeals, rounds, round_id, who=ANN, given="the gate"):
    await rounds.answer(round_id, who, given)
    assert await appeals.appeal(who, round_id)
    return (await appeals.at(CHIEF, 0)).pending.appeal


async def test_appeal_shows_what_was_typed_and_the_question(appeals, rounds, ask):
    await appealed(appeals, rounds, await ask())
    found = await appeals.at(CHIEF, 5)
    assert (found.place, found.count) == (0, 1)
    assert (found.pending.appeal.given, found.pending.question.id) == ("the gate", TYPED.id)


async def test_appeal_is_made_once(appeals, rounds, ask):
    round_id = await ask()
    await appealed(appeals, rounds, round_id)
    assert not await appeals.appeal(ANN, round_id)
    assert (await appeals.at(CHIEF, 0)).count == 1


async def test_accepted_answer_counts_from_then_on(appeals, rounds, ask):
    appeal = await appealed(appeals, rounds, await ask())
    assert (await appeals.accept(CHIEF, appeal.id)).corrected == 1
    verdict = await rounds.answer(await ask(), BO, "The Gate!")
    assert (verdict.right, verdict.points) == (True, WORTH)


async def test_everybody_who_typed_it_is_corrected_and_nobody_else(appeals, rounds, ask, standing):
    first, second = await ask(), await ask()
    await rounds.answer(first, BO, "THE  GATE")
    await rounds.answer(first, CY, "the door")
    await rounds.answer(second, CY, "gate")
    appeal = await appealed(appeals, rounds, first)
    assert (await appeals.accept(CHIEF, appeal.id)).corrected == 3
    assert await standing(first, ANN) == await standing(first, BO) == await standing(second, CY) == (1, WORTH)
    assert await standing(first, CY) == (0, 0)


async def test_right_answer_is_not_paid_twice(appeals, rounds, ask, standing):
    round_id = await ask()
    await rounds.answer(round_id, BO, "the value")
    appeal = await appealed(appeals, rounds, round_id, given="a value of the gate")
    await appeals.accept(CHIEF, appeal.id)
    assert await standing(round_id, BO) == (1, WORTH)


async def test_appeal_is_decided_once(appeals, rounds, ask, standing):
    round_id = await ask()
    appeal = await appealed(appeals, rounds, round_id)
    made = await asyncio.gather(*(appeals.accept(CHIEF, appeal.id) for _ in range(6)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in made) == ["Decision"] + ["SettledError"] * 5
    assert await standing(round_id, ANN) == (1, WORTH)
    with pytest.raises(SettledError):
        await appeals.decline(CHIEF, appeal.id)


async def test_two_who_appealed_alike_are_corrected_once(appeals, rounds, ask, standing):
    round_id = await ask()
    first = await appealed(appeals, rounds, round_id)
    await rounds.answer(round_id, BO, "the gate")
    await appeals.appeal(BO, round_id)
    second = (await appeals.at(CHIEF, 1)).pending.appeal
    assert (await appeals.accept(CHIEF, first.id)).corrected == 2
    assert (await appeals.accept(CHIEF, second.id)).corrected == 0
    assert await standing(round_id, BO) == (1, WORTH)


async def test_many_are_corrected_in_portions_and_each_once(appeals, rounds, ask, standing, monkeypatch):
    monkeypatch.setattr("bot.services.appeals.PORTION", 2)
    round_id = await ask()
    for number in range(20, 25):
        await rounds.answer(round_id, Who(number, GROUP, "x"), "The gate")
    appeal = await appealed(appeals, rounds, round_id)
    assert (await appeals.accept(CHIEF, appeal.id)).corrected == 6
    for number in range(20, 25):
        assert await standing(round_id, Who(number, GROUP, "x")) == (1, WORTH)


async def test_all_that_was_typed_is_looked_through(appeals, rounds, ask, standing, monkeypatch):
    monkeypatch.setattr("bot.services.appeals._MARKED", 2)
    round_id = await ask()
    for number, given in enumerate(("a door", "GATE", "gate.", "zebra", "the gate!"), 20):
        await rounds.answer(round_id, Who(number, GROUP, "x"), given)
    appeal = await appealed(appeals, rounds, round_id)
    assert (await appeals.accept(CHIEF, appeal.id)).corrected == 4


async def test_answers_are_taken_while_others_are_marked_and_are_corrected_too(
    appeals, rounds, ask, standing, monkeypatch
):
    round_id = await ask()
    appeal = await appealed(appeals, rounds, round_id)
    texts_given = stored.texts_given

    async def meanwhile(*args, **given):
        found = await texts_given(*args, **given)
        await rounds.answer(round_id, BO, "Gate")
        return found

    monkeypatch.setattr(stored, "texts_given", meanwhile)
    assert (await appeals.accept(CHIEF, appeal.id)).corrected == 2
    assert await standing(round_id, BO) == (1, WORTH)


async def test_answer_by_places_of_choices_is_no_text(appeals, rounds, ask, standing):
    chosen = await ask(replace(CHOICE, id=TYPED.id))
    await rounds.answer(chosen, BO, (1,))
    appeal = await appealed(appeals, rounds, await ask(), given="1")
    assert (await appeals.accept(CHIEF, appeal.id)).corrected == 1
    assert await standing(chosen, BO) == (0, 0)


async def test_correction_is_dated_like_the_answer(appeals, rounds, ask, clock, db):
    round_id = await ask()
    appeal = await appealed(appeals, rounds, round_id)
    answered = clock()
    clock.turn(days=9)
    await appeals.accept(CHIEF, appeal.id)
    async with db.reading() as conn:
        answer, correction = await events.of_round(conn, round_id)
    assert (correction.at, correction.day) == (answered, answer.day)
    assert (correction.number, correction.answered, correction.right, correction.given) == (1, 0, 1, "")


async def test_race_pays_by_the_speed_of_then(appeals, rounds, ask, clock, standing):
    round_id = await ask(source=RACE, closes_at=clock() + timedelta(seconds=20))
    clock.turn(seconds=10)
    appeal = await appealed(appeals, rounds, round_id)
    clock.turn(days=1)
    await appeals.accept(CHIEF, appeal.id)
    assert await standing(round_id, ANN) == (1, round(WORTH * 0.75))


async def test_race_of_one_alone_earns_nothing_by_an_accepted_answer(appeals, rounds, race, standing, db):
    round_id = await race.begin()
    appeal = await appealed(appeals, rounds, round_id)
    async with db.begin() as conn:
        await race.end(conn, race_ends.UNANSWERED)
    await appeals.accept(CHIEF, appeal.id)
    assert await standing(round_id, ANN) == (1, 0)


async def test_race_that_counted_goes_on_counting_when_a_player_is_excluded_afterwards(
    appeals, rounds, race, clock, standing, db
):
    round_id = await race.begin()
    await rounds.answer(round_id, BO, "the value")
    appeal = await appealed(appeals, rounds, round_id)
    bo = {"guild_id": GROUP, "user_id": BO.user_id, "name": "bo"}
    async with db.begin() as conn:
        await race.end(conn, race_ends.UNANSWERED)
        await settings.exclude(conn, **bo, at=clock(), excluded=True)
    await appeals.accept(CHIEF, appeal.id)
    assert (await standing(round_id, ANN))[1] > 0


async def test_round_that_was_cut_off_earns_nothing_by_an_accepted_answer(appeals, rounds, race, standing, db):
    round_id = await race.begin()
    await rounds.answer(round_id, BO, "the value")
    appeal = await appealed(appeals, rounds, round_id)
    async with db.begin() as conn:
        await race.end(conn, race_ends.STOPPED)
    await appeals.accept(CHIEF, appeal.id)
    assert await standing(round_id, ANN) == (1, 0)
    assert await standing(round_id, BO) == (1, 0)


async def test_daily_cap_of_quizzes_holds_for_corrections(appeals, rounds, ask, standing):
    full = points.DAILY_CAP // WORTH + 1
    for _ in range(full):
        await rounds.answer(await ask(source=QUIZ), ANN, "the value")
    round_id = await ask(source=QUIZ)
    appeal = await appealed(appeals, rounds, round_id)
    await appeals.accept(CHIEF, appeal.id)
    assert await standing(round_id, ANN) == (1, 0)


async def test_author_earns_nothing_by_an_accepted_answer(appeals, rounds, ask, standing):
    round_id = await ask(replace(TYPED, author_id=ANN.user_id))
    appeal = await appealed(appeals, rounds, round_id)
    await appeals.accept(CHIEF, appeal.id)
    assert await standing(round_id, ANN) == (1, 0)


async def test_test_counts_nowhere(appeals, rounds, ask, standing):
    tried = await ask(source=TEST)
    await rounds.answer(tried, BO, "the gate")
    appeal = await appealed(appeals, rounds, await ask())
    assert (await appeals.accept(CHIEF, appeal.id)).corrected == 1
    assert await standing(tried, BO) == (0, 0)


async def test_declined_answer_stays_wrong(appeals, rounds, ask, standing):
    round_id = await ask()
    appeal = await appealed(appeals, rounds, round_id)
    decision = await appeals.decline(CHIEF, appeal.id)
    assert (decision.accepted, decision.corrected) == (False, 0)
    assert await standing(round_id, ANN) == (0, 0)
    assert (await appeals.at(CHIEF, 0)).pending is None


async def test_own_appeals_tell_what_became_of_them(appeals, rounds, ask):
    first = await appealed(appeals, rounds, await ask())
    await appealed(appeals, rounds, await ask(), given="a door")
    await appeals.accept(CHIEF, first.id)
    assert [one.accepted for one in await appeals.own(ANN)] == [None, True]
    assert await appeals.own(BO) == ()


async def test_other_group_s_appeal_is_not_there(appeals, rounds, ask):
    appeal = await appealed(appeals, rounds, await ask())
    stranger = Editor(Who(9, GROUP + 1, "chief"), manages=True)
    assert (await appeals.at(stranger, 0)).pending is None
    for act in (appeals.accept(stranger, appeal.id), appeals.decline(stranger, appeal.id)):
        with pytest.raises(SettledError):
            await act


async def test_only_a_wrong_typed_answer_can_be_appealed(appeals, rounds, ask):
    right, chosen = await ask(), await ask(CHOICE)
    await rounds.answer(right, ANN, "the value")
    await rounds.answer(chosen, ANN, (1,))
    for round_id in (right, chosen):
        with pytest.raises(NoAppealError):
            await appeals.appeal(ANN, round_id)


async def test_answer_that_says_nothing_cannot_be_appealed(appeals, rounds, ask):
    round_id = await ask()
    await rounds.answer(round_id, ANN, "   ")
    with pytest.raises(NoAppealError):
        await appeals.appeal(ANN, round_id)


async def test_who_has_not_answered_cannot_appeal(appeals, ask):
    with pytest.raises(NotAnsweredError):
        await appeals.appeal(ANN, await ask())


async def test_rounds_of_others_cannot_be_appealed(appeals, ask):
    theirs = await ask(source=QUIZ, host_id=BO.user_id)
    with pytest.raises(NotYoursError):
        await appeals.appeal(ANN, theirs)
    for who, round_id in ((replace(ANN, guild_id=GROUP + 1), theirs), (ANN, 999_999_999_999_999_999)):
        with pytest.raises(RoundGoneError):
            await appeals.appeal(who, round_id)


@pytest.mark.parametrize("given", ["x" * 500, "'; DROP TABLE events; --", "<@1> @everyone **b**", "门控" * 50])
async def test_hostile_answer_is_appealed_and_accepted_like_any(appeals, rounds, ask, standing, given):
    round_id = await ask()
    appeal = await appealed(appeals, rounds, round_id, given=given)
    await appeals.accept(CHIEF, appeal.id)
    assert await standing(round_id, ANN) == (1, WORTH)


async def test_log_channel_is_told_if_there_is_one(appeals, rounds, ask, db, groups, clock):
    await appealed(appeals, rounds, await ask())
    async with db.begin() as conn:
        assert await announcements.next_at(conn) is None
        await settings.set_group(conn, GROUP, log_channel_id=66)
    groups.changed(GROUP)
    await appealed(appeals, rounds, await ask())
    async with db.begin() as conn:
        (one,) = await announcements.take(conn, clock(), until=clock(), limit=9)
    assert (one.kind, one.channel_id) == ("appeal", 66)
