"""Says in a sentence what a failure of the database means."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

from storage.errors import N_, StorageError

_BUSY: Final = N_("The database is busy. Nothing was changed; try again in a moment.")
_FULL: Final = N_("There is no space left for the database. Nothing was changed.")
_READ_ONLY: Final = N_("The database cannot be written. Nothing was changed.")
_DAMAGED: Final = N_("The database file is damaged. Put a backup in its place with studybot restore.")
_FOREIGN: Final = N_("The file is not a database. Put a backup in its place with studybot restore.")
_BROKEN_DISK: Final = N_("The disk of the database fails or is full. Nothing was changed.")
_AWAY: Final = N_("The database cannot be reached. Nothing was changed.")
_REFUSED: Final = N_("The database does not accept the user or the password.")
_MISSING: Final = N_("The database server has no database of that name. Make it first: createdb")
_FORBIDDEN: Final = N_("The database does not let its user do this. Make that user the owner of the database.")
_MISTYPED: Final = N_("The address of the database holds a setting that its server does not know.")

_OF_SQLITE: Final = (
    ("SQLITE_BUSY", _BUSY),
    ("SQLITE_LOCKED", _BUSY),
    ("SQLITE_FULL", _FULL),
    ("SQLITE_READONLY", _READ_ONLY),
    ("SQLITE_CANTOPEN", _READ_ONLY),
    ("SQLITE_PERM", _READ_ONLY),
    ("SQLITE_CORRUPT", _DAMAGED),
    ("SQLITE_NOTADB", _FOREIGN),
    ("SQLITE_IOERR", _BROKEN_DISK),
)
"""By how the name of SQLite's result code begins."""
_OF_POSTGRESQL: Final = (
    ("53100", _FULL),
    ("53", _BUSY),
    ("55P03", _BUSY),
    ("40", _BUSY),
    ("25006", _READ_ONLY),
    ("28", _REFUSED),
    ("3D000", _MISSING),
    ("42501", _FORBIDDEN),
    ("42704", _MISTYPED),
    ("08", _AWAY),
    ("57", _AWAY),
    ("58", _BROKEN_DISK),
)
"""By how the SQLSTATE begins; the longer ones first."""
_OF_THE_SYSTEM: Final = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
}
"""By the number of the error."""


@contextmanager
def worded() -> Iterator[None]:
    """Turn what the drivers raise into a StorageError; faults of the program's own go through as they are."""
    try:
        yield
    except (sa.exc.DBAPIError, sa.exc.TimeoutError, sqlite3.Error, OSError) as error:
        meaning = _meaning(error)
        if meaning is None:
            raise
        raise StorageError(meaning) from error


def _meaning(error: Exception) -> str | None:
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, OSError):
        return _OF_THE_SYSTEM.get(cause.errno or 0, _AWAY)
    if isinstance(error, sa.exc.TimeoutError):
        return _BUSY
    if name := getattr(cause, "sqlite_errorname", ""):
        return _first(name, _OF_SQLITE)
    if state := getattr(cause, "sqlstate", ""):
        return _first(state, _OF_POSTGRESQL)
    return _AWAY if isinstance(error, sa.exc.InterfaceError | sa.exc.OperationalError) else None


def _first(code: str, meanings: tuple[tuple[str, str], ...]) -> str | None:
    return next((meaning for prefix, meaning in meanings if code.startswith(prefix)), None)
