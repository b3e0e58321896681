"""What runs beside the answering: reading the notes, following their edits, and the sign of life."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from watchfiles import DefaultFilter, awatch

from bot.services.collections import Collection
from bot.services.files import write_whole
from bot.services.libraries import Libraries
from bot.services.presence import Presence
from knowledge.errors import NotesError
from storage.errors import StorageError

log = logging.getLogger(__name__)

BEAT_S: Final = 30.0
"""Between two signs of life; a reader takes the bot for dead after a few of them."""
_GATHER_MS: Final = 500
"""For which edits are gathered at most, so that one is searchable within 2 s."""
_STEP_MS: Final = 100
_LOOK_MS: Final = 3_000
"""Between two looks whether the folder is still the one that is watched."""
_AGAIN_S: Final = 5.0
DAY_S: Final = 86_400.0


async def tend_notes(libraries: Libraries, *, watch: bool, apart: Path | None = None) -> None:
    """Read the notes, then follow folders as they are edited and repositories as they grow, for ever.

    Args:
        libraries: whose notes.
        watch: whether to follow folders at all.
        apart: a folder that may lie among the notes and is none of theirs: what the bot itself writes to.

    Raises:
        NotesError: nothing can be read at the start; later failures are logged and shown by /notes status.
    """
    await libraries.start()
    for library in libraries.all:
        log.info("Notes read: %s sections, %s problems", len(library.index.sections), len(library.problems().problems))
    async with asyncio.TaskGroup() as together:
        if waiting := [one for one in libraries.collections if one.waits]:
            together.create_task(_read_waiting(libraries, waiting))
        for one in libraries.collections:
            if one.every is not None:
                together.create_task(_pull(libraries, one, one.every))
            elif watch:
                together.create_task(_tend(libraries, one, apart))
    await asyncio.Event().wait()


async def _read_waiting(libraries: Libraries, collections: Iterable[Collection]) -> None:
    """Read the PDFs that were left waiting, one collection after another, so that edits come in between."""
    for one in collections:
        await _read_again(libraries, one)


async def _pull(libraries: Libraries, collection: Collection, every: timedelta) -> None:
    """Fetch a repository again and again."""
    while True:
        told = collection.failure
        try:
            await libraries.fetch(collection)
        except NotesError as error:
            log.warning("The notes of %s cannot be read, the old ones stay: %s", collection.name, error)
        except Exception:
            # The outermost frame of a job: one repository that cannot be had must not end the bot.
            log.exception("%s cannot be fetched, the old notes stay", collection.name)
        failure = collection.failure
        if failure is not None and failure != told:
            log.warning("%s cannot be fetched, the old notes stay: %s", collection.name, failure.problem)
        await asyncio.sleep(every.total_seconds())


async def _tend(libraries: Libraries, collection: Collection, apart: Path | None) -> None:
    readable = collection.failure is None
    while True:
        if readable:
            await _follow(libraries, collection, apart)
        await asyncio.sleep(_AGAIN_S)
        readable = await _read_again(libraries, collection)


async def _follow(libraries: Libraries, collection: Collection, apart: Path | None) -> None:
    """Read a folder again after every edit, until it cannot be read or another folder has taken its place."""
    root = collection.folder.root
    watched = await asyncio.to_thread(_identity, root)
    edits = awatch(
        root,
        watch_filter=DefaultFilter(ignore_paths=[apart] if apart else None),
        debounce=_GATHER_MS,
        step=_STEP_MS,
        rust_timeout=_LOOK_MS,
        yield_on_timeout=True,
    )
    try:
        async for changes in edits:
            if changes and not await _read_again(libraries, collection):
                return
            # A watch stays with a folder that is moved away, and sees nothing of the one put in its place.
            if watched is None or await asyncio.to_thread(_identity, root) != watched:
                return
    except (OSError, RuntimeError) as error:  # watchfiles raises a RuntimeError for what its watcher meets
        log.warning("The notes cannot be watched, trying again: %s", error)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


async def _read_again(libraries: Libraries, collection: Collection) -> bool:
    """Return whether the folder could be read."""
    try:
        changes = await libraries.refresh(collection)
    except NotesError as error:
        log.warning("The notes cannot be read, the old ones stay: %s", error)
        return False
    except Exception:
        # The outermost frame of a job: an edit that no reader was made for must not end the bot.
        log.exception("The notes cannot be read, the old ones stay")
        return True
    for change in changes.values():
        if change:
            counts = len(change.added), len(change.changed), len(change.removed)
            log.info("Notes changed: %s added, %s changed, %s removed", *counts)
    return True


async def beat(path: Path, *, ready: Callable[[], bool], clock: Callable[[], datetime]) -> None:
    """Write every 30 seconds into *path* that the process lives, and whether it is connected."""
    failed = False
    while True:
        try:
            await asyncio.to_thread(write_whole, path, json.dumps({"at": clock().isoformat(), "ready": ready()}))
            failed = False
        except OSError as error:
            if not failed:
                log.warning("The sign of life cannot be written: %s", error)
            failed = True
        await asyncio.sleep(BEAT_S)


async def purge_left(presence: Presence) -> None:
    """Once a day delete what belongs to groups that removed the bot long ago."""
    await presence.compared()
    while True:
        try:
            if purged := await presence.purge():
                log.info("Groups that were left, deleted: %s", purged)
        except StorageError as error:
            log.warning("Groups that were left cannot be deleted: %s", error)
        except Exception:
            # The outermost frame of a job: one group that cannot be deleted must not end the bot for the others.
            log.exception("Groups that were left cannot be deleted")
        await asyncio.sleep(DAY_S)
