"""Deletions that outlast the database: a backup that is put back must not bring back what somebody had deleted.

Each deletion gets a random token. A file in the data folder says whose it was; the database says only that it has been
through it. A database that lacks a token of the file was restored from before, so the deletion is done again.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

import sqlalchemy as sa

from storage import userdata
from storage.database import Connection, Database, insert_new
from storage.tables import deletions

log = logging.getLogger(__name__)

_PRIVATE: Final = 0o600
_MAX_BYTES: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class Deletion:
    """Somebody's wish to have their data deleted.

    Attributes:
        token: 32 hexadecimal digits.
    """

    user_id: int
    token: str
    at: datetime


async def forget(db: Database, user_id: int, at: datetime) -> None:
    """Delete a person's data for good, also from what will be restored from older backups.

    Raises:
        StorageError: it was not done.
    """
    deletion = Deletion(user_id, secrets.token_hex(16), at)
    async with db.begin() as conn:
        await _delete(conn, deletion)
        # Before the end of the transaction: without the file there is no deletion either.
        if db.forgotten:
            await asyncio.to_thread(_append, db.forgotten, deletion)


async def forget_again(db: Database) -> int:
    """Do the deletions of the list that the database has not been through; return how many there were.

    Raises:
        StorageError: the database cannot be written.
    """
    wanted = await asyncio.to_thread(_read, db.forgotten) if db.forgotten else []
    if not wanted:
        return 0
    async with db.begin() as conn:
        done = set((await conn.execute(sa.select(deletions.c.token))).scalars())
        missing = [deletion for deletion in wanted if deletion.token not in done]
        for deletion in missing:
            await _delete(conn, deletion)
    if missing:
        log.info("Deletions done again because an older database was put back: %s", len(missing))
    return len(missing)


async def _delete(conn: Connection, deletion: Deletion) -> None:
    pseudonym = -1 - secrets.randbelow(2**62)
    await userdata.delete(conn, deletion.user_id, pseudonym=pseudonym, at=deletion.at)
    await insert_new(conn, deletions, {"token": deletion.token, "at": deletion.at})


def _append(file: Path, deletion: Deletion) -> None:
    line = json.dumps({"user": str(deletion.user_id), "token": deletion.token, "at": deletion.at.isoformat()})
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, _PRIVATE)
    with os.fdopen(descriptor, "r+b") as opened:
        # On a line of its own, even after one that a power cut has torn.
        opened.write(f"{line}\n".encode() if _ends_whole(opened) else f"\n{line}\n".encode())
        opened.flush()
        os.fsync(opened.fileno())


def _ends_whole(opened: BinaryIO) -> bool:
    if opened.seek(0, os.SEEK_END) == 0:
        return True
    opened.seek(-1, os.SEEK_END)
    return opened.read(1) == b"\n"


def _read(file: Path) -> list[Deletion]:
    try:
        with file.open("rb") as opened:
            lines = opened.read(_MAX_BYTES).splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        log.warning("The list of deletions cannot be read: %s", error)
        return []
    found = [_deletion(line) for line in lines if line.strip()]
    if None in found:
        log.warning("Lines of the list of deletions that cannot be read: %s", found.count(None))
    return [deletion for deletion in found if deletion]


def _deletion(line: bytes) -> Deletion | None:
    try:
        values = json.loads(line)
        return Deletion(int(values["user"]), str(values["token"]), datetime.fromisoformat(values["at"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
