"""Builds the parts from the configuration; nothing of Discord's is loaded before the bot itself is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import knowledge
from bot.config import Config, NotesFolder
from bot.services.library import Library
from knowledge.sources import Folder

SAMPLE: Final = Path(knowledge.__file__).parent / "sample"
"""The notes that are used where none are configured."""


def _now() -> datetime:
    return datetime.now(UTC)


def open_library(config: Config, *, clock: Callable[[], datetime] = _now) -> Library:
    """Return the configured notes, not yet read."""
    notes = config.notes or NotesFolder(SAMPLE)
    return Library(Folder(notes.path, notes.include, notes.exclude), cache=config.cache, clock=clock)


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

    library = open_library(config)
    async with open_services(config, library) as services:
        await online.serve(config, services, token)
