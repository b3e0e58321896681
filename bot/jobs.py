"""What runs beside the answering: reading the notes, following their edits, and the sign of life."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from watchfiles import DefaultFilter, awatch

from bot.services.files import write_whole
from bot.services.library import Library
from bot.services.presence import Presence
from drawing.studio import Order, Studio
from knowledge.errors import NotesError
from knowledge.index import Index
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


async def tend_notes(library: Library, *, watch: bool, apart: Path | None = None) -> None:
    """Read the notes, then follow their edits for ever.

    Args:
        library: whose notes.
        watch: whether to follow them at all.
        apart: a folder that may lie among the notes and is none of theirs: what the bot itself writes to.

    Raises:
        NotesError: they cannot be read at the start; later failures are logged and shown by /notes status.
    """
    change = await library.refresh()
    log.info("Notes read: %s sections, %s problems", change.sections, change.problems)
    readable = True
    while watch:
        if readable:
            await _follow(library, apart)
        await asyncio.sleep(_AGAIN_S)
        readable = await _read_again(library)
    await asyncio.Event().wait()


async def _follow(library: Library, apart: Path | None) -> None:
    """Read the notes again after every edit, until they cannot be read or another folder has taken their place."""
    root = library.source.root
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
            if changes and not await _read_again(library):
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


async def _read_again(library: Library) -> bool:
    """Return whether the folder of the notes could be read."""
    try:
        change = await library.refresh()
    except NotesError as error:
        log.warning("The notes cannot be read, the old ones stay: %s", error)
        return False
    except Exception:
        # The outermost frame of a job: an edit that no reader was made for must not end the bot.
        log.exception("The notes cannot be read, the old ones stay")
        return True
    if change:
        counts = len(change.added), len(change.changed), len(change.removed)
        log.info("Notes changed: %s added, %s changed, %s removed", *counts)
    return True


async def draw_ahead(library: Library, studio: Studio, orders: Callable[[Index], Iterable[Order]]) -> None:
    """Draw what the answers of the notes will want, whenever the notes are others than before; so for ever.

    Args:
        library: of the notes, read by somebody else.
        studio: draws.
        orders: returns what the answers of some notes want; run on a thread.
    """
    drawn: Index | None = None
    await asyncio.to_thread(studio.clear_out)
    while True:
        index = library.loaded.index if library.loaded else None
        if index is not None and index is not drawn:
            try:
                await asyncio.to_thread(_prepare, studio, orders, index)
            except Exception:
                # The outermost frame of a job: what is not drawn ahead is drawn when it is asked for.
                log.exception("Pictures cannot be drawn ahead")
            drawn = index
        await asyncio.sleep(_LOOK_MS / 1000)


def _prepare(studio: Studio, orders: Callable[[Index], Iterable[Order]], index: Index) -> None:
    for order in orders(index):
        studio.draw(order)


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
