"""Connections to a SQLite file that leave nothing behind, whenever the task that uses one is cancelled."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import aiosqlite

_ROWS_AT_ONCE: Final = 64


class FileConnection(sqlite3.Connection):
    """A connection that leaves no lock behind.

    One that a cancelled task was using is closed. SQLite lets its transaction live on, and everybody else wait, until
    the last of its rows is collected as garbage; a traceback may hold some for long.
    """

    _is_closed = False

    def close(self) -> None:
        """End the transaction, if there is one, then the connection; nothing if it was closed before."""
        if self._is_closed:
            return
        self._is_closed = True
        try:
            if self.in_transaction:
                self.rollback()
        finally:
            super().close()


class ThreadedConnection(aiosqlite.Connection):
    """A connection for asyncio, whose thread ends and closes the file whatever is cancelled meanwhile.

    aiosqlite orders the thread to end again where it closes a connection that was already told to end, and waits for an
    answer; the thread has taken the first order, so the second is waited for for ever. SQLAlchemy does both when a task
    is cancelled in a statement and once more while the connection is being closed for that, as asyncio.run() does at
    its end. And what the thread opens after its task was cancelled belongs to nobody, so nobody closes it.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(self._open, _ROWS_AT_ONCE)
        self._thread.daemon = True
        self._connect_now = connect
        self._file: sqlite3.Connection | None = None
        self._ending = False

    def stop(self) -> asyncio.Future[Any] | None:
        """Let the thread do what was ordered, close the file and end; None if it was told so before."""
        if self._ending:
            return None
        self._ending = True
        self._tx.put_nowait((None, self._close))
        return super().stop()

    def _open(self) -> sqlite3.Connection:
        self._file = self._connect_now()
        return self._file

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()


def connect(*arguments: Any, patience_s: float, **options: Any) -> FileConnection:
    """Open a file, so that transactions on it are what they are on other databases.

    Args:
        arguments: as sqlite3.connect() takes them.
        patience_s: how long another process that is writing is waited for.
        options: as sqlite3.connect() takes them.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    connection: FileConnection = sqlite3.connect(*arguments, factory=FileConnection, **options)
    try:
        # Left alone, the driver begins at the first write: DDL is not rolled back, earlier reads are not protected.
        connection.isolation_level = None
        # FULL: what was acknowledged outlasts a power cut, too.
        for pragma in (
            f"busy_timeout={patience_s * 1000:.0f}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_threaded(*arguments: Any, patience_s: float, **options: Any) -> ThreadedConnection:
    """Return the same for asyncio: it is opened when it is awaited."""
    return ThreadedConnection(partial(connect, *arguments, patience_s=patience_s, **options))
