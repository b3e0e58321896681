"""Where the database is: the address that a person writes, as the library takes it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from storage.errors import N_, StorageError

_SQLITE: Final = "sqlite:///"
_POSTGRESQL: Final = ("postgresql://", "postgres://")


def locate(written: str | None, file: Path) -> sa.URL:
    """Return the address that *written* stands for, that of the SQLite *file* if nothing is written.

    Raises:
        StorageError: see :func:`address`.
    """
    return sqlite_url(file) if written is None else address(written)


def address(written: str) -> sa.URL:
    """Return the address that *written* stands for: postgresql://user:password@host/name, or sqlite:///file.

    Raises:
        StorageError: it is neither, or the driver for it is not installed; the message holds nothing of *written*.
    """
    if written.startswith(_SQLITE) and written != _SQLITE:
        return sqlite_url(written.removeprefix(_SQLITE))
    if not written.startswith(_POSTGRESQL):
        raise StorageError(N_("The address of a database looks like postgresql://user:password@host/name"))
    if importlib.util.find_spec("asyncpg") is None:
        raise StorageError(N_('The driver for PostgreSQL is not installed: pip install -e ".[fast,postgres]"'))
    try:
        return sa.make_url(written).set(drivername="postgresql+asyncpg")
    except (sa.exc.ArgumentError, ValueError):
        raise StorageError(N_("The address of a database looks like postgresql://user:password@host/name")) from None


def sqlite_url(path: str | Path) -> sa.URL:
    """Return the address of the SQLite file at *path*."""
    return sa.URL.create("sqlite+aiosqlite", database=str(path))


def sqlite_file(url: sa.URL) -> Path | None:
    """Return the file at *url*, None if it is not a file."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:" or url.query:
        return None
    return Path(url.database)
