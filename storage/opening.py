"""Opens a database and brings it up to date."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from storage.addresses import sqlite_file, sqlite_url
from storage.backups import make_private
from storage.database import PATIENCE_S, Database
from storage.errors import N_, StorageError
from storage.forgotten import forget_again
from storage.migrate import migrate

__all__ = ["open_database", "sqlite_url"]

FORGOTTEN: Final = "forgotten"


@asynccontextmanager
async def open_database(
    url: sa.URL, *, forgotten: Path | None = None, patience_s: float = PATIENCE_S
) -> AsyncIterator[Database]:
    """Yield the database at *url*, up to date; closed at the end. A SQLite file is made if it is not there.

    Args:
        url: of the database.
        forgotten: the list of deletions; those that an older database put in place does not know are done again.
            None is the one beside a SQLite file, and none for a server.
        patience_s: how long another process that is writing is waited for.

    Raises:
        StorageError: it cannot be used.
    """
    if file := sqlite_file(url):
        await asyncio.to_thread(_make, file)
        forgotten = forgotten or file.with_name(FORGOTTEN)
    async with Database(url, forgotten=forgotten, patience_s=patience_s) as db:
        await migrate(db)
        await forget_again(db)
        yield db


def _make(file: Path) -> None:
    try:
        make_private(file)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = N_("The database {file} cannot be made or written: {reason}")
        raise StorageError(message, file=str(file), reason=reason) from error
