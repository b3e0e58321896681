"""Reads PDFs, each once: what was found, and that one cannot be read, is kept by the file's content."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from knowledge.cache import Shelf
from knowledge.confined import Confined, ConfinedError, Limits
from knowledge.errors import NotesError, Problem
from knowledge.loaders import pdf
from knowledge.loaders.draft import Draft
from knowledge.names import stem_of

MAX_BYTES: Final = 30 * 1024 * 1024
LIMITS: Final = Limits(seconds=20.0)
VERSION: Final = 3
"""Raised when something else is made of a file than before: what is kept is then read anew."""
_SUFFIX: Final = ".pdf.json"
_FAILED: Final = "failed"
_AT: Final = "at"
AGAIN_S: Final = 86_400.0
"""After which a PDF is tried again whose reading took too long or killed the process: that may not be its own fault."""
_DAMAGED: Final = Problem("This file is damaged or no PDF. Save it anew from the program that it comes from.")
_OWN_FAULT: Final = {
    "LockedError": Problem("This PDF wants a password. Save it without one."),
    "MemoryError": Problem("Reading this PDF takes too much memory. It is left out until it changes."),
    "NoPageError": _DAMAGED,
    "PdfiumError": _DAMAGED,
}
"""By the kind of failure: what another reading would only find again."""
_SLOW: Final = Problem(
    "Reading this PDF takes too long. It is tried again when it changes, or with other notes after a day."
)
_PASSING: Final = Problem(
    "This PDF could not be read, perhaps because it takes too much memory. "
    "It is tried again when it changes, or with other notes after a day."
)
"""Of every other failure: it may lie in the machine, or in us."""


class WaitsError(Exception):
    """The PDF was never read, and is not to be read now."""


class Pdfs:
    """Makes drafts of PDFs. The process that reads them is started with the first that is not known.

    Args:
        cache: folder for what was found; None keeps nothing.
        confined: the process.
        now: False raises WaitsError for a PDF that is not known, as reading one may take seconds.
        clock: returns seconds since 1970.
    """

    def __init__(
        self, cache: Path | None, confined: Confined, *, now: bool = True, clock: Callable[[], float] = time.time
    ) -> None:
        self._shelf = Shelf(cache, _SUFFIX)
        self._confined = confined
        self._now = now
        self._clock = clock

    def draft(self, data: bytes, digest: str, file: str) -> Draft:
        """Return the draft of a PDF, a *failed* one if it cannot be read, which may be due again later.

        Args:
            data: the file.
            digest: of it.
            file: its name below the root.

        Raises:
            WaitsError
            NotesError: there is no room for the process that reads it; nothing is kept.
        """
        key = (str(VERSION), digest)
        kept = self._shelf.find(key, self._maker(file))
        if kept is not None:
            return kept
        if not self._now:
            raise WaitsError
        found = self._read(data, file)
        self._shelf.keep(key, found)
        return _draft(found, file)

    def is_due(self, draft: Draft) -> bool:
        """Tell whether a *failed* one is to be tried again."""
        passing = draft.failed and draft.until < math.inf
        return passing and not draft.until - AGAIN_S <= self._clock() < draft.until

    def remove_unused(self) -> None:
        """Forget the PDFs that nobody has had for long."""
        self._shelf.remove_unused()

    def _maker(self, file: str) -> Callable[[Any], Draft | None]:
        def made(found: Any) -> Draft | None:
            draft = _draft(found, file)
            return None if self.is_due(draft) else draft

        return made

    def _read(self, data: bytes, file: str) -> Mapping[str, Any]:
        kind = ""
        for _ in range(2):
            try:
                found: Mapping[str, Any] = self._confined.run(pdf.read, data=data).value
            except ConfinedError as error:
                kind = error.kind
            else:
                return found
            if kind != "died":  # else somebody may have ended the process: at once again, in a fresh one
                break
        if kind == "start":
            raise NotesError(
                "This machine has no room to read this PDF at the moment. It is tried again with the next reading.",
                file=file,
            )
        return {_FAILED: kind, _AT: self._clock()}


def _draft(found: Mapping[str, Any], file: str) -> Draft:
    if _FAILED not in found:
        return pdf.load(found, file)
    kind = found[_FAILED]
    told = _OWN_FAULT.get(kind) or (_SLOW if kind == "time" else _PASSING)
    language: Literal["en"] = "en"
    until = math.inf if kind in _OWN_FAULT else float(found.get(_AT, 0)) + AGAIN_S
    return Draft(stem_of(file), language, (), failed=True, problems=(Problem(told.message, file),), until=until)
