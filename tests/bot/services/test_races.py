"""What members do with races, and the steps that races take by themselves."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import (
    NoRaceError,
    NotesLoadingError,
    NotHostError,
    NoVoteError,
    RaceMovedOnError,
    RaceOverError,
    RoundGoneError,
)
from bot.services import race_ends
from bot.services.choosing import NoQuestions, wish
from bot.services.groups import Who
from bot.services.race_reports import Step
from bot.services.race_steps import GRACE, LATE, LOBBY_LASTS, LONG_PAST, PAUSE_LASTS
from bot.services.races import HELD_FOR, Begun, Running
from storage import events, games, settings
from storage import rounds as kept_rounds
from tests.bot.asking import CHOICE
from tests.bot.services.conftest import ANN, BO, GROUP, pose, start

CY, STRANGER = Who(3, GROUP, "cy"), Who(1, GROUP + 1, "ann")


@pytest.fixture
def bank() -> list:
    return [replace(CHOICE, id=f"{number:016x}") for number in range(9)]


async def test_race_is_kept_whole_at_its_start(races, db, clock):
    found = await start(races)
    assert (type(found), found.count) == (Begun, 3)
    async with db.reading() as conn:
        game, kept = await games.get(conn, 1), await kept_rounds.of_game(conn, 1)
    assert (game.step, game.due_at, game.seconds) == (Step.ANNOUNCE, clock(), 30)
    assert [(one.number, one.opened_at, one.host_id) for one in kept] == [(n, None, None) for n in (1, 2, 3)]


@pytest.mark.parametrize(("seconds", "kept"), [(1, 10), (30, 30), (9_999, 120)])
async def test_time_is_held_within_bounds(seconds, kept, races, db):
    await races.start(ANN, 2, wish("", 1, chinese=False), seconds=seconds)
    async with db.reading() as conn:
        assert (await games.get(conn, 1)).seconds == kept


async def test_channel_with_a_race_leads_to_its_newest_message(races, begun):
    assert (await begun()).game.running
    assert await start(races, who=BO) == Running(1, GROUP, 2, 50)
    assert isinstance(await start(races, channel_id=3), Begun)


async def test_nothing_to_ask_begins_nothing(races, db):
    assert isinstance(await races.start(ANN, 2, wish("knitting", 3, chinese=False), seconds=30), NoQuestions)
    async with db.reading() as conn:
        assert await games.get(conn, 1) is None


async def test_race_before_the_notes_are_read_says_so(races, questions, monkeypatch):
    async def loading(_guild_id):
        raise NotesLoadingError

    monkeypatch.setattr(questions, "bank", loading)
    with pytest.raises(NotesLoadingError):
        await start(races)


async def test_only_host_and_managers_steer(races, begun):
    await begun()
    for doing in (races.go_on, races.hold, races.stop):
        with pytest.raises(NotHostError):
            await doing(1, BO, manages=False)
    await races.stop(1, BO, manages=True)


async def test_what_has_ended_cannot_be_steered(races, begun):
    race = await begun()
    await races.stop(1, ANN, manages=False)
    for doing in (races.stop(1, ANN, manages=True), races.go_on(1, ANN, manages=True), races.join(1, BO)):
        with pytest.raises(RaceOverError):
            await doing
    with pytest.raises(RaceOverError):
        await races.skip(race.current.id, ANN, manages=True)


async def test_race_is_stopped_by_its_channel_only_while_it_runs(races, begun):
    with pytest.raises(NoRaceError):
        await races.stop_in(2, ANN, manages=True)
    await begun()
    await races.stop_in(2, ANN, manages=False)
    with pytest.raises(NoRaceError):
        await races.stop_in(2, ANN, manages=True)


@pytest.mark.parametrize("game_id", [77, 999_999_999_999_999_999])
async def test_race_that_never_was_is_gone(game_id, races):
    for doing in (
        races.join(game_id, ANN),
        races.stop(game_id, ANN, manages=True),
        races.skip(game_id, ANN, manages=True),
    ):
        with pytest.raises(RoundGoneError):
            await doing


async def test_race_of_another_group_is_gone(races, begun):
    race = await begun()
    for doing in (races.join(1, STRANGER), races.skip(race.current.id, STRANGER, manages=True)):
        with pytest.raises(RoundGoneError):
            await doing


async def test_step_that_is_over_is_not_taken_again(races, begun):
    race = await begun()
    with pytest.raises(RaceMovedOnError):
        await races.go_on(1, ANN, manages=False)
    await races.skip(race.current.id, ANN, manages=False)
    with pytest.raises(RaceMovedOnError):
        await races.skip(race.rounds[1].id, ANN, manages=False)


@pytest.mark.parametrize("name", ["go_on", "hold", "stop"])
async def test_only_the_newest_message_steers(name, races, steps, begun):
    race = await begun()
    await steps.close(race)
    await steps.revealed(await steps.reports.race(1), None)
    with pytest.raises(RaceMovedOnError):
        await getattr(races, name)(1, ANN, manages=False, message_id=40)
    assert (await steps.reports.race(1)).game.step == Step.PAUSE
    await getattr(races, name)(1, ANN, manages=False, message_id=50)


async def test_message_that_is_not_known_yet_steers(races, steps, begun):
    await begun()
    await races.stop(1, ANN, manages=False, message_id=60)
    assert not (await steps.reports.race(1)).game.running


async def test_vote_needs_an_answer_and_a_majority(races, rounds, begun):
    race = await begun()
    with pytest.raises(NoVoteError):
        await races.skip(race.current.id, BO, manages=False)
    for who in (ANN, BO, CY):
        await rounds.answer(race.current.id, who, (0,))
    found = [await races.skip(race.current.id, who, manages=False) for who in (BO, BO, CY)]
    assert [(one.votes, one.needed, one.skipped) for one in found] == [(1, 2, False), (1, 2, False), (2, 2, True)]


async def test_race_waits_as_long_as_it_is_held(races, steps, begun, clock):
    race = await begun()
    await races.skip(race.current.id, ANN, manages=False)
    await steps.close(race)
    await steps.revealed(await steps.reports.race(1), None)
    assert (await steps.times())[1] == clock() + PAUSE_LASTS
    await races.hold(1, ANN, manages=False)
    assert (await steps.reports.race(1)).game.due_at == clock() + HELD_FOR


async def test_lobby_lasts_its_time(races, steps, clock):
    await start(races)
    await steps.announced(await steps.reports.race(1), 40)
    found = (await steps.reports.race(1)).game
    assert (found.step, found.due_at, found.message_id) == (Step.LOBBY, clock() + LOBBY_LASTS, 40)


async def test_round_closes_a_moment_after_its_deadline(steps, begun, clock):
    race = await begun()
    assert race.game.due_at == race.current.closes_at + GRACE
    assert race.current.closes_at == clock() + timedelta(seconds=30)


async def test_round_that_is_shown_late_begins_anew(races, rounds, steps, clock):
    await start(races)
    await steps.announced(await steps.reports.race(1), 40)
    await steps.open_next(await steps.reports.race(1))
    race = await steps.reports.race(1)
    await rounds.asked(race.current.id)
    clock.turn(seconds=LATE.total_seconds() + 1)
    assert await steps.shown(race, 50)
    assert (await rounds.asked(race.current.id)).opened_at == clock()


async def test_round_closes_once(steps, begun, db):
    race = await begun()
    await asyncio.gather(*(steps.close(race) for _ in range(3)))
    found = await steps.reports.race(1)
    assert (found.game.step, found.current.closed_at is not None) == (Step.REVEAL, True)


async def test_last_round_ends_the_race(steps, rounds, begun):
    race = await begun(1)
    for who in (ANN, BO):
        await rounds.answer(race.current.id, who, (0,))
    await steps.close(race)
    race = await steps.reports.race(1)
    assert await steps.ending(race) == race_ends.FINISHED
    await steps.revealed(race, race_ends.FINISHED)
    found = (await steps.reports.race(1)).game
    assert (found.ending, found.step) == ("finished", Step.FINAL)
    assert await steps.ending(await steps.reports.race(1)) is None


@pytest.mark.parametrize("ending", [race_ends.STOPPED, race_ends.FAILED])
async def test_points_of_one_alone_are_taken_back_at_any_end(ending, steps, rounds, begun, db):
    race = await begun()
    await rounds.answer(race.current.id, ANN, (0,))
    await steps.close(race)
    await steps.end(race, ending)
    async with db.reading() as conn:
        assert await events.standing_of(conn, race.current.id, ANN.user_id) == (1, 0)


async def test_what_was_accepted_for_one_alone_is_taken_back_too(steps, rounds, begun, db):
    race = await begun()
    await rounds.answer(race.current.id, ANN, (1,))
    async with db.begin() as conn:
        answer = await events.answer_of(conn, race.current.id, ANN.user_id)
        await events.correct(conn, replace(answer, right=1, points=15))
    await steps.end(race, race_ends.UNANSWERED)
    async with db.reading() as conn:
        assert await events.standing_of(conn, race.current.id, ANN.user_id) == (1, 0)


async def test_stop_takes_the_points_of_the_open_round_from_all(races, steps, rounds, begun, db):
    race = await begun()
    for who in (ANN, BO):
        await rounds.answer(race.current.id, who, (0,))
    await races.stop(1, ANN, manages=False)
    stopped = await steps.reports.race(1)
    found = await steps.reports.results(stopped)
    assert (found.table, found.took_part, found.played, found.cut_off) == ((), 2, 0, True)
    async with db.reading() as conn:
        for who in (ANN, BO):
            assert await events.standing_of(conn, race.current.id, who.user_id) == (1, 0)


@pytest.mark.parametrize("ending", [race_ends.FAILED, race_ends.RESTART])
async def test_other_ends_keep_the_points_of_the_open_round(ending, steps, rounds, begun):
    race = await begun()
    for who in (ANN, BO):
        await rounds.answer(race.current.id, who, (0,))
    await steps.end(race, ending)
    found = await steps.reports.results(await steps.reports.race(1))
    assert [one.points > 0 for one in found.table] == [True, True]
    assert (found.played, found.cut_off) == (1, False)


async def test_stop_in_a_round_shows_what_was_right_first(races, steps, begun):
    await begun()
    await races.stop(1, ANN, manages=False)
    race = await steps.reports.race(1)
    assert (race.game.step, race.current.closed_at is not None) == (Step.REVEAL, True)


async def test_race_that_was_left_a_moment_ago_goes_on(steps, begun, clock, looks):
    await begun()
    clock.turn(minutes=5)
    assert [race.game.id for race in await steps.resume()] == [1]
    assert looks.times().keys() == {1}


async def test_race_that_was_left_long_ago_ends(steps, rounds, begun, clock):
    race = await begun()
    await rounds.answer(race.current.id, ANN, (0,))
    clock.turn(seconds=31 + GRACE.total_seconds() + LONG_PAST.total_seconds())
    assert await steps.resume() == ()
    assert (await steps.reports.race(1)).game.ending == "restart"


async def test_what_cannot_be_told_any_more_is_left_alone(steps, begun):
    race = await begun()
    await steps.end(race, race_ends.FAILED, told=False)
    await steps.end(race, race_ends.FAILED, told=False)
    found = (await steps.reports.race(1)).game
    assert (found.ending, found.step, found.due_at) == ("failed", None, None)
    assert await steps.times() == {}


async def test_giving_up_leads_to_the_end_step_by_step(steps, begun):
    await begun()
    seen = []
    for _ in range(3):
        await steps.give_up(await steps.reports.race(1))
        seen.append((await steps.reports.race(1)).game.step)
    assert seen == [Step.REVEAL, Step.FINAL, None]


async def test_outcome_counts_what_was_picked_and_who_was_quickest(steps, rounds, begun, clock):
    race = await begun()
    for who, given in ((BO, 0), (ANN, 0), (CY, 2)):
        clock.turn(seconds=5)
        await rounds.answer(race.current.id, who, (given,))
    found = await steps.reports.outcome(race, race.current)
    assert (found.answered, found.right, dict(found.picked)) == (3, 2, {0: 2, 2: 1})
    assert [(one.name, one.took_ms) for one in found.quickest] == [("bo", 5_000), ("ann", 10_000)]
    assert [(one.rank, one.name) for one in found.leading] == [(1, "bo"), (2, "ann"), (3, "cy")]


async def exclude(db, who, at):
    async with db.begin() as conn:
        given = {"guild_id": GROUP, "user_id": who.user_id, "name": who.name}
        await settings.exclude(conn, **given, at=at, excluded=True)


async def test_reveal_counts_an_answer_that_was_accepted_as_the_table_does(steps, rounds, begun, db):
    race = await begun()
    for who, given in ((ANN, 0), (BO, 1)):
        await rounds.answer(race.current.id, who, (given,))
    async with db.begin() as conn:
        answer = await events.answer_of(conn, race.current.id, BO.user_id)
        await events.correct(conn, replace(answer, right=1, points=15))
    found = await steps.reports.outcome(race, race.current)
    assert (found.answered, found.right) == (2, 2)
    assert {one.name for one in found.quickest} == {"ann", "bo"}
    assert sum(one.right for one in found.leading) == found.right


async def test_who_is_excluded_competes_with_nobody(steps, rounds, begun, db, clock):
    race = await begun()
    for who in (ANN, BO):
        await rounds.answer(race.current.id, who, (0,))
    await exclude(db, BO, clock())
    found = await steps.reports.outcome(race, race.current)
    assert (found.answered, found.alone) == (1, True)
    await steps.end(race, race_ends.UNANSWERED)
    results = await steps.reports.results(await steps.reports.race(1))
    assert (results.took_part, results.void, [one.points for one in results.table]) == (1, True, [0])
    async with db.reading() as conn:
        for who in (ANN, BO):
            assert await events.standing_of(conn, race.current.id, who.user_id) == (1, 0)


async def test_second_player_makes_a_race(steps, rounds, begun):
    race = await begun()
    alone = []
    for who in (ANN, BO):
        await rounds.answer(race.current.id, who, (0,))
        alone.append((await steps.reports.outcome(race, race.current)).alone)
    assert alone == [True, False]


async def test_who_starts_a_race_has_joined_it(races, steps):
    await start(races)
    race = await steps.reports.race(1)
    assert (await steps.reports.crowd(race)).joined == 1
    await races.join(1, ANN)
    assert (await steps.reports.crowd(race)).joined == 1


async def test_first_round_ends_when_the_one_who_started_and_who_joined_have_answered(races, rounds, steps, begun):
    race = await begun()
    await races.join(1, BO)
    for who in (BO, ANN):
        assert not (await steps.reports.crowd(race)).complete
        await rounds.answer(race.current.id, who, (0,))
    assert (await steps.reports.crowd(race)).complete


async def test_race_does_not_ask_the_question_of_the_day_before_its_answer_is_shown(races, bank, db, clock):
    await pose(db, clock, "now", question_id=bank[0].id)
    begun = await start(races, 9)
    async with db.reading() as conn:
        asked = await kept_rounds.of_game(conn, begun.game_id)
    assert bank[0].id not in {one.question_id for one in asked}
    assert begun.count == 8
