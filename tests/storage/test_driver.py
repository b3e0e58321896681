"""Connections of tasks that are cancelled: threads end, files are closed, nobody waits for ever."""

import asyncio
import sqlite3
import threading

import pytest
import sqlalchemy as sa

from storage import driver
from storage.database import insert_new
from storage.opening import open_database
from storage.tables import users

PATIENCE_S = 10.0

pytestmark = pytest.mark.usefixtures("sqlite_only")


class Gate:
    """Holds up the thread that comes by, until it is opened."""

    def __init__(self) -> None:
        self._reached, self._open = threading.Event(), threading.Event()

    def pass_by(self) -> int:
        self._reached.set()
        return self._open.wait(PATIENCE_S)

    async def reached(self) -> None:
        assert await asyncio.to_thread(self._reached.wait, PATIENCE_S)

    def open(self) -> None:
        self._open.set()


async def held_up(db, gate):
    async with db.begin() as conn:
        raw = (await conn.get_raw_connection()).driver_connection
        await raw.create_function("gate", 0, gate.pass_by)
        await insert_new(conn, users, {"user_id": 7})
        await conn.execute(sa.text("SELECT gate()"))


async def cancel_others(known):
    """Cancel every task that is not *known*, once they have come to rest, as asyncio.run() does at its end."""
    for _ in range(10):
        await asyncio.sleep(0)
    others = asyncio.all_tasks() - known
    for task in others:
        task.cancel()
    return others


async def test_task_that_is_cancelled_again_while_its_connection_is_closed_ends(migrated_url):
    known, gate = asyncio.all_tasks(), Gate()
    async with open_database(migrated_url, patience_s=0.2) as db:
        task = asyncio.create_task(held_up(db, gate))
        await gate.reached()
        assert await cancel_others(known) == {task}
        twice = await cancel_others(known)
        assert len(twice) == 2  # it, and what closes its connection
        gate.open()
        _, waiting = await asyncio.wait(twice, timeout=PATIENCE_S)
        assert not waiting
        async with db.begin() as conn:
            assert await insert_new(conn, users, {"user_id": 7})


async def test_file_opened_for_a_task_that_was_cancelled_is_closed(migrated_url):
    gate, opened = Gate(), []

    def connect():
        gate.pass_by()
        opened.append(driver.connect(migrated_url.database, patience_s=PATIENCE_S, check_same_thread=False))
        return opened[0]

    async def open_it():
        await connection

    connection = driver.ThreadedConnection(connect)
    task = asyncio.create_task(open_it())
    await gate.reached()
    task.cancel()
    await asyncio.wait([task])
    gate.open()
    await asyncio.to_thread(connection._thread.join, PATIENCE_S)
    assert task.cancelled()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        opened[0].execute("SELECT 1")


@pytest.mark.parametrize("steps", range(0, 40, 2))
async def test_database_goes_on_whenever_tasks_are_cancelled(migrated_url, steps):
    known = asyncio.all_tasks()

    async def write(user_id):
        async with db.begin() as conn:
            await insert_new(conn, users, {"user_id": user_id})
        async with db.reading() as conn:
            await conn.scalar(sa.select(users.c.user_id))

    async with open_database(migrated_url, patience_s=0.2) as db:
        tasks = {asyncio.create_task(write(user_id)) for user_id in (1, 2)}
        for _ in range(steps):
            await asyncio.sleep(0)
        for _ in range(2):
            tasks |= await cancel_others(known)
        _, waiting = await asyncio.wait(tasks, timeout=PATIENCE_S)
        assert not waiting
        async with db.begin() as conn:
            assert await insert_new(conn, users, {"user_id": 7})


def test_file_that_cannot_be_set_up_is_closed_again(tmp_path):
    (tmp_path / "not.db").write_bytes(b"no database at all, though long enough to be looked at" * 100)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        driver.connect(tmp_path / "not.db", patience_s=PATIENCE_S)


def test_file_may_be_closed_again(tmp_path):
    connection = driver.connect(tmp_path / "some.db", patience_s=PATIENCE_S)
    for _ in range(2):
        connection.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


@pytest.mark.parametrize("statement", ["SELECT 1", "BEGIN IMMEDIATE"])
async def test_thread_ends_when_it_is_stopped(tmp_path, statement):
    connection = await driver.connect_threaded(tmp_path / "some.db", patience_s=PATIENCE_S, check_same_thread=False)
    await connection.execute(statement)
    await asyncio.wait_for(connection.stop(), PATIENCE_S)
    await asyncio.to_thread(connection._thread.join, PATIENCE_S)
    assert not connection._thread.is_alive()
