"""Games: one race a channel, steps that one of many takes, and an end that comes once."""

import asyncio
from datetime import timedelta

import pytest

from storage import games
from storage.games import NewGame, Step
from tests.storage.answering import ANN, GUILD, NOON, answer

CHANNEL = 2


def new(**given) -> NewGame:
    values = {
        "kind": games.RACE, "guild_id": GUILD, "channel_id": CHANNEL, "host_id": ANN, "language": "en", "topic": "Nets",
        "difficulty": 0, "started_at": NOON, "seconds": 30, "step": Step.ANNOUNCE, "due_at": NOON,
    }  # fmt: skip
    return NewGame(**{**values, **given})


@pytest.fixture
def add(db):
    """Return what adds a game."""

    async def do(**given) -> int | None:
        async with db.begin() as conn:
            return await games.add(conn, new(**given))

    return do


@pytest.fixture
def get(db):
    """Return what reads a game."""

    async def do(game_id: int):
        async with db.reading() as conn:
            return await games.get(conn, game_id)

    return do


@pytest.fixture
def go(db):
    """Return what takes a step of a game."""

    async def do(*args, **given) -> bool:
        async with db.begin() as conn:
            return await games.go(conn, *args, **{"due_at": NOON, **given})

    return do


async def test_game_is_kept_as_it_was_begun(add, get):
    found = await get(await add())
    assert (found.kind, found.topic, found.seconds, found.step, found.due_at) == ("race", "Nets", 30, "announce", NOON)
    assert found.running
    assert await get(77) is None


async def test_of_many_races_in_one_channel_one_begins(add):
    begun = await asyncio.gather(*(add() for _ in range(8)))
    assert len([one for one in begun if one is not None]) == 1


async def test_quizzes_and_other_channels_do_not_count(add):
    begun = [await add(), await add(kind=games.QUIZ), await add(kind=games.QUIZ), await add(channel_id=3)]
    assert None not in begun


async def test_ended_race_leaves_its_channel(add, db):
    first = await add()
    async with db.begin() as conn:
        assert await games.end(conn, first, "stopped", at=NOON)
    second = await add()
    async with db.reading() as conn:
        assert (await games.race_in(conn, CHANNEL)).id == second
        assert await games.race_in(conn, 99) is None


async def test_race_ends_once(add, db, get):
    game_id = await add()

    async def end(ending: str) -> bool:
        async with db.begin() as conn:
            return await games.end(conn, game_id, ending, at=NOON, step=Step.FINAL, due_at=NOON)

    assert sorted(await asyncio.gather(*(end(str(number)) for number in range(5)))) == [False] * 4 + [True]
    assert not (await get(game_id)).running


async def test_of_many_that_take_one_step_one_does(add, go, get):
    game_id = await add()
    taken = await asyncio.gather(*(go(game_id, (Step.ANNOUNCE,), to=Step.LOBBY) for _ in range(5)))
    assert sorted(taken) == [False] * 4 + [True]
    assert (await get(game_id)).step == Step.LOBBY


async def test_step_can_be_put_off(add, go, get):
    game_id, later = await add(), NOON + timedelta(minutes=1)
    assert await go(game_id, (Step.ANNOUNCE, Step.LOBBY), due_at=later)
    assert ((await get(game_id)).step, (await get(game_id)).due_at) == (Step.ANNOUNCE, later)
    assert not await go(game_id, (Step.PAUSE,), due_at=NOON)


async def test_due_are_races_with_something_to_do_the_next_first(add, db):
    late = await add(due_at=NOON + timedelta(hours=1))
    await add(kind=games.QUIZ, step=None, due_at=None)
    soon = await add(channel_id=3)
    async with db.begin() as conn:
        assert [game_id for game_id, _ in await games.due(conn)] == [soon, late]
        await games.rest(conn, soon)
        assert [game_id for game_id, _ in await games.due(conn)] == [late]


async def test_messages_of_a_race_are_remembered(add, db, get):
    game_id = await add()
    async with db.begin() as conn:
        await games.announced(conn, game_id, 123)
        await games.reposted(conn, game_id)
    assert ((await get(game_id)).message_id, (await get(game_id)).reposts) == (123, 1)


async def test_known_is_what_was_right_lately_corrections_counted(db):
    await answer(db, ANN, 10, question_id="1" * 16)
    await answer(db, ANN, 0, question_id="2" * 16)
    await answer(db, ANN, 10, question_id="3" * 16, at=NOON - timedelta(days=20))
    await answer(db, ANN + 1, 10, question_id="4" * 16)
    round_id = await answer(db, ANN, 10, question_id="5" * 16)
    await answer(db, ANN, -10, question_id="5" * 16, right=-1, answered=0)
    assert round_id
    async with db.reading() as conn:
        assert await games.right_since(conn, ANN, NOON - timedelta(days=14)) == {"1" * 16}
