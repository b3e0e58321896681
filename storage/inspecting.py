"""Looks at a database without changing anything, not even its version."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from storage.addresses import sqlite_file
from storage.backups import opened
from storage.database import Database
from storage.errors import N_, StorageError
from storage.failures import worded
from storage.migrate import is_pending, version, versions


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database is like.

    Attributes:
        place: the file, or host and name; without a password.
        version: of its tables; None if it has none yet.
        newest: version that the program brings it to.
    """

    place: str
    version: str | None
    newest: str
    size_bytes: int = 0


async def look(url: sa.URL) -> Facts:
    """Return what the database at *url* is like.

    Raises:
        StorageError: a bot could not start with it.
    """
    facts = _file(file) if (file := sqlite_file(url)) else await _server(url)
    is_pending(facts.version, versions())
    return facts


def _file(file: Path) -> Facts:
    newest = versions()[-1]
    present = file if file.exists() else next(one for one in file.parents if one.exists())
    if not os.access(present, os.W_OK) or not (present.is_dir() or file.is_file()) or file.is_dir():
        raise StorageError(N_("{file} cannot be written."), file=str(present))
    if not file.exists() or file.stat().st_size == 0:
        return Facts(str(file), None, newest)
    with worded(), closing(opened(file)) as connection:
        return Facts(str(file), _version(connection), newest, file.stat().st_size)


def _version(connection: sqlite3.Connection) -> str | None:
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'").fetchone():
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


async def _server(url: sa.URL) -> Facts:
    async with Database(url) as db, db.reading() as conn:
        present = await conn.run_sync(version)
        size = (await conn.execute(sa.select(sa.func.pg_database_size(sa.func.current_database())))).scalar_one()
    return Facts(f"{url.host or 'localhost'}/{url.database or url.username}", present, versions()[-1], size)
