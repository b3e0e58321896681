"""The database: its engines, transactions, and what its failures mean."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, Self, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage import driver
from storage.failures import worded

Connection = AsyncConnection
"""What a transaction is done with; who only hands it on need not know the library."""
DirectConnection = sa.Connection
"""The same inside Database.at_once()."""
PATIENCE_S: Final = 10.0
"""How long somebody else's transaction is waited for."""
_READERS: Final = 4
_CONNECTIONS: Final = 5
_WAIT_S: Final = 30
_T = TypeVar("_T")
INSERT: Final[Mapping[str, Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Database:
    """One database, open. Made by :func:`storage.opening.open_database`, which also brings it up to date.

    On SQLite one connection writes and others read; who wants to write waits here, in turn, rather than inside SQLite,
    whose waiting is blind and may starve somebody.

    Attributes:
        forgotten: the list of deletions, see storage.forgotten; None where there is none.
    """

    def __init__(self, url: sa.URL, *, forgotten: Path | None = None, patience_s: float = PATIENCE_S) -> None:
        self.url = url
        self.forgotten = forgotten
        self.sqlite = url.get_backend_name() == "sqlite"
        if self.sqlite:
            self._writer = _sqlite(url, size=1, begin="BEGIN IMMEDIATE", patience_s=patience_s)
            self._reader = _sqlite(url, size=_READERS, begin="BEGIN", patience_s=patience_s)
            self._direct: _Direct | None = _Direct(url, patience_s)
        else:
            self._writer = _postgresql(url)
            self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ")
            self._direct = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that may write: all of it is kept at the end, or nothing if the body raises.

        Raises:
            StorageError: the database is locked, full, read-only, broken, or away.
        """
        with worded():
            async with self._writer.begin() as conn:
                yield conn

    async def at_once(self, work: Callable[[sa.Connection], _T]) -> _T:
        """Return what *work* does in a transaction that may write, or nothing of it is kept.

        For what many wait for at the same time: on SQLite it is done in one go on a thread, where otherwise the event
        loop is woken several times by each statement.

        Raises:
            StorageError: as begin() does.
        """
        with worded():
            if self._direct is None:
                async with self._writer.begin() as conn:
                    return await conn.run_sync(work)
            async with self._writer.connect():  # its turn
                return await self._direct.run(work)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that sees one state of the database and never waits for a writer.

        Raises:
            StorageError: the database is broken or away.
        """
        with worded():
            async with self._reader.connect() as conn:
                yield conn

    async def close(self) -> None:
        """Close every connection."""
        if self._direct is not None:
            await self._direct.close()
        await self._writer.dispose()
        await self._reader.dispose()


async def insert_new(conn: AsyncConnection, table: sa.Table, row: Mapping[str, Any]) -> bool:
    """Insert *row* unless its key is taken; the database decides, so of many that race one gets True."""
    statement = INSERT[conn.dialect.name](table).on_conflict_do_nothing()
    return (await conn.execute(statement, dict(row))).rowcount == 1


async def upsert(conn: AsyncConnection, table: sa.Table, row: Mapping[str, Any]) -> None:
    """Insert *row*, or give the row of the same primary key its values."""
    await upsert_all(conn, table, [row])


async def upsert_all(conn: AsyncConnection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Do the same with several rows, all of the same columns."""
    await conn.run_sync(upsert_now, table, rows)


def upsert_now(conn: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Do what upsert_all() does, inside Database.at_once()."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    statement = INSERT[conn.dialect.name](table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    values = [dict(row) for row in rows]
    conn.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), values)


def _postgresql(url: sa.URL) -> AsyncEngine:
    import asyncpg  # noqa: PLC0415 - an optional part; storage.opening says so where it is missing

    # The driver reads the address itself, so that sslmode and whatever else libpq knows may stand in it.
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)

    async def connect() -> Any:
        return await asyncpg.connect(address, timeout=_WAIT_S)

    return create_async_engine(
        sa.URL.create("postgresql+asyncpg"),
        async_creator=connect,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=_WAIT_S,
        pool_pre_ping=True,
        hide_parameters=True,
    )


class _Direct:
    """A connection to a SQLite file that is used on a thread of its own."""

    def __init__(self, url: sa.URL, patience_s: float) -> None:
        self._engine = sa.create_engine(url.set(drivername="sqlite"), pool_size=1, max_overflow=0, hide_parameters=True)
        self._thread: ThreadPoolExecutor | None = None
        _begin_with(self._engine, "BEGIN IMMEDIATE")

        @sa.event.listens_for(self._engine, "do_connect")
        def do_connect(_dialect: Any, _record: Any, arguments: Sequence[Any], options: Mapping[str, Any]) -> Any:
            return driver.connect(*arguments, patience_s=patience_s, **options)

    async def run(self, work: Callable[[sa.Connection], _T]) -> _T:
        """Return what *work* does in one transaction."""

        def do() -> _T:
            with self._engine.begin() as connection:
                return work(connection)

        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "database")
        return await asyncio.get_running_loop().run_in_executor(self._thread, do)

    async def close(self) -> None:
        """Close the connection and end the thread, if there are any."""
        thread, self._thread = self._thread, None
        if thread is not None:
            await asyncio.get_running_loop().run_in_executor(thread, self._engine.dispose)
            thread.shutdown(wait=False)


def _sqlite(url: sa.URL, *, size: int, begin: str, patience_s: float) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=_WAIT_S,
        # What people wrote must not stand in the log because a statement failed.
        hide_parameters=True,
        connect_args={"async_creator_fn": partial(driver.connect_threaded, patience_s=patience_s)},
    )
    _begin_with(engine.sync_engine, begin)
    return engine


def _begin_with(engine: sa.Engine, statement: str) -> None:
    @sa.event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(statement)
