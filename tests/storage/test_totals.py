"""The sums that the database keeps are those of the events, whatever happens."""

import random
from datetime import timedelta

import pytest
import sqlalchemy as sa

from storage import totals, userdata
from storage.tables import events
from storage.tables import totals as kept
from tests.storage.answering import ANN, BO, GUILD, NOON, answer, answers, correct


async def sums(db):
    """Return what is kept of each member, after what the events say of them."""
    columns = ("guild_id", "user_id", "answered", "right", "points")
    keys = (events.c.guild_id, events.c.user_id)
    summed = sa.select(*keys, *totals.SUMS).where(totals.COUNTS).group_by(*keys)
    async with db.reading() as conn:
        truth = {tuple(map(int, row)) for row in await conn.execute(summed)}
        return {tuple(row) for row in await conn.execute(sa.select(*(kept.c[one] for one in columns)))}, truth


async def test_answer_is_added(db):
    await answers(db, ANN, [10, 0, 15])
    assert await sums(db) == ({(GUILD, ANN, 3, 2, 25)},) * 2


async def test_correction_is_added_as_a_difference(db):
    round_id = await answer(db, ANN, 0)
    await correct(db, ANN, round_id, 1, 15)
    assert await sums(db) == ({(GUILD, ANN, 1, 1, 15)},) * 2


async def test_groups_and_members_are_kept_apart(db):
    await answer(db, ANN, 10)
    await answer(db, ANN, 15, guild_id=6)
    await answer(db, BO, 20)
    assert await sums(db) == ({(GUILD, ANN, 1, 1, 10), (6, ANN, 1, 1, 15), (GUILD, BO, 1, 1, 20)},) * 2


async def test_what_is_answered_in_a_test_counts_nowhere(db):
    await answer(db, ANN, 0, source="test")
    assert await sums(db) == (set(), set())


async def test_answer_that_is_not_kept_is_not_counted(db):
    with pytest.raises(ZeroDivisionError):
        async with db.begin() as conn:
            row = {"round_id": 1, "number": 0, "day": NOON.date(), "topic": "", "source": "race", "at": NOON}
            marks = {"answered": 1, "right": 1, "points": 9, "rule": 1, "question_id": "a"}
            await conn.exec_driver_sql("INSERT INTO rounds (id, guild_id, channel_id, source, question_id, question) "
                                       "VALUES (1, 5, 2, 'race', 'a', '{}')")  # fmt: skip
            await conn.execute(sa.insert(events).values(guild_id=GUILD, user_id=ANN, **row, **marks))
            raise ZeroDivisionError
    assert await sums(db) == (set(), set())


async def test_sums_are_those_of_many_events(db):
    rng = random.Random(4)
    for _ in range(60):
        who, guild = rng.choice([ANN, BO]), rng.choice([GUILD, 6])
        source = rng.choice(["daily", "race", "test"])
        given = {"guild_id": guild, "source": source, "at": NOON + timedelta(hours=rng.randrange(99))}
        round_id = await answer(db, who, rng.choice([0, 10]), **given)
        if rng.random() < 0.3:
            await correct(db, who, round_id, rng.choice([-1, 1]), rng.choice([-10, 10]), **given)
    found, truth = await sums(db)
    assert found == truth
    assert len(truth) == 4


async def test_counting_anew_changes_nothing(db):
    await answers(db, ANN, [10, 0])
    async with db.begin() as conn:
        await conn.run_sync(totals.recount)
        await conn.run_sync(totals.recount)
    assert await sums(db) == ({(GUILD, ANN, 2, 1, 10)},) * 2


async def test_counting_anew_mends_what_is_wrong(db):
    await answer(db, ANN, 10)
    async with db.begin() as conn:
        await conn.execute(sa.update(kept).values(points=999))
        await conn.run_sync(totals.install)
    assert await sums(db) == ({(GUILD, ANN, 1, 1, 10)},) * 2


async def test_who_is_deleted_leaves_the_sums_of_the_group(db):
    await answers(db, ANN, [10, 15])
    async with db.begin() as conn:
        await userdata.delete(conn, ANN, pseudonym=-3, at=NOON)
    assert await sums(db) == ({(GUILD, -3, 2, 2, 25)},) * 2


async def test_group_that_is_purged_leaves_no_sums(db):
    await answers(db, ANN, [10, 15])
    await answer(db, ANN, 10, guild_id=6)
    async with db.begin() as conn:
        await userdata.purge_guild(conn, GUILD)
    assert await sums(db) == ({(6, ANN, 1, 1, 10)},) * 2
