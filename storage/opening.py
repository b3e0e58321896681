"""Opens a database and brings it up to date."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa

from storage.database import Database
from storage.migrate import migrate


@asynccontextmanager
async def open_database(url: sa.URL) -> AsyncIterator[Database]:
    """Yield the database at *url*, up to date; closed at the end.

    Raises:
        StorageError: it cannot be used.
    """
    async with Database(url) as db:
        await migrate(db)
        yield db


def sqlite_url(path: str) -> sa.URL:
    """Return the address of the SQLite file at *path*."""
    return sa.URL.create("sqlite+aiosqlite", database=path)
