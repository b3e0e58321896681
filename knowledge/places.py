"""Where the files of notes are: in which folder each lies, and at which public address it can be read."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of one collection are.

    Attributes:
        root: their folder.
        prefix: what stands before their names below the root, with ``/`` at its end; empty where there is only one
            collection.
        url: what precedes ``/file.md`` in a public address; empty if they are not public.
    """

    root: Path
    prefix: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the files of all collections of an index are."""

    all: tuple[Place, ...] = ()

    def of(self, file: str) -> tuple[Place, str] | None:
        """Return the place of the collection that holds *file*, and the name below its root; None if none does."""
        for place in self.all:
            if file.startswith(place.prefix):
                return place, file.removeprefix(place.prefix)
        return None

    def prefix(self, file: str) -> str:
        """Return what stands before the name of *file* because of its collection."""
        found = self.of(file)
        return found[0].prefix if found else ""

    def path(self, file: str) -> Path | None:
        """Return where *file* really is; None if it is gone, or not inside the folder of its collection."""
        found = self.of(file)
        return inside(found[0].root, found[1]) if found else None


def inside(root: Path, name: str) -> Path | None:
    """Return where a file really is; None if it is gone, or not inside *root*.

    Args:
        root: a folder of notes.
        name: below it, with ``/``, NFC; on disk the names may be decomposed, as macOS writes them.
    """
    try:
        root = root.resolve()
        path = (root / name).resolve(strict=True) if (root / name).exists() else _decomposed(root, name)
    except (OSError, ValueError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
        return None
    return path if path.is_relative_to(root) else None


def _decomposed(root: Path, name: str) -> Path:
    """Return where a file is of whose folders and itself any may be called *name* in other letters.

    Raises:
        OSError: there is none.
    """
    place = root
    for part in PurePosixPath(name).parts:
        is_there = part.isascii() or (place / part).exists()
        others = () if is_there else (one for one in os.listdir(place) if unicodedata.normalize("NFC", one) == part)
        place /= next(iter(others), part)
    return place.resolve(strict=True)
