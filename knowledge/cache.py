"""What reading and segmenting notes took, on disk, so that a second start does nothing of it again.

One JSON file a note, named by a hash of all that its content depends on: it never goes stale, it is only no longer
asked for. Many processes may share a folder: a file is written aside and moved into place whole. What cannot be
read is made again; a folder that cannot be written is done without, and that is said once.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from knowledge.terms import TERMS_VERSION, SectionTerms, from_rows, rows

log = logging.getLogger(__name__)

UNUSED_DAYS = 30  # a file that no start has asked for in so long is removed
_TOUCH_S = 86_400
_SUFFIX = ".terms.json"
_PART = ".part"
MAX_FILE_BYTES = 200_000_000

_T = TypeVar("_T")


class Shelf:
    """Values that JSON can hold, by keys of texts; None for *folder* keeps nothing.

    Args:
        folder: made when first needed.
        suffix: of its files; other files in the folder are somebody else's.
        now: seconds since 1970, as file systems count.
    """

    def __init__(self, folder: Path | None, suffix: str, *, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._suffix = suffix
        self._now = now
        self._writable = folder is not None

    def find(self, key: tuple[str, ...], parse: Callable[[Any], _T]) -> _T | None:
        """Return what is kept under *key*, as *parse* reads it; None if there is nothing, or *parse* refuses it."""
        if self._folder is None:
            return None
        path = self._path(key)
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                return None
            value = parse(json.loads(path.read_bytes()))
            self._mark_used(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, TypeError, LookupError, RecursionError) as error:
            log.warning("Cache file %s is unreadable (%s) and is made again.", path.name, type(error).__name__)
            return None
        return value

    def keep(self, key: tuple[str, ...], value: Any) -> None:
        """Keep *value*; without a word if the folder has shown before that it cannot be written."""
        if self._folder is None or not self._writable:
            return
        data = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            write_atomically(self._path(key), data)
        except OSError as error:
            self._writable = False
            log.warning(
                "The cache %s cannot be written (%s): every start will read and segment the notes anew.",
                self._folder,
                error.strerror,
            )

    def remove_unused(self) -> int:
        """Remove files that nothing has asked for in 30 days; return how many."""
        if self._folder is None or not self._writable:
            return 0
        oldest = self._now() - UNUSED_DAYS * 86_400
        # Parts are what a process left that died while writing.
        paths = (path for suffix in (self._suffix, _PART) for path in self._folder.glob(f"*{suffix}"))
        return sum(_remove_if_older(path, oldest) for path in paths)

    def _mark_used(self, path: Path) -> None:
        if self._now() - path.stat().st_mtime > _TOUCH_S:
            try:
                os.utime(path, (self._now(), self._now()))
            except OSError:
                log.debug("Cache file %s cannot be marked as used.", path.name)

    def _path(self, key: tuple[str, ...]) -> Path:
        assert self._folder is not None  # noqa: S101 - callers have checked
        name = hashlib.sha256("\0".join(key).encode("utf-8", "surrogatepass")).hexdigest()[:40]
        return self._folder / (name + self._suffix)


class TermCache(Shelf):
    """A folder of segmented notes.

    Args:
        folder: see Shelf.
        vocabulary: identifies the user words and the segmenter in use.
        now: see Shelf.
    """

    def __init__(self, folder: Path | None, vocabulary: str, *, now: Callable[[], float] = time.time) -> None:
        super().__init__(folder, _SUFFIX, now=now)
        self._vocabulary = vocabulary

    def get(self, file: str, digest: str) -> tuple[SectionTerms, ...] | None:
        """Return the terms kept for the note, or None."""
        return self.find(self._key(file, digest), from_rows)

    def put(self, file: str, digest: str, terms: tuple[SectionTerms, ...]) -> None:
        """Keep the terms of the note."""
        self.keep(self._key(file, digest), rows(terms))

    def _key(self, file: str, digest: str) -> tuple[str, ...]:
        return str(TERMS_VERSION), self._vocabulary, file, digest


def write_atomically(path: Path, data: bytes) -> None:
    """Write *data* to *path* whole or not at all; the folder is made where it is missing. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=_PART)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _remove_if_older(path: Path, oldest: float) -> bool:
    try:
        if path.stat().st_mtime >= oldest:
            return False
        path.unlink()
    except OSError:
        return False
    return True
