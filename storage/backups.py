"""Copies of a SQLite database: taken while it is in use, looked at before they are trusted, put in its place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.errors import N_, StorageError
from storage.failures import worded

KEPT: Final = 3
"""Copies from before a migration that are kept; the older ones make room."""
_PRIVATE: Final = 0o600
_DAMAGED: Final = N_("{file} is damaged.")
_FOREIGN: Final = N_("{file} is not a database of studybot.")


@dataclass(frozen=True, slots=True)
class Copy:
    """A database file that was looked at.

    Attributes:
        version: of its tables.
        answers: how many it holds.
    """

    version: str
    size_bytes: int
    answers: int


def copy(source: Path, target: Path) -> None:
    """Write what *source* holds at one moment to *target*, whole or not at all; others may go on writing.

    Raises:
        StorageError: *source* cannot be read, or *target* not be written.
    """
    part = target.with_name(f".{target.name}.part")
    with worded():
        make_private(part)
        try:
            with closing(opened(source)) as ours, closing(sqlite3.connect(part)) as theirs:
                ours.backup(theirs)
                # Without a write-ahead log the copy is one file and can be read where nothing can be written.
                theirs.execute("PRAGMA journal_mode=DELETE")
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def copy_before_migration(path: Path, version: str) -> Path:
    """Keep beside *path* a copy that names the *version* it holds; return it.

    Raises:
        StorageError: there is no space for it, or the folder cannot be written.
    """
    target = path.with_name(f"{path.stem}.version-{version}{path.suffix}")
    copy(path, target)
    for old in sorted(path.parent.glob(f"{path.stem}.version-*{path.suffix}"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return target


def examine(path: Path) -> Copy:
    """Read the whole of *path*.

    Raises:
        StorageError: it is damaged, or not a database of studybot.
    """
    with worded(), _blamed(path), closing(opened(path)) as connection:
        # Both stop at the first faults: a damaged file may have millions.
        sound = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        if not sound or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise StorageError(_DAMAGED, file=str(path))
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if not {"alembic_version", "events"} <= names:
            raise StorageError(_FOREIGN, file=str(path))
        version = connection.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0] or ""
        answers = connection.execute("SELECT count(*) FROM events WHERE number = 0").fetchone()[0]
    return Copy(version, path.stat().st_size, answers)


@contextmanager
def _blamed(path: Path) -> Iterator[None]:
    """Say of *path* what is wrong with it; that of the bot's own database says to restore a backup, which this is."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorname", "")
        if code.startswith("SQLITE_NOTADB"):
            raise StorageError(_FOREIGN, file=str(path)) from error
        if code.startswith("SQLITE_CORRUPT"):
            raise StorageError(_DAMAGED, file=str(path)) from error
        raise


def put_back(copied: Path, path: Path) -> Path | None:
    """Put *copied* in the place of the database at *path*; return where what was there is now, None if nothing was.

    Raises:
        StorageError: a bot is using the database, or the folder cannot be written.
    """
    with worded(), _alone(path):
        kept = _set_aside(path)
        copied.replace(path)
    return kept


def opened(path: Path) -> sqlite3.Connection:
    """Return a connection that only reads *path*.

    Raises:
        StorageError: there is no such file.
    """
    if not path.is_file():
        raise StorageError(N_("There is no file {file}"), file=str(path))
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def make_private(path: Path) -> None:
    """Make sure that *path* and its folder are there, for their owner alone if they are new.

    Raises:
        OSError: they cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, _PRIVATE))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the database at *path*, so that nobody opens it meanwhile."""
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
        try:
            # Leaving WAL needs everybody else to have closed the file, whether they are writing or not.
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise StorageError(N_("A bot is using the database. Stop it first.")) from None
            raise
        except sqlite3.DatabaseError:
            pass  # damaged: what a backup is for
        yield


def _set_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    number = 1
    while (kept := path.with_name(f"{path.stem}.replaced-{number}{path.suffix}")).exists():
        number += 1
    path.replace(kept)
    for rest in ("-wal", "-shm", "-journal"):  # of a damaged one; they must not be taken for the new one's
        beside = path.with_name(path.name + rest)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + rest))
    return kept
