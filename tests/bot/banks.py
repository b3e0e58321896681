"""Banks of known questions in place of those that the notes give."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.services.library import Library
from knowledge.errors import Problem
from knowledge.questions.bank import Bank
from knowledge.questions.model import Question


@dataclass(frozen=True, slots=True)
class Ready:
    """A bank that is not built of anything."""

    bank: Bank

    def get(self) -> tuple[Bank, tuple[Problem, ...]]:
        return self.bank, ()


def give(library: Library, *questions: Question) -> None:
    """Let the notes of *library*, which are loaded, give these questions and no others."""
    assert library.loaded is not None
    library.loaded = replace(library.loaded, questions=Ready(Bank(questions)))
