"""Reads PDFs, each once: what was found, and that one cannot be read, is kept by the file's content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from knowledge.cache import Shelf
from knowledge.confined import Confined, ConfinedError, Limits
from knowledge.errors import Problem
from knowledge.loaders import pdf, pdf_reader
from knowledge.loaders.draft import Draft
from knowledge.names import stem_of

MAX_BYTES: Final = 30 * 1024 * 1024
LIMITS: Final = Limits(seconds=20.0)
VERSION: Final = 1
"""Raised when pdf_reader finds more in a file than before: what is kept is then read anew."""
_SUFFIX: Final = ".pdf.json"
_FAILED: Final = "failed"
_FAILURES: Final = {
    "LockedError": Problem("This PDF wants a password. Save it without one."),
    "time": Problem("Reading this PDF takes too long. It is left out until it changes."),
    "died": Problem("Reading this PDF takes too much memory. It is left out until it changes."),
    "MemoryError": Problem("Reading this PDF takes too much memory. It is left out until it changes."),
}
_DAMAGED: Final = Problem("This file is damaged or no PDF. Save it anew from the program that it comes from.")


class WaitsError(Exception):
    """The PDF was never read, and is not to be read now."""


class Pdfs:
    """Makes drafts of PDFs. The process that reads them is started with the first that is not known.

    Args:
        cache: folder for what was found; None keeps nothing.
        confined: the process.
        now: False raises WaitsError for a PDF that is not known, as reading one may take seconds.
    """

    def __init__(self, cache: Path | None, confined: Confined, *, now: bool = True) -> None:
        self._shelf = Shelf(cache, _SUFFIX)
        self._confined = confined
        self._now = now

    def draft(self, data: bytes, digest: str, file: str) -> Draft:
        """Return the draft of a PDF, a *failed* one if it cannot be read.

        Args:
            data: the file.
            digest: of it.
            file: its name below the root.

        Raises:
            WaitsError
        """
        key = (str(VERSION), digest)
        kept = self._shelf.find(key, _maker(file))
        if kept is not None:
            return kept
        if not self._now:
            raise WaitsError
        found = self._read(data)
        self._shelf.keep(key, found)
        return _draft(found, file)

    def remove_unused(self) -> None:
        """Forget the PDFs that nobody has had for long."""
        self._shelf.remove_unused()

    def _read(self, data: bytes) -> Mapping[str, Any]:
        try:
            found: Mapping[str, Any] = self._confined.run(pdf_reader.text, data=data).value
        except ConfinedError as error:
            return {_FAILED: error.kind}
        return found


def _maker(file: str) -> Callable[[Any], Draft]:
    return lambda found: _draft(found, file)


def _draft(found: Mapping[str, Any], file: str) -> Draft:
    if _FAILED not in found:
        return pdf.load(found, file)
    told = _FAILURES.get(found[_FAILED], _DAMAGED)
    language: Literal["en"] = "en"
    return Draft(stem_of(file), language, (), failed=True, problems=(Problem(told.message, file),))
