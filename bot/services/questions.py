"""The questions that a group can be asked: those of the notes, and the group's own."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from knowledge.questions.bank import Bank
from knowledge.questions.model import Origin, Question, dump, restore
from storage import questions
from storage.database import Database
from storage.questions import GroupQuestion, State

_KEPT: Final = 200
"""Groups whose bank is kept at hand; the one not needed the longest makes room."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A bank, and of what it was made."""

    bank: Bank
    notes: Bank
    stamp: tuple[int, int, int]


class Questions:
    """Every question, by group.

    Args:
        notes: returns the questions of the notes that a group sees; raises NotesLoadingError until there are some.
    """

    def __init__(self, db: Database, notes: Callable[[int], Bank]) -> None:
        self._db = db
        self._notes = notes
        self._made: OrderedDict[int, _Made] = OrderedDict()

    async def bank(self, guild_id: int) -> Bank:
        """Return the questions that a group can be asked, as they are now.

        Raises:
            NotesLoadingError: the notes have not been read yet.
        """
        notes = self._notes(guild_id)
        # Looked at each time: another process may have changed the group's questions, too.
        async with self._db.reading() as conn:
            stamp = await questions.stamp(conn, guild_id)
            found = self._made.get(guild_id)
            if found is not None and found.notes is notes and found.stamp == stamp:
                self._made.move_to_end(guild_id)
                return found.bank
            own = await questions.listed(conn, guild_id, state=State.APPROVED) if stamp[0] else ()
        if not own:
            self._made.pop(guild_id, None)
            return notes
        bank = await asyncio.to_thread(lambda: Bank((*notes.all, *map(question_of, reversed(own)))))
        self._made[guild_id] = _Made(bank, notes, stamp)
        if len(self._made) > _KEPT:
            self._made.popitem(last=False)
        return bank


def question_of(row: GroupQuestion) -> Question:
    """Return the question that a row keeps, with its author."""
    return replace(restore(row.body), id=row.id, origin=Origin.GROUP, author_id=row.author_id)


def body_of(question: Question) -> str:
    """Return a question as a row keeps it: who wrote it stands elsewhere, where it can be forgotten."""
    return storable(dump(replace(question, origin=Origin.GROUP, author_id=None)))


def storable(text: str) -> str:
    """Return *text* as every database takes it: without NUL and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
