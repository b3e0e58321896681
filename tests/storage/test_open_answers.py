"""Answers in people's own words, and votes for them."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from storage import open_answers, rounds, settings
from storage.rounds import NewRound
from storage.tables import members

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
async def round_id(db):
    async with db.begin() as conn:
        return await rounds.add(conn, NewRound(1, 2, "daily", "q", "{}"))


async def write(db, round_id, user_id=5, text="a gate selects"):
    async with db.begin() as conn:
        added = await open_answers.add(conn, guild_id=1, user_id=user_id, round_id=round_id, text=text, at=NOON)
        return added, await open_answers.of(conn, round_id, user_id)


async def test_everybody_has_one_answer(db, round_id):
    assert (await write(db, round_id))[0]
    added, kept = await write(db, round_id, text="another")
    assert not added
    assert (kept.text, kept.ticks) == ("a gate selects", None)


async def test_what_an_answer_said_before_is_kept_in_bounds(db, round_id):
    _, kept = await write(db, round_id, text="0")
    async with db.begin() as conn:
        for number in range(1, 25):
            await open_answers.revise(conn, kept.id, str(number), NOON + timedelta(minutes=number))
        row = (await conn.execute(sa.select(open_answers.open_answers))).one()
    assert row.text == "24"
    assert [one["text"] for one in row.earlier] == [str(number) for number in range(4, 24)]


async def test_ticks_come_back(db, round_id):
    _, kept = await write(db, round_id)
    async with db.begin() as conn:
        for ticks in ((), (0, 3, 9)):
            await open_answers.tick(conn, kept.id, ticks)
            assert (await open_answers.get(conn, kept.id)).ticks == ticks


async def test_texts_like_one_are_those_of_others_about_as_long(db, round_id):
    for user_id, text in ((1, "x" * 100), (2, "y" * 140), (3, "z" * 200), (4, "w" * 100)):
        await write(db, round_id, user_id, text)
    async with db.reading() as conn:
        found = await open_answers.texts_like(conn, round_id, 1, 100)
    assert sorted(found) == ["w" * 100, "y" * 140]


async def test_vote_counts_once_a_person(db, round_id):
    _, kept = await write(db, round_id)
    async with db.begin() as conn:
        votes = [await open_answers.vote(conn, kept.id, user_id=one, guild_id=1, at=NOON) for one in (7, 7, 8)]
        assert votes == [True, False, True]
        assert await open_answers.votes_for(conn, kept.id) == 2


async def test_answers_are_shown_by_votes_then_by_time_with_names_of_who_wants_them_shown(db, round_id):
    for user_id in (5, 6, 7):
        await write(db, round_id, user_id)
    async with db.begin() as conn:
        for user_id, name in ((5, "ann"), (6, "bo"), (7, "cy")):
            row = {"guild_id": 1, "user_id": user_id, "name": name, "seen_at": NOON}
            await conn.execute(sa.insert(members).values(row))
        await settings.set_person(conn, 5, hidden=True)
        last = await open_answers.of(conn, round_id, 7)
        await open_answers.vote(conn, last.id, user_id=5, guild_id=1, at=NOON)
        found = await open_answers.shown(conn, round_id, limit=9)
        assert [(one.name, one.votes) for one in found] == [("cy", 1), ("", 0), ("bo", 0)]
        assert [one.user_id for one in await open_answers.shown(conn, round_id, offset=1, limit=1)] == [5]
        assert await open_answers.count(conn, round_id) == 3
