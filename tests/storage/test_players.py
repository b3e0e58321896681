"""Who plays a race, how they stand, whom a round waits for, and what they vote."""

from dataclasses import replace

import pytest

from knowledge.questions.model import dump
from storage import events, games, players, rounds, settings
from storage.rounds import NewRound
from tests.storage.answering import ANN, BO, CY, DEE, GUILD, NOON, QUESTION, name
from tests.storage.test_events import event
from tests.storage.test_games import new


@pytest.fixture
async def race(db) -> tuple[int, list[int]]:
    """A race with three open rounds."""
    async with db.begin() as conn:
        game_id = await games.add(conn, new())
        made = NewRound(GUILD, 2, "race", QUESTION.id, dump(QUESTION), opened_at=NOON, game_id=game_id)
        return game_id, [await rounds.add(conn, replace(made, number=number)) for number in (1, 2, 3)]


@pytest.fixture
def answer(db, race):
    """Return what answers rounds of the race, by their numbers."""

    async def do(user_id, *numbers, **given):
        async with db.begin() as conn:
            for number in numbers:
                assert await events.add_answer(conn, event(race[1][number - 1], user_id, **given))

    return do


async def read(db, function, *args, **given):
    async with db.begin() as conn:
        return await function(conn, *args, **given)


async def join(db, game_id, *user_ids):
    for user_id in user_ids:
        await read(db, players.join, game_id, guild_id=GUILD, user_id=user_id)


async def test_who_joins_twice_is_one(db, race):
    await join(db, race[0], ANN, ANN, BO)
    assert await read(db, players.joined, race[0]) == 2


async def test_first_rounds_wait_for_those_who_joined(db, race, answer):
    await join(db, race[0], ANN, BO)
    await answer(BO, 1)
    await answer(CY, 1)
    assert await read(db, players.missing, race[0], 1, since=-1) == (2, 1)


async def test_round_waits_for_those_who_answered_before(db, race, answer):
    await answer(ANN, 1, 2)
    await answer(BO, 1)
    assert await read(db, players.missing, race[0], 2, since=0) == (2, 1)


async def test_round_no_longer_waits_for_those_who_left(db, race, answer):
    await join(db, race[0], DEE)
    await answer(ANN, 1, 2, 3)
    await answer(BO, 2, 3)
    await answer(CY, 1)
    assert await read(db, players.missing, race[0], 3, since=1) == (3, 1)
    assert await read(db, players.missing, race[0], 3, since=2) == (2, 0)


async def test_answered_are_the_rounds_with_an_answer(db, race, answer):
    await answer(ANN, 1, 3)
    assert await read(db, players.answered_numbers, race[0]) == {1, 3}


async def test_vote_is_for_one_round_and_counts_once(db, race):
    for _ in range(2):
        await read(db, players.skip, race[0], guild_id=GUILD, user_id=ANN, number=1)
    assert await read(db, players.votes, race[0], 1) == 1
    await read(db, players.skip, race[0], guild_id=GUILD, user_id=ANN, number=2)
    assert (await read(db, players.votes, race[0], 1), await read(db, players.votes, race[0], 2)) == (0, 1)


async def test_vote_of_somebody_who_joined_leaves_them_in(db, race):
    await join(db, race[0], ANN)
    await read(db, players.skip, race[0], guild_id=GUILD, user_id=ANN, number=1)
    assert await read(db, players.joined, race[0]) == 1


async def test_standings_are_sums_with_names(db, race, answer):
    await name(db, ANN, BO)
    await answer(ANN, 1, 2, points=10)
    await answer(BO, 1, points=15)
    await answer(BO, 2, points=0, right=0)
    found = await read(db, players.standings, race[0])
    assert [(one.name, one.points, one.right, one.answered) for one in found] == [("ann", 20, 2, 2), ("bo", 15, 1, 2)]


async def test_equals_stand_by_what_they_got_right_then_by_name(db, race, answer):
    await name(db, ANN, BO, CY)
    await answer(CY, 1, points=10)
    await answer(BO, 1, points=10)
    await answer(ANN, 1, points=10, right=0)
    assert [one.name for one in await read(db, players.standings, race[0])] == ["bo", "cy", "ann"]


async def test_correction_changes_a_standing(db, race, answer):
    await answer(ANN, 1, points=10)
    await read(db, events.correct, event(race[1][0], ANN, points=-10, right=0))
    [found] = await read(db, players.standings, race[0])
    assert (found.points, found.right, found.answered) == (0, 1, 1)


async def test_who_is_unknown_or_hidden_is_told_as_that(db, race, answer):
    await read(db, settings.set_person, BO, hidden=True)
    await answer(ANN, 1)
    await answer(BO, 1)
    found = {one.user_id: one for one in await read(db, players.standings, race[0])}
    assert (found[ANN].name, found[ANN].hidden) == ("", False)
    assert found[BO].hidden


async def test_answers_of_other_games_do_not_count(db, race, answer):
    async with db.begin() as conn:
        other = await games.add(conn, new(channel_id=3))
    await answer(ANN, 1)
    assert await read(db, players.standings, other) == []


async def exclude(db, user_id, guild_id=GUILD):
    await read(db, settings.exclude, guild_id=guild_id, user_id=user_id, name="x", at=NOON, excluded=True)


async def test_excluded_are_not_counted(db, race, answer):
    await join(db, race[0], ANN, BO)
    await answer(ANN, 1)
    await answer(BO, 1)
    await exclude(db, BO)
    await exclude(db, ANN, GUILD + 1)
    assert await read(db, players.joined, race[0]) == 1
    assert await read(db, players.answered, race[1][0]) == 1
    assert await read(db, players.answered, race[1][1]) == 0


async def test_excluded_are_marked_in_the_standings(db, race, answer):
    await answer(ANN, 1)
    await answer(BO, 1)
    await exclude(db, BO)
    found = {one.user_id: (one.hidden, one.excluded) for one in await read(db, players.standings, race[0])}
    assert found == {ANN: (False, False), BO: (True, True)}


async def test_round_waits_for_the_excluded_too(db, race, answer):
    await answer(ANN, 1, 2)
    await answer(BO, 1)
    await exclude(db, BO)
    assert await read(db, players.missing, race[0], 2, since=0) == (2, 1)
