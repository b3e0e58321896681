"""Whatever is wrong with a database is told in one sentence, and nothing is kept of what failed."""

import asyncio
import errno
import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from storage.addresses import sqlite_url
from storage.database import Database
from storage.errors import StorageError
from storage.failures import worded
from storage.migrate import migrate
from storage.opening import open_database
from storage.tables import questions, users
from tests.storage.filling import NOON

pytestmark = pytest.mark.usefixtures("sqlite_only")


async def add(db: Database, user_id: int) -> None:
    async with db.begin() as conn:
        await conn.execute(sa.insert(users).values(user_id=user_id))


async def people(db: Database) -> list[int]:
    async with db.reading() as conn:
        return list((await conn.execute(sa.select(users.c.user_id))).scalars())


async def test_locked_database_is_busy_at_the_start_and_in_the_middle(migrated_url):
    with closing(sqlite3.connect(migrated_url.database, isolation_level=None)) as other:
        async with open_database(migrated_url, patience_s=0.01) as db:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StorageError, match="busy"):
                await add(db, 1)
            with pytest.raises(StorageError, match="busy"):
                await migrate(db)
            other.execute("ROLLBACK")
            await add(db, 2)
            assert await people(db) == [2]


async def test_readers_do_not_wait_for_who_is_writing(db):
    async with db.begin() as conn:
        await conn.execute(sa.insert(users).values(user_id=1))
        assert await people(db) == []
    assert await people(db) == [1]


async def test_full_disk_keeps_nothing_of_what_failed_and_all_from_before(db):
    await add(db, 1)
    async with db.begin() as conn:
        pages = (await conn.execute(sa.text("PRAGMA page_count"))).scalar_one()
        await conn.execute(sa.text(f"PRAGMA max_page_count = {pages + 2}"))
    with pytest.raises(StorageError, match="no space left"):
        async with db.begin() as conn:
            await conn.execute(sa.insert(users).values(user_id=2))
            row = {"id": "1", "guild_id": 1, "number": 1, "body": "x" * 100_000, "state": "approved"}
            await conn.execute(sa.insert(questions).values(**row, created_at=NOON, changed_at=NOON))
    assert await people(db) == [1]


async def test_read_only_database_can_be_read(migrated_url):
    read_only = sqlite_url(f"file:{migrated_url.database}?mode=ro").update_query_dict({"uri": "true"})
    async with Database(migrated_url) as db:
        await add(db, 1)
        async with Database(read_only) as other:
            with pytest.raises(StorageError, match="cannot be written"):
                await add(other, 2)
            assert await people(other) == [1]


async def test_damaged_pages_are_told_from_the_first_query_that_meets_them(migrated_url, tmp_path):
    file = tmp_path / "studybot.db"
    content = file.read_bytes()
    file.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    with pytest.raises(StorageError, match="damaged"):
        async with open_database(migrated_url):
            pass


async def test_file_that_is_no_database_is_told_and_left_alone(new_url, tmp_path):
    (tmp_path / "studybot.db").write_bytes(b"My diary. " * 1000)
    with pytest.raises(StorageError, match="not a database"):
        async with open_database(new_url):
            pass
    assert (tmp_path / "studybot.db").read_bytes() == b"My diary. " * 1000


async def test_missing_folder_is_made_and_the_file_is_its_owner_s_alone(tmp_path):
    async with open_database(sqlite_url(tmp_path / "a" / "b" / "x.db")):
        pass
    assert (tmp_path / "a" / "b" / "x.db").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


async def test_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "a").write_text("a file")
    with pytest.raises(StorageError, match=r"a/x\.db cannot be made or written: Not a directory|File exists"):
        async with open_database(sqlite_url(tmp_path / "a" / "x.db")):
            pass


async def test_folder_in_place_of_the_file_is_named(tmp_path):
    (tmp_path / "x.db").mkdir()
    with pytest.raises(StorageError, match=r"x\.db cannot be made or written: Is a directory"):
        async with open_database(sqlite_url(tmp_path / "x.db")):
            pass


async def test_faults_of_the_program_are_not_the_database_s(db):
    with pytest.raises(sa.exc.IntegrityError):
        await asyncio.gather(add(db, 1), add(db, 1))
    with pytest.raises(sa.exc.OperationalError, match="no such table"):
        async with db.begin() as conn:
            await conn.execute(sa.text("SELECT * FROM nowhere"))


class RefusalError(Exception):
    """What a driver raises."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("sqlstate", "told"),
    [
        ("53100", "no space"),
        ("53300", "busy"),
        ("55P03", "busy"),
        ("40P01", "busy"),
        ("25006", "cannot be written"),
        ("28P01", "password"),
        ("3D000", "createdb"),
        ("42501", "owner"),
        ("57P01", "cannot be reached"),
        ("08006", "cannot be reached"),
        ("58030", "disk"),
    ],
)
def test_each_refusal_of_a_server_has_its_sentence(sqlstate, told):
    with pytest.raises(StorageError, match=told), worded():
        raise sa.exc.DBAPIError("SELECT 1", {}, RefusalError(sqlstate))


@pytest.mark.parametrize(
    ("number", "told"),
    [(errno.ENOSPC, "no space"), (errno.EROFS, "cannot be written"), (errno.ECONNREFUSED, "cannot be reached")],
)
def test_each_refusal_of_the_system_has_its_sentence(number, told):
    with pytest.raises(StorageError, match=told), worded():
        raise OSError(number, "no")


def test_sentence_holds_nothing_of_the_statement():
    with pytest.raises(StorageError) as caught, worded():
        raise sa.exc.DBAPIError("SELECT secret", {}, RefusalError("53100"))
    assert "secret" not in str(caught.value)
