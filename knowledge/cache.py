"""Segmented notes on disk, so that a second start segments nothing.

One JSON file a note, named by a hash of all that its terms depend on: it never goes stale, it is only no longer
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

from knowledge.terms import TERMS_VERSION, SectionTerms, from_rows, rows

log = logging.getLogger(__name__)

UNUSED_DAYS = 30  # a file that no start has asked for in so long is removed
_TOUCH_S = 86_400
_SUFFIX = ".terms.json"
_PART = ".part"
MAX_FILE_BYTES = 200_000_000


class TermCache:
    """A folder of segmented notes; None for *folder* keeps nothing.

    Args:
        folder: made when first needed.
        vocabulary: identifies the user words and the segmenter in use.
        now: seconds since 1970, as file systems count.
    """

    def __init__(self, folder: Path | None, vocabulary: str, *, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._vocabulary = vocabulary
        self._now = now
        self._writable = folder is not None

    def get(self, file: str, digest: str) -> tuple[SectionTerms, ...] | None:
        """Return the terms kept for the note, or None."""
        if self._folder is None:
            return None
        path = self._path(file, digest)
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                return None
            terms = from_rows(json.loads(path.read_bytes()))
            self._mark_used(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, TypeError, RecursionError) as error:
            log.warning("Cache file %s is unreadable (%s) and is made again.", path.name, type(error).__name__)
            return None
        return terms

    def put(self, file: str, digest: str, terms: tuple[SectionTerms, ...]) -> None:
        """Keep the terms of the note; without a word if the folder has shown before that it cannot be written."""
        if self._folder is None or not self._writable:
            return
        data = json.dumps(rows(terms), ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            write_atomically(self._path(file, digest), data)
        except OSError as error:
            self._writable = False
            log.warning(
                "The cache %s cannot be written (%s): every start will segment the notes anew.",
                self._folder,
                error.strerror,
            )

    def remove_unused(self) -> int:
        """Remove files that nothing has asked for in 30 days; return how many."""
        if self._folder is None or not self._writable:
            return 0
        oldest = self._now() - UNUSED_DAYS * 86_400
        # Parts are what a process left that died while writing.
        paths = (path for suffix in (_SUFFIX, _PART) for path in self._folder.glob(f"*{suffix}"))
        return sum(_remove_if_older(path, oldest) for path in paths)

    def _mark_used(self, path: Path) -> None:
        if self._now() - path.stat().st_mtime > _TOUCH_S:
            try:
                os.utime(path, (self._now(), self._now()))
            except OSError:
                log.debug("Cache file %s cannot be marked as used.", path.name)

    def _path(self, file: str, digest: str) -> Path:
        assert self._folder is not None  # noqa: S101 - callers have checked
        key = "\0".join((str(TERMS_VERSION), self._vocabulary, file, digest))
        return self._folder / (hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:40] + _SUFFIX)


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
