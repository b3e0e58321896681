"""Brings a database to the newest version of its tables: all pending versions, or none, by one process at a time."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import totals
from storage.addresses import sqlite_file
from storage.backups import copy_before_migration
from storage.database import Database
from storage.errors import N_, StorageError
from storage.tables import metadata

log = logging.getLogger(__name__)

FOLDER: Final = "storage:migrations"
"""As Alembic names a folder inside a package."""
_LOCK: Final = 7_383_958_222_146
"""Any number will do, as long as all versions of the program take the same."""


async def migrate(db: Database, folder: str = FOLDER) -> None:
    """Run the versions in *folder* that the database does not have yet. A SQLite file is copied before.

    Raises:
        StorageError: the database is newer than the program, or somebody else's, or cannot be written.
    """
    known = await asyncio.to_thread(versions, folder)
    async with db.begin() as conn:
        await _wait_for_others(conn)
        present = await conn.run_sync(version)
        if not is_pending(present, known):
            return
        file = sqlite_file(db.url)
        if present is None:
            await conn.run_sync(_refuse_foreign)
        elif file:
            kept = await asyncio.to_thread(copy_before_migration, file, present)
            log.info("The database as it was is kept in %s", kept.name)
        await conn.run_sync(upgrade, folder)
        await conn.run_sync(totals.install)
    log.info("The database was brought from version %s to %s", present or "none", known[-1])


def versions(folder: str = FOLDER) -> tuple[str, ...]:
    """Return all versions that the program knows, the oldest first."""
    script = ScriptDirectory.from_config(_config(folder))
    return tuple(one.revision for one in script.walk_revisions())[::-1]


def is_pending(present: str | None, known: tuple[str, ...]) -> bool:
    """Return whether there are versions after *present*.

    Raises:
        StorageError: *present* is none of *known*.
    """
    if present is not None and present not in known:
        message = N_(
            "The database is newer (version {found}) than this program, which knows versions up to {known}. "
            "Install the newer studybot, or put a backup in its place."
        )
        raise StorageError(message, found=present, known=known[-1])
    return present != known[-1]


def version(connection: sa.Connection) -> str | None:
    """Return the version of the tables, None if there are none."""
    heads = MigrationContext.configure(connection).get_current_heads()
    return ", ".join(sorted(heads)) or None


def upgrade(connection: sa.Connection, folder: str = FOLDER, to: str = "head") -> None:
    """Run the versions that are missing, up to the version *to*, in the transaction of *connection*."""
    config = _config(folder)
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _config(folder: str) -> Config:
    config = Config()
    config.set_main_option("script_location", folder.replace("%", "%%"))
    return config


async def _wait_for_others(conn: AsyncConnection) -> None:
    # On SQLite the transaction itself lets one writer in at a time.
    if conn.dialect.name == "postgresql":
        await conn.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def _refuse_foreign(connection: sa.Connection) -> None:
    if set(sa.inspect(connection).get_table_names()) & set(metadata.tables):
        raise StorageError(N_("The database holds tables of another program. Give studybot a database of its own."))
