"""The questions that a group can be asked: those of the notes, and the group's own."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.questions.bank import Bank
from storage.database import Database


class Questions:
    """Every question, by group."""

    def __init__(self, db: Database, notes: Callable[[], Bank]) -> None:
        self._db = db
        self._notes = notes

    async def bank(self, guild_id: int) -> Bank:
        """Return the questions that a group can be asked.

        Raises:
            NotesLoadingError: the notes have not been read yet.
        """
        return self._notes()
