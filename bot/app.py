"""Builds the parts from the configuration; nothing of Discord's is loaded before the bot itself is asked for."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import knowledge
from bot.config import Config, Notes, NotesFolder, NotesRepository, nesting
from bot.services.collections import About, Collection
from bot.services.libraries import Libraries, arranged
from bot.services.library import Library
from knowledge.files import Folder
from knowledge.git import Access, Git
from knowledge.git_source import GitSource, Repository

SAMPLE: Final = Path(knowledge.__file__).parent / "sample"
"""The notes that are used where none are configured."""


def _now() -> datetime:
    return datetime.now(UTC)


def open_library(config: Config, *, clock: Callable[[], datetime] = _now) -> Library:
    """Return all configured notes, whoever may see them, not yet read."""
    return Library(*collections(config, os.environ, clock=clock), cache=config.cache, clock=clock)


def open_libraries(config: Config, *, clock: Callable[[], datetime] = _now) -> Libraries:
    """Return the configured notes as each group may see them, not yet read."""
    return arranged(collections(config, os.environ, clock=clock), cache=config.cache, clock=clock)


def collections(config: Config, environ: Mapping[str, str], *, clock: Callable[[], datetime]) -> list[Collection]:
    """Return what *config* names, the sample notes if that is nothing.

    Args:
        config: as read.
        environ: of this process; git is told a part of it.
        clock: what time it is.
    """
    notes = config.notes or (NotesFolder(SAMPLE),)
    every = replace(config, notes=notes)
    return [_collection(one, every, environ, clock=clock) for one in notes]


def _collection(
    notes: Notes, config: Config, environ: Mapping[str, str], *, clock: Callable[[], datetime]
) -> Collection:
    prefix = f"{notes.called}/" if len(config.notes) > 1 else ""
    about = About(notes.name, prefix, notes.url, notes.guilds)
    if isinstance(notes, NotesFolder):
        return Collection(folder(notes, config), about, cache=config.cache, clock=clock)
    source = _source(notes, config, environ)
    return Collection(source, replace(about, name=notes.called), every=notes.every, cache=config.cache, clock=clock)


def folder(notes: NotesFolder, config: Config) -> Folder:
    """Return which files of a configured folder are its notes."""
    return Folder(notes.path, notes.include, notes.exclude, nesting.apart(notes, config.notes, config.data))


def _source(notes: NotesRepository, config: Config, environ: Mapping[str, str]) -> GitSource:
    remote = notes.remote
    files = (notes.include, notes.exclude, nesting.apart(notes, config.notes, config.data))
    wanted = Repository(remote, notes.branch, notes.folder, notes.private, *files)
    key = hashlib.sha256(f"{remote.address}\0{notes.branch}\0{notes.folder}".encode()).hexdigest()[:16]
    home = config.repositories / key
    host = urlsplit(remote.address).netloc if remote.scheme == "https" else ""
    token = next((secret.get_secret_value() for name, secret in config.git_tokens if name == host), "")
    safe = remote.path if remote.scheme == "file" else ""
    return GitSource(wanted, home, Git(home, Access(notes.called, host, token, safe), environ=environ))


def run(config: Config, token: str) -> None:
    """Serve Discord, or what the configuration names in its place, until SIGTERM or SIGINT; then close within 10 s.

    Raises:
        StudyError: Discord refuses the bot for good.
        NotesError: the notes cannot be read at the start.
    """
    from bot import online  # noqa: PLC0415 - other commands must wait neither for discord.py nor for the database

    online.point_at(config.discord_api, config.discord_gateway)
    asyncio.run(_run(config, token))


async def _run(config: Config, token: str) -> None:
    from bot import online  # noqa: PLC0415
    from bot.assembly import open_services  # noqa: PLC0415

    libraries = open_libraries(config)
    async with open_services(config, libraries) as services:
        await online.serve(config, services, token)
