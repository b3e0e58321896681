"""Databases for tests: a SQLite file each, or with --postgres a PostgreSQL database each, on the server named there."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import sqlalchemy as sa

from storage.addresses import address, sqlite_url
from storage.opening import open_database


class Files:
    """SQLite databases; one with tables is a copy of one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        self._migrated = folder / "migrated.db"
        wait_for(_migrate(sqlite_url(self._migrated)))

    def empty(self, folder: Path) -> sa.URL:
        return sqlite_url(folder / "studybot.db")

    def migrated(self, folder: Path) -> sa.URL:
        shutil.copy(self._migrated, folder / "studybot.db")
        return self.empty(folder)

    def drop(self, _url: sa.URL) -> None:
        """Leave the file to pytest, which keeps those of the last runs."""


class Server:
    """PostgreSQL databases."""

    def __init__(self, url: str) -> None:
        self._url = address(url)
        self._migrated = self.empty()
        wait_for(_migrate(self._migrated))

    def empty(self, _folder: Path | None = None) -> sa.URL:
        return self._made("TEMPLATE template0 ENCODING 'UTF8'")

    def migrated(self, _folder: Path) -> sa.URL:
        return self._made(f"TEMPLATE {self._migrated.database}")

    def drop(self, url: sa.URL) -> None:
        self._run(f"DROP DATABASE {url.database} WITH (FORCE)")

    def close(self) -> None:
        self.drop(self._migrated)

    def _made(self, template: str) -> sa.URL:
        name = f"studybot_test_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} {template}")
        return self._url.set(database=name)

    def _run(self, statement: str) -> None:
        async def run() -> None:
            connection = await asyncpg.connect(self._url.set(drivername="postgresql").render_as_string(False))
            await connection.execute(statement)
            await connection.close()

        wait_for(run())


def wait_for(work: Coroutine[Any, Any, None]) -> None:
    """Run *work* in a loop of its own, wherever this is called."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


async def _migrate(url: sa.URL) -> None:
    async with open_database(url):
        pass
