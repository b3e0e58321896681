"""Transactions: all or nothing, one writer at a time, and readers that never wait."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from storage.database import insert_new, upsert
from storage.opening import open_database
from storage.tables import audit, guilds, users


async def test_of_many_that_insert_one_key_one_is_told_it_did(db):
    async def insert() -> bool:
        async with db.begin() as conn:
            return await insert_new(conn, users, {"user_id": 7})

    assert sorted(await asyncio.gather(*(insert() for _ in range(8)))) == [False] * 7 + [True]


async def test_read_and_write_in_one_transaction_lose_no_count(db):
    async with db.begin() as conn:
        await insert_new(conn, users, {"user_id": 7, "zone": "0"})

    async def count() -> None:
        async with db.begin() as conn:
            zone = await conn.scalar(sa.select(users.c.zone).with_for_update())
            await conn.execute(sa.update(users).values(zone=str(int(zone) + 1)))

    await asyncio.gather(*(count() for _ in range(20)))
    async with db.reading() as conn:
        assert await conn.scalar(sa.select(users.c.zone)) == "20"


async def test_reader_sees_one_state_while_others_write(db):
    async with db.reading() as reader:
        assert (await reader.execute(sa.select(users.c.user_id))).all() == []
        async with db.begin() as conn:
            await insert_new(conn, users, {"user_id": 7})
        assert (await reader.execute(sa.select(users.c.user_id))).all() == []


async def test_failing_body_keeps_nothing(db):
    with pytest.raises(LookupError):
        async with db.begin() as conn:
            await insert_new(conn, users, {"user_id": 7})
            raise LookupError
    async with db.reading() as conn:
        assert (await conn.execute(sa.select(users.c.user_id))).all() == []


async def test_upsert_changes_what_is_given_and_keeps_the_rest(db):
    async with db.begin() as conn:
        await upsert(conn, users, {"user_id": 7, "zone": "Asia/Shanghai"})
        await upsert(conn, users, {"user_id": 7, "hidden": True})
        (row,) = await conn.execute(sa.select(users))
    assert (row.zone, row.hidden) == ("Asia/Shanghai", True)


async def test_failed_statement_does_not_tell_what_was_in_it(db):
    with pytest.raises(sa.exc.IntegrityError) as caught:
        async with db.begin() as conn:
            await conn.execute(sa.insert(users), [{"user_id": 7, "zone": "my secret"}] * 2)
    assert "my secret" not in str(caught.value)


async def test_instants_come_back_in_utc_and_need_a_zone(db):
    at = datetime(2026, 11, 25, 20, tzinfo=timezone(timedelta(hours=8)))
    async with db.begin() as conn:
        await insert_new(conn, guilds, {"guild_id": 1, "joined_at": at})
        (found,) = (await conn.execute(sa.select(guilds.c.joined_at))).scalars()
        assert (found, found.tzinfo) == (at, UTC)
        with pytest.raises(sa.exc.StatementError, match="needs a zone"):
            await insert_new(conn, guilds, {"guild_id": 2, "joined_at": at.replace(tzinfo=None)})


async def test_key_of_a_row_that_is_gone_is_never_given_out_again(db):
    async with db.begin() as conn:
        keys = []
        for _ in range(2):
            row = {"guild_id": 1, "user_id": 1, "at": datetime.now(UTC), "action": "a"}
            keys.append((await conn.execute(sa.insert(audit).values(row))).inserted_primary_key[0])
            await conn.execute(sa.delete(audit))
    assert keys[0] < keys[1]


@pytest.mark.usefixtures("sqlite_only")
async def test_work_at_once_waits_for_its_turn_and_others_for_it(db):
    def add(connection: sa.Connection) -> int:
        connection.execute(sa.insert(audit).values(guild_id=1, user_id=1, at=datetime.now(UTC), action="x"))
        return connection.scalar(sa.select(sa.func.count()).select_from(audit))

    async def add_slowly() -> int:
        async with db.begin() as conn:
            return await conn.run_sync(add)

    counts = await asyncio.gather(*(db.at_once(add) if number % 2 else add_slowly() for number in range(12)))
    assert sorted(counts) == list(range(1, 13))


async def test_work_at_once_that_fails_keeps_nothing(db):
    def fail(connection: sa.Connection) -> None:
        connection.execute(sa.insert(users).values(user_id=7))
        raise LookupError

    with pytest.raises(LookupError):
        await db.at_once(fail)
    async with db.reading() as conn:
        assert (await conn.execute(sa.select(users.c.user_id))).all() == []


async def test_work_at_once_goes_on_after_the_database_was_closed_and_used_again(db):
    def count(connection: sa.Connection) -> int:
        return connection.scalar(sa.select(sa.func.count()).select_from(users))

    assert await db.at_once(count) == 0
    await db.close()
    assert await db.at_once(count) == 0


async def test_transaction_that_is_cancelled_keeps_nobody_waiting_whoever_still_holds_its_rows(
    sqlite_only, migrated_url
):
    held = []
    async with open_database(migrated_url, patience_s=0.2) as db:
        with pytest.raises(asyncio.CancelledError):
            async with db.begin() as conn:
                await insert_new(conn, users, {"user_id": 7})
                driver = (await conn.get_raw_connection()).driver_connection
                held.append(await driver.execute("SELECT 1 UNION SELECT 2"))
                await conn.invalidate()  # what a cancelled statement does
                raise asyncio.CancelledError
        async with db.begin() as conn:
            assert await insert_new(conn, users, {"user_id": 7})
