"""Groups that the bot joins, leaves, and finds itself in after a time away."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from storage import guilds
from storage.tables import guilds as table
from tests.storage.filling import NOON

LATER = NOON + timedelta(days=1)


@pytest.fixture
async def conn(db):
    async with db.begin() as conn:
        yield conn


async def left(conn):
    return {row.guild_id: row.left_at for row in await conn.execute(sa.select(table))}


async def test_leaving_is_dated_once_and_a_return_takes_it_back(conn):
    await guilds.join(conn, 1, NOON)
    await guilds.leave(conn, 1, NOON)
    await guilds.leave(conn, 1, LATER)
    assert await left(conn) == {1: NOON}
    await guilds.join(conn, 1, LATER)
    assert await left(conn) == {1: None}


async def test_leaving_a_group_without_a_row_is_dated_too(conn):
    await guilds.leave(conn, 1, NOON)
    assert await left(conn) == {1: NOON}


async def test_joining_keeps_what_the_group_has_set(conn):
    await conn.execute(sa.insert(table).values(guild_id=1, zone="Asia/Shanghai"))
    await guilds.join(conn, 1, NOON)
    assert (await conn.execute(sa.select(table.c.zone))).scalar_one() == "Asia/Shanghai"


async def test_groups_are_compared_with_those_the_bot_is_in(conn):
    await guilds.leave(conn, 1, NOON)
    for known in (0, 2, 3):
        await guilds.join(conn, known, NOON)
    await guilds.reconcile(conn, {1, 2, 4}, LATER)
    # 1 is back, 2 stays, 3 is gone, 4 is new; 0 are direct messages.
    assert await left(conn) == {0: None, 1: None, 2: None, 3: LATER, 4: None}
    await guilds.reconcile(conn, {1, 2, 4}, LATER + timedelta(days=1))
    assert (await left(conn))[3] == LATER


async def test_only_those_who_left_long_enough_ago_are_due(conn):
    await guilds.leave(conn, 1, NOON)
    await guilds.leave(conn, 2, LATER)
    await guilds.join(conn, 3, NOON)
    assert await guilds.left_before(conn, NOON) == [1]
    assert await guilds.left_before(conn, LATER) == [1, 2]
    assert [await guilds.has_left(conn, one, NOON) for one in (1, 2, 3)] == [True, False, False]
