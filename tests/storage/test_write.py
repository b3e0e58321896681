"""Versions are written from what the tables have and the versions have not."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage import migrations
from storage.database import Database
from storage.migrate import migrate, version, versions
from storage.migrations import write
from storage.tables import metadata
from storage.types import Key, Snowflake, Utc


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Return the folder of the versions, a copy that a test may add to."""
    copy = tmp_path / "migrations"
    shutil.copytree(Path(migrations.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(write, "FOLDER", copy / "versions")
    return copy


@pytest.fixture
def tables(monkeypatch) -> sa.MetaData:
    """Return the program's tables, to be changed."""
    changed = sa.MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(changed)
    monkeypatch.setattr(write, "metadata", changed)
    return changed


async def test_version_that_is_written_makes_what_was_missing(folder, tables, migrated_url):
    sa.Table(
        "extras",
        tables,
        sa.Column("id", Key, primary_key=True),
        sa.Column("user_id", Snowflake, nullable=False, index=True),
        sa.Column("at", Utc),
        sa.Column("sound", sa.Boolean, nullable=False, server_default=sa.false()),
        sqlite_autoincrement=True,
    )
    tables.tables["users"].append_column(sa.Column("motto", sa.String(100)))
    write.main(["Extras, and mottos."])
    async with Database(migrated_url) as db:
        await migrate(db, str(folder))
        async with db.begin() as conn:
            await conn.execute(sa.insert(tables.tables["extras"]).values(user_id=1))
            assert (await conn.execute(sa.select(tables.tables["extras"].c.sound))).scalar_one() is False
            assert (await conn.execute(sa.select(tables.tables["users"].c.motto))).all() == []
            assert await conn.run_sync(version) == f"{int(versions()[-1]) + 1:04}"


def test_version_holds_its_purpose_and_no_type_of_ours(folder, tables):
    sa.Table("extras", tables, sa.Column("id", Key, primary_key=True), sa.Column("at", Utc))
    write.main(["Extras."])
    text = (folder / "versions" / f"v{int(versions()[-1]) + 1:04}.py").read_text()
    assert text.startswith('"""Extras."""\n')
    assert "import storage" not in text
    assert 'sa.Column("at", sa.BigInteger(), nullable=True)' in text


def test_purpose_has_to_be_said(folder):
    before = sorted(folder.rglob("*.py"))
    with pytest.raises(SystemExit):
        write.main([])
    assert sorted(folder.rglob("*.py")) == before


def test_nothing_is_missing_now():
    # Run `make migration` when this fails.
    assert write._differences() == []
