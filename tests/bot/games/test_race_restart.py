"""Races over restarts: rows say where they were, and the channel is told."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from storage import tables
from storage.games import Step
from tests.bot.conftest import words
from tests.bot.games.conftest import LOOK, answer
from tests.bot.games.test_race import END, LOBBY, PAUSE, TIME, kept
from tests.bot.games.test_race_failures import game

RESUMED = "I was restarted in the middle of this race. It goes on."


@pytest.fixture
def restart(chat, make_bot, db):
    """Return what restarts the bot after it was away for some time."""

    async def away(**length: float) -> None:
        gone = timedelta(**length) // timedelta(microseconds=1)
        async with db.begin() as conn:
            for table, names in ((tables.games, ("due_at",)), (tables.rounds, ("opened_at", "closes_at"))):
                earlier = {name: sa.type_coerce(table.c[name], sa.BigInteger) - gone for name in names}
                await conn.execute(sa.update(table).values(earlier))
        await chat.env.restart_bot(make_bot())
        await chat.env.settle()

    return away


async def set_back(db, **values):
    """Let the row of the first race say what it said before its last step, as after a crash."""
    async with db.begin() as conn:
        await conn.execute(sa.update(tables.games).where(tables.games.c.id == 1).values(**values))


def counted(track, sentence: str) -> int:
    return sum(sentence in one for one in track.told())


async def test_race_in_the_lobby_goes_on(track, restart):
    await track.start(topic="Nets", count=1)
    await restart()
    assert RESUMED in words(track.now())
    assert "Question 1 of 1" in words(await track.after(LOBBY))


async def test_race_in_the_middle_of_a_question_goes_on(track, chat, restart, db):
    message = await track.begin(topic="Nets", count=1)
    await answer(chat.ann, message)
    await restart()
    assert counted(track, RESUMED) == 1
    await answer(chat.bo, message)
    await answer(chat.ann, message, right=False)
    await track.after(TIME)
    assert counted(track, "2 have answered · 2 right") == 1
    assert [len(events) for events in (await kept(db)).values()] == [1, 1]


async def test_count_of_before_is_shown_after_a_restart(track, chat, restart):
    await answer(chat.ann, await track.begin(topic="Nets", count=1))
    await restart()
    await track.after(LOOK)
    assert "**1 has answered**" in track.told()[-2]


async def test_question_whose_time_ran_out_meanwhile_closes_and_the_next_comes(track, chat, restart, db):
    await answer(chat.ann, await track.begin(topic="Nets", count=2))
    await restart(minutes=2)
    assert "1 has answered · 1 right" in "".join(track.told())
    assert counted(track, RESUMED) == 1
    assert "Question 2 of 2" in words(await track.after(PAUSE + 1))


@pytest.mark.parametrize("step", ["lobby", "asking", "pause"])
async def test_race_left_for_too_long_ends_and_says_why(step, track, chat, restart, db):
    await track.start(topic="Nets", count=3)
    if step != "lobby":
        await track.click(chat.ann, "Begin now")
        await track.answered()
    if step == "pause":
        await track.click(chat.ann, "Skip")
    await restart(minutes=15)
    await track.after(END)
    assert "I was away for too long" in words(track.now())
    assert counted(track, RESUMED) == 0
    assert ((await game(db)).ending, (await game(db)).due_at) == ("restart", None)
    assert all(event.points for one in (await kept(db)).values() for event in one)


def nonces(track) -> list[str]:
    """Return the nonces of all posts; of equal ones Discord keeps the first message."""
    sent = (one.json for one in track.chat.env.http_requests if one.method == "POST" and "/channels/" in one.path)
    return [body["nonce"] for body in sent if body.get("enforce_nonce")]


async def test_question_that_was_posted_before_the_crash_is_posted_under_its_nonce(track, restart, db):
    await track.begin(topic="Nets", count=1)
    async with db.begin() as conn:
        await conn.execute(sa.update(tables.rounds).values(message_id=None))
    await set_back(db, step=Step.SHOW, due_at=track.chat.env.now())
    await restart()
    assert nonces(track).count("round1") == 2
    assert (await game(db)).step == Step.ASKING


async def test_question_that_was_not_posted_before_the_crash_is_posted(track, chat, restart, db):
    await track.start(topic="Nets", count=1)
    chat.env.inject_error("POST", "/channels/*/messages", status=503)
    await track.after(LOBBY)
    assert counted(track, "Question") == 0
    await restart(seconds=10)
    assert counted(track, "Question 1 of 1") == 1


async def test_round_that_was_closed_before_the_crash_is_revealed(track, chat, restart, db):
    await answer(chat.ann, await track.begin(topic="Nets", count=2))
    chat.env.inject_error("PATCH", "/channels/*/messages/*", status=503, times=2)
    await track.after(TIME)
    assert (await game(db)).step == Step.REVEAL
    await restart(seconds=30)
    assert counted(track, "1 has answered · 1 right") == 1


async def test_table_that_was_posted_before_the_crash_is_posted_under_its_nonce(track, restart, db):
    await track.begin(topic="Nets", count=1)
    await track.answered()
    await track.after(TIME + END)
    await set_back(db, step=Step.FINAL, due_at=track.chat.env.now())
    await restart()
    assert nonces(track).count("race1.end") == 2
    assert counted(track, RESUMED) == 0
    assert (await game(db)).due_at is None


async def test_restart_without_races_says_nothing(track, restart):
    await track.begin(topic="Nets", count=1)
    await track.after(TIME + END)
    before = track.told()
    await restart()
    assert track.told() == before
