"""Versions of the tables: all or none, once, by one process, and never on what is newer or somebody else's."""

import asyncio
import shutil
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from storage import migrations, settings
from storage.database import Database
from storage.errors import StorageError
from storage.migrate import FOLDER, migrate, upgrade, version, versions
from storage.opening import open_database
from storage.tables import metadata, users

FAILING = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{revision}", "{before}"

def upgrade():
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO nowhere VALUES (1)")
"""
SOUND = FAILING.replace("INSERT INTO nowhere VALUES (1)", "INSERT INTO extra VALUES (1)")


@pytest.fixture
def newer(tmp_path):
    """Return a maker of the program's next release: its versions, and one more."""

    def make(text: str) -> str:
        folder = tmp_path / "50% newer" / "migrations"
        shutil.copytree(Path(migrations.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "v9999.py").write_text(text.format(revision="9999", before=versions()[-1]))
        return str(folder)

    return make


async def tables(db: Database) -> set[str]:
    async with db.reading() as conn:
        return set(await conn.run_sync(lambda connection: sa.inspect(connection).get_table_names()))


async def test_tables_that_the_versions_make_are_those_of_the_program(db):
    async with db.begin() as conn:
        found = await conn.run_sync(lambda one: compare_metadata(MigrationContext.configure(one), metadata))
    # Run `make migration` when this fails.
    assert found == []


@pytest.mark.usefixtures("sqlite_only")
async def test_on_sqlite_they_are_the_same_to_the_letter(db):
    def statements(connection: sa.Connection) -> set[str]:
        rows = connection.execute(
            sa.text("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'trigger'")
        ).scalars()
        return {" ".join(sorted(row.replace(",", "").split())) for row in rows if "alembic" not in row}

    engine = sa.create_engine("sqlite://", poolclass=sa.NullPool)
    with engine.begin() as memory:
        metadata.create_all(memory)
        wanted = statements(memory)
    async with db.reading() as conn:
        assert await conn.run_sync(statements) == wanted


async def test_new_database_is_brought_to_the_newest_version(new_url):
    async with open_database(new_url) as db, db.reading() as conn:
        assert await conn.run_sync(version) == versions()[-1]


async def test_second_time_changes_nothing(new_url):
    async with open_database(new_url) as db, db.begin() as conn:
        await conn.execute(sa.insert(users).values(user_id=1))
    async with open_database(new_url) as db, db.reading() as conn:
        assert (await conn.execute(sa.select(users.c.user_id))).scalars().all() == [1]


async def test_of_four_processes_at_once_all_find_the_tables(new_url):
    program = (
        "import asyncio, sys, sqlalchemy as sa\n"
        "from storage.opening import open_database\n"
        "async def main():\n"
        "    async with open_database(sa.make_url(sys.argv[1])): pass\n"
        "asyncio.run(main())\n"
    )
    address = new_url.render_as_string(hide_password=False)
    processes = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", program, address, stderr=asyncio.subprocess.PIPE)
        for _ in range(4)
    ]
    assert [(await process.communicate())[1] for process in processes] == [b""] * 4
    async with open_database(new_url) as db:
        assert set(metadata.tables) <= await tables(db)


async def test_failing_version_leaves_the_database_as_it_was(db, newer):
    with pytest.raises(sa.exc.SQLAlchemyError):
        await migrate(db, newer(FAILING))
    assert await tables(db) == {*metadata.tables, "alembic_version"}
    await migrate(db)


async def test_failing_version_leaves_a_new_database_empty(new_url, newer):
    async with Database(new_url) as db:
        with pytest.raises(sa.exc.SQLAlchemyError):
            await migrate(db, newer(FAILING))
        assert await tables(db) == set()


async def test_database_of_a_newer_program_is_refused_and_left_alone(db, newer):
    await migrate(db, newer(SOUND))
    with pytest.raises(StorageError, match=r"newer \(version 9999\) than this program.*up to " + versions()[-1]):
        await migrate(db)
    assert "extra" in await tables(db)


async def test_database_of_another_program_is_refused(new_url):
    async with Database(new_url) as db:
        async with db.begin() as conn:
            await conn.execute(sa.text("CREATE TABLE users (name TEXT)"))
        with pytest.raises(StorageError, match="another program"):
            await migrate(db)
        assert await tables(db) == {"users"}


@pytest.mark.usefixtures("sqlite_only")
async def test_file_is_copied_before_it_is_migrated(db, newer, tmp_path):
    async with db.begin() as conn:
        await conn.execute(sa.insert(users).values(user_id=1))
    await migrate(db, newer(SOUND))
    copy = tmp_path / f"studybot.version-{versions()[-1]}.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    with sa.create_engine(f"sqlite:///{copy}", poolclass=sa.NullPool).connect() as connection:
        assert version(connection) == versions()[-1]
        assert connection.scalar(sa.select(users.c.user_id)) == 1


@pytest.mark.usefixtures("sqlite_only")
async def test_new_and_up_to_date_files_are_not_copied(new_url, tmp_path):
    for _ in range(2):
        async with open_database(new_url):
            pass
    assert list(tmp_path.glob("studybot.version-*")) == []


@pytest.mark.usefixtures("sqlite_only")
async def test_only_the_newest_copies_are_kept(db, newer, tmp_path):
    for number in range(1, 6):
        (tmp_path / f"studybot.version-000{number}.db").write_bytes(b"")
    await migrate(db, newer(SOUND))
    assert len(list(tmp_path.glob("studybot.version-*"))) == 3


async def test_zone_that_a_group_had_is_one_that_it_chose(new_url):
    async with Database(new_url) as db:
        async with db.begin() as conn:
            await conn.run_sync(upgrade, FOLDER, "0004")
            await conn.execute(sa.text("INSERT INTO guilds (guild_id, zone) VALUES (1, 'Asia/Shanghai'), (2, 'UTC')"))
        await migrate(db)
        async with db.reading() as conn:
            assert [(await settings.group(conn, guild_id)).zone_chosen for guild_id in (1, 2)] == [True, False]
