"""The question bank of one state of the notes, built when somebody asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from knowledge.errors import Problem
from knowledge.files import File
from knowledge.glossary import Glossary
from knowledge.index import Index
from knowledge.places import Places
from knowledge.questions.bank import Bank


@dataclass(frozen=True, slots=True)
class Material:
    """What a bank is built of.

    Attributes:
        index: of the notes.
        places: where their files are.
        files: the question files among them.
        terms: that can be relied on, those of one field side by side.
    """

    index: Index
    places: Places
    files: Sequence[File] = ()
    terms: Glossary = field(default_factory=lambda: Glossary(()))


class BankOnDemand:
    """The bank of one state of the notes, built when it is first asked for and once: most commands need none.

    Args:
        material: what it is built of.
        previous: that of the state before, of which is taken over what was built.
    """

    def __init__(self, material: Material, previous: BankOnDemand | None = None) -> None:
        self._lock = Lock()
        self._built: tuple[Bank, tuple[Problem, ...]] | None = None
        self._material: Material | None = material
        # Only the bank before, not the state before: chained, all states that ever were would stay in memory.
        self._before = previous.known if previous is not None else None

    @property
    def known(self) -> Bank | None:
        """The bank, if it was built already."""
        return self._built[0] if self._built is not None else None

    def get(self) -> tuple[Bank, tuple[Problem, ...]]:
        """Return the bank and what is wrong with the questions left out; blocks for as long as it takes to build."""
        with self._lock:
            if self._material is not None:
                from knowledge.questions import building  # noqa: PLC0415 - 50 ms that most commands do without

                self._built = building.build(self._material, self._before)
                self._material = self._before = None
            return self._built or (Bank(), ())
