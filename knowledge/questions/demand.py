"""The question bank of one state of the notes, built when somebody asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from knowledge.errors import Problem
from knowledge.files import File
from knowledge.index import Index
from knowledge.questions.bank import Bank
from knowledge.sources import Reading


class BankOnDemand:
    """The bank of one state of the notes, built when it is first asked for and once: most commands need none.

    Args:
        index: of the notes.
        root: their folder.
        read: what was read of it.
        previous: that of the state before, of which is taken over what was built.
    """

    def __init__(self, index: Index, root: Path, read: Reading, previous: BankOnDemand | None = None) -> None:
        self._lock = Lock()
        self._built: tuple[Bank, tuple[Problem, ...]] | None = None
        # Only the bank before, not the state before: chained, all states that ever were would stay in memory.
        before = previous.known if previous is not None else None
        self._parts: tuple[Index, Path, Sequence[File], Bank | None] | None = (index, root, read.questions, before)

    @property
    def known(self) -> Bank | None:
        """The bank, if it was built already."""
        return self._built[0] if self._built is not None else None

    def get(self) -> tuple[Bank, tuple[Problem, ...]]:
        """Return the bank and what is wrong with the questions left out; blocks for as long as build() takes."""
        with self._lock:
            if self._parts is not None:
                from knowledge.questions.building import build  # noqa: PLC0415 - 50 ms that most commands do without

                self._built, self._parts = build(*self._parts), None
            return self._built or (Bank(), ())
