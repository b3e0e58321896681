"""Copies of a SQLite file: taken while it is written to, whole, looked at, and put back only where nobody is."""

import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from storage.backups import copy, examine, put_back
from storage.errors import StorageError
from storage.migrate import versions
from storage.opening import open_database
from storage.tables import users
from tests.storage.filling import fill

pytestmark = pytest.mark.usefixtures("sqlite_only")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "studybot.db"


@pytest.fixture
def target(tmp_path):
    return tmp_path / "kept" / "copy.db"


def people(path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT user_id FROM users ORDER BY 1")]


async def test_copy_holds_what_is_committed_also_while_somebody_writes(db, file, target):
    async with db.begin() as conn:
        await conn.execute(sa.insert(users).values(user_id=1))
    async with db.begin() as conn:
        await conn.execute(sa.insert(users).values(user_id=2))
        copy(file, target)
    assert people(target) == [1]
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]
    assert target.stat().st_mode & 0o777 == 0o600


async def test_what_is_no_database_is_not_copied_and_leaves_nothing(tmp_path, target):
    (tmp_path / "diary").write_bytes(b"Dear diary. " * 1000)
    with pytest.raises(StorageError, match="not a database"):
        copy(tmp_path / "diary", target)
    assert list(target.parent.iterdir()) == []


async def test_sound_copy_is_described(db, file, target):
    async with db.begin() as conn:
        await fill(conn, user_id=1, guild_id=2)
    copy(file, target)
    found = examine(target)
    assert (found.version, found.answers, found.size_bytes) == (versions()[-1], 1, target.stat().st_size)


async def test_damage_anywhere_is_found(db, file, target):
    async with db.begin() as conn:
        for user_id in range(1, 40):
            await fill(conn, user_id=user_id, guild_id=2)
    copy(file, target)
    content = bytearray(target.read_bytes())
    middle = len(content) // 8192 * 4096
    content[middle : middle + 4096] = b"\xa5" * 4096
    target.write_bytes(content)
    with pytest.raises(StorageError, match="damaged"):
        examine(target)


async def test_cut_copy_is_damaged(db, file, target):
    copy(file, target)
    target.write_bytes(target.read_bytes()[:50_000])
    with pytest.raises(StorageError, match="damaged"):
        examine(target)


@pytest.mark.parametrize("statement", ["CREATE TABLE events (number)", "CREATE TABLE alembic_version (version_num)"])
def test_somebody_else_s_database_is_not_ours(tmp_path, statement):
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        connection.execute(statement)
    with pytest.raises(StorageError, match="not a database of studybot"):
        examine(tmp_path / "x.db")


def test_missing_file_is_named_and_not_made(tmp_path):
    with pytest.raises(StorageError, match=r"no file .*x\.db"):
        examine(tmp_path / "x.db")
    assert not (tmp_path / "x.db").exists()


async def test_copy_takes_the_place_and_what_was_there_is_kept_each_time(migrated_url, file, target):
    copy(file, target)
    for number in (1, 2):
        async with open_database(migrated_url) as db, db.begin() as conn:
            await conn.execute(sa.insert(users).values(user_id=number))
        copy(target, again := target.with_name("again.db"))
        kept = put_back(again, file)
        assert (people(file), people(kept), kept.name) == ([], [number], f"studybot.replaced-{number}.db")


async def test_database_that_somebody_has_open_is_not_replaced(db, file, target):
    async with db.begin() as conn:
        await conn.execute(sa.insert(users).values(user_id=1))
    copy(file, target)
    with pytest.raises(StorageError, match="A bot is using the database"):
        put_back(target, file)
    assert people(file) == [1]
    assert target.exists()


async def test_damaged_database_is_replaced(migrated_url, file, target):
    copy(file, target)
    file.write_bytes(b"\x00garbage" * 1000)
    assert put_back(target, file).read_bytes() == b"\x00garbage" * 1000
    async with open_database(migrated_url):
        pass


def test_missing_database_is_put_there(migrated_url, file, target):
    copy(file, target)
    file.unlink()
    assert put_back(target, file) is None
    assert people(file) == []
