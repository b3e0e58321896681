"""Where the sections of one state of the notes stand in the next, when few notes have changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Note, Section

MOST: Final = 400
"""Sections that are new, at most: for more, an index that is built anew is not much later."""


@dataclass(frozen=True, slots=True)
class Patch:
    """What of the sections stays.

    Attributes:
        places: for each section before, its number now; -1 if it is gone. Ascending.
        added: the notes that are new or changed, with the number of the first section of each, in order.
        size: how many sections there are now.
    """

    places: NDArray[np.int64]
    added: tuple[tuple[int, Note], ...]
    size: int

    def moved(self, numbers: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
        """Return *numbers* of sections as they are now, without what has none left."""
        now = self.places.tolist()
        found = {key: [now[old] for old in olds if now[old] >= 0] for key, olds in numbers.items()}
        return {key: places for key, places in found.items() if places}

    def spread(self, values: NDArray[np.float32], added: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return *values* of the sections before at their numbers now, with those *added* in order between them."""
        spread = np.empty(self.size, np.float32)
        stays = self.places >= 0
        new = np.ones(self.size, np.bool_)
        new[self.places[stays]] = False
        spread[self.places[stays]] = values[stays]
        spread[new] = added
        return spread


def patch(before: Sequence[Note], after: Sequence[Note]) -> Patch | None:
    """Return what changed; None if that is much, or if notes changed places among each other."""
    old = {(note.file, note.digest): number for number, note in _numbered(before)}
    places = np.full(sum(len(note.sections) for note in before), -1, np.int64)
    added: list[tuple[int, Note]] = []
    size = 0
    for number, note in _numbered(after):
        first = old.get((note.file, note.digest))
        if first is None:
            added.append((number, note))
        else:
            places[first : first + len(note.sections)] = np.arange(number, number + len(note.sections))
        size = number + len(note.sections)
    stays = places[places >= 0]
    if sum(len(note.sections) for _, note in added) > MOST or not bool((np.diff(stays) > 0).all()):
        return None
    return Patch(places, tuple(added), size)


def twins(known: Mapping[str, Section], now: Mapping[str, Section]) -> dict[str, Section]:
    """Return the twins that both still stand, as they are *now*."""
    pairs = ((key, now.get(twin.id)) for key, twin in known.items() if key in now)
    return {key: twin for key, twin in pairs if twin is not None}


def _numbered(notes: Sequence[Note]) -> list[tuple[int, Note]]:
    numbered, first = [], 0
    for note in notes:
        numbered.append((first, note))
        first += len(note.sections)
    return numbered
