"""Transactions: all or nothing, one writer at a time, and readers that never wait."""

import asyncio

import sqlalchemy as sa

from storage.database import insert_new
from storage.tables import users


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
