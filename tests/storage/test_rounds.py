"""Rounds: what is asked is kept as it was; a round opens once and closes once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from knowledge.questions.model import dump, restore
from storage import games, rounds
from storage.games import NewGame
from storage.rounds import NewRound
from storage.tables import accepted_forms
from tests.storage.answering import GUILD, NOON, QUESTION

NEW = NewRound(GUILD, 2, "race", QUESTION.id, dump(QUESTION), shuffle=(1, 0), host_id=7)


async def add(db, new=NEW):
    async with db.begin() as conn:
        return await rounds.add(conn, new)


async def get(db, round_id):
    async with db.reading() as conn:
        return await rounds.get(conn, round_id)


async def test_round_is_kept_as_it_was_asked(db):
    found = await get(db, await add(db))
    assert restore(found.question) == QUESTION
    assert (found.guild_id, found.source, found.shuffle, found.host_id) == (GUILD, "race", (1, 0), 7)
    assert (found.opened_at, found.closed_at, found.message_id) == (None, None, None)


async def test_round_without_choices_has_no_shuffle(db):
    assert (await get(db, await add(db, replace(NEW, shuffle=())))).shuffle == ()


@pytest.mark.parametrize("round_id", [0, 99, 10**18 - 1])
async def test_round_that_never_was_is_none(db, round_id):
    assert await get(db, round_id) is None


async def test_ids_are_never_used_again(db):
    first = await add(db)
    async with db.begin() as conn:
        await conn.execute(sa.delete(rounds.rounds))
    assert await add(db) > first


@pytest.mark.parametrize("closes_at", [None, NOON + timedelta(seconds=30)])
async def test_round_opens_once(db, closes_at):
    round_id = await add(db)

    async def begin(seconds):
        async with db.begin() as conn:
            return await rounds.begin(conn, round_id, at=NOON + timedelta(seconds=seconds), closes_at=closes_at)

    assert sorted(await asyncio.gather(*map(begin, range(8)))) == [False] * 7 + [True]
    found = await get(db, round_id)
    assert found.opened_at is not None
    assert found.closes_at == closes_at


async def test_round_closes_once(db):
    round_id = await add(db)

    async def close(seconds):
        async with db.begin() as conn:
            return await rounds.close(conn, round_id, NOON + timedelta(seconds=seconds))

    assert sorted(await asyncio.gather(*map(close, range(8)))) == [False] * 7 + [True]


async def test_message_of_a_round_is_remembered(db):
    round_id = await add(db)
    async with db.begin() as conn:
        await rounds.shown_at(conn, round_id, 55)
    assert (await get(db, round_id)).message_id == 55


async def test_rounds_of_a_game_come_in_their_order(db):
    async with db.begin() as conn:
        game_id = await games.add(conn, game())
        for number in (3, 1, 2):
            await rounds.add(conn, replace(NEW, game_id=game_id, number=number))
        await rounds.add(conn, NEW)
        assert [one.number for one in await rounds.of_game(conn, game_id)] == [1, 2, 3]


async def test_number_of_a_game_is_asked_once(db):
    async with db.begin() as conn:
        game_id = await games.add(conn, game())
        await rounds.add(conn, replace(NEW, game_id=game_id, number=1))
    with pytest.raises(sa.exc.IntegrityError):
        await add(db, replace(NEW, game_id=game_id, number=1))


async def test_rounds_of_no_game_may_all_have_one_number(db):
    assert await add(db) != await add(db)


async def test_forms_that_staff_accepted_are_the_group_s_own(db):
    async with db.begin() as conn:
        for guild_id, form in ((GUILD, "b"), (GUILD, "a"), (6, "c")):
            row = {"guild_id": guild_id, "question_id": "q", "form": form, "at": NOON - timedelta(hours=ord(form))}
            await conn.execute(sa.insert(accepted_forms).values(**row))
        assert await rounds.accepted_forms(conn, GUILD, "q") == ("b", "a")
        assert await rounds.accepted_forms(conn, GUILD, "other") == ()


def game():
    return NewGame(games.QUIZ, GUILD, 2, 7, language="en", topic="", difficulty=0, started_at=NOON)


async def test_round_is_cut_off_unless_it_has_closed(db):
    closed, open_one = await add(db), await add(db)
    async with db.begin() as conn:
        await rounds.close(conn, closed, NOON)
        assert [await rounds.cut_off(conn, one, NOON) for one in (closed, open_one, open_one)] == [False, True, False]
    assert not (await get(db, closed)).cut_off
    assert (await get(db, open_one)).cut_off
