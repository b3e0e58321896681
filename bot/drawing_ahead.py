"""Draws what the answers of the notes will want before anybody asks, and takes away what nobody looks at any more."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Final

from bot.services.libraries import Libraries
from bot.services.library import Library
from drawing.studio import Order, Studio
from knowledge.index import Index
from knowledge.model import Note

log = logging.getLogger(__name__)

_LOOK_S: Final = 3.0
_DAY_S: Final = 24 * 3600.0

Orders = Callable[[Iterable[Note]], Iterable[Order]]
"""Returns what the answers of some notes want; takes long, and runs on a thread."""


async def draw_ahead(libraries: Libraries, studio: Studio, orders: Orders) -> None:
    """Draw whenever notes are there that were not there before; so for ever.

    Args:
        libraries: of the notes, read by somebody else.
        studio: draws.
        orders: of notes.
    """
    looked: dict[Library, Index] = {}
    known: frozenset[tuple[str, str]] = frozenset()
    while True:
        loaded = {library: library.loaded.index for library in libraries.all if library.loaded}
        if any(index is not looked.get(library) for library, index in loaded.items()):
            notes = {(note.file, note.digest): note for index in loaded.values() for note in index.notes}
            await _drawn(studio, orders, [note for key, note in notes.items() if key not in known])
            looked, known = loaded, frozenset(notes)
        await asyncio.sleep(_LOOK_S)


async def tidy(studio: Studio) -> None:
    """Once a day take away the pictures that nobody has seen for long; so for ever."""
    while True:
        await asyncio.to_thread(studio.clear_out)
        await asyncio.sleep(_DAY_S)


async def _drawn(studio: Studio, orders: Orders, notes: Iterable[Note]) -> None:
    def draw() -> None:
        for order in orders(notes):
            if studio.closed:
                return
            studio.draw(order)

    try:
        await studio.beside(draw)
    except Exception:
        # The outermost frame of a job: what is not drawn ahead is drawn when it is asked for.
        log.exception("Pictures cannot be drawn ahead")
