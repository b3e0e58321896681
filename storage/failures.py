"""Says in a sentence what a failure of the database means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

from storage.errors import N_, StorageError

_SIGNS: Final = (
    (("database is locked", "database table is locked", "queuepool limit", "lock timeout", "deadlock"),
     N_("The database is busy. Nothing was changed; try again in a moment.")),
    (("disk is full", "no space left", "database or disk is full"),
     N_("There is no space left for the database. Nothing was changed.")),
    (("readonly", "read-only", "unable to open"),
     N_("The database cannot be written. Nothing was changed.")),
    (("malformed", "not a database", "disk i/o error"),
     N_("The database file is damaged. Put a backup in its place.")),
)  # fmt: skip


@contextmanager
def worded() -> Iterator[None]:
    """Turn what the drivers raise into a StorageError; faults of the program's own go through as they are."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.DatabaseError, sa.exc.TimeoutError, OSError) as error:
        if isinstance(error, sa.exc.IntegrityError | sa.exc.ProgrammingError | sa.exc.DataError):
            raise
        raise StorageError(_meaning(error)) from error


def _meaning(error: Exception) -> str:
    told = str(getattr(error, "orig", None) or error).casefold()
    for signs, message in _SIGNS:
        if any(sign in told for sign in signs):
            return message
    return N_("The database cannot be reached. Nothing was changed.")
