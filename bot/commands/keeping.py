"""studybot backup and studybot restore: a copy of the database while it is in use, and a copy put in its place."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.commands.session import Session
from bot.config import Config
from bot.errors import N_, StudyError
from bot.render.controls import shown
from storage.addresses import locate, sqlite_file
from storage.backups import Copy, copy, examine, put_back
from storage.migrate import is_pending, versions
from storage.opening import open_database


def back_up(session: Session, config: Config, target: Path) -> None:
    """Copy the database to *target*, which must not be there yet.

    Raises:
        StudyError: there is nothing to copy, or something stands in the way.
        StorageError: the database is damaged, or there is no space.
    """
    source = _file(config)
    if not source.exists():
        raise StudyError(N_("There is no database yet at {file}"), file=str(source))
    if target.exists():
        raise StudyError(N_("{file} is there already; a backup overwrites nothing."), file=str(target))
    copy(source, target)
    _describe(session, target, examine(target))


def check(session: Session, file: Path) -> None:
    """Say whether *file* could take the database's place.

    Raises:
        StorageError: it could not.
    """
    found = examine(file)
    is_pending(found.version, versions())
    _describe(session, file, found)


def restore(session: Session, config: Config, file: Path) -> None:
    """Put *file* in the database's place; what was there is kept.

    Raises:
        StudyError: the database is not a file.
        StorageError: *file* is not sound, or a bot is using the database.
    """
    database = _file(config)
    check(session, file)
    own = database.with_name(f".{database.name}.restored")
    copy(file, own)
    try:
        kept = put_back(own, database)
    finally:
        own.unlink(missing_ok=True)
    if kept:
        _say(session, session.texts.gettext("What was there before is now {file}", file=str(kept)))
    asyncio.run(_bring_up_to_date(config))
    _say(session, session.texts.gettext("Restored. Start the bot again."))


async def _bring_up_to_date(config: Config) -> None:
    # Whoever has had their data deleted since that copy is deleted from it, too.
    url = locate(config.database_address, config.database_file)
    async with open_database(url, forgotten=config.forgotten):
        pass


def _file(config: Config) -> Path:
    file = sqlite_file(locate(config.database_address, config.database_file))
    if file is None:
        raise StudyError(
            N_("The database is on a PostgreSQL server: back it up with pg_dump, restore with pg_restore.")
        )
    return file


def _describe(session: Session, file: Path, found: Copy) -> None:
    size = f"{found.size_bytes / 1_000_000:.1f}"
    sentence = session.texts.ngettext(
        "{file} is sound: version {version}, {size} MB, {n} answer",
        "{file} is sound: version {version}, {size} MB, {n} answers",
        found.answers,
        file=str(file),
        version=found.version,
        size=size,
    )
    _say(session, sentence)


def _say(session: Session, sentence: str) -> None:
    session.out.print(shown(sentence), markup=False, soft_wrap=True)
