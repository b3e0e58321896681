"""A group's own questions, looked up: one of them, lists of them, the queue of those that wait for a decision."""

from __future__ import annotations

from itertools import islice
from typing import Final

from bot.services.entries import PAGE, Editor, Entry, Listing, Queue, editable, entry_of, seen
from storage import questions
from storage.database import Database
from storage.questions import State

OFFERED: Final = 25
"""Questions that are offered while somebody types."""
_LOOKED_THROUGH: Final = 300


class Lookup:
    """The group's own questions, for those who may see them. What is another group's is as if it were not there."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def entry(self, editor: Editor, question_id: str) -> Entry:
        """Return a question.

        Raises:
            QuestionGoneError: there is none of this id that *editor* may see.
        """
        async with self._db.reading() as conn:
            return entry_of(seen(await questions.get(conn, editor.who.guild_id, question_id), editor), editor)

    async def numbered(self, editor: Editor, number: int) -> Entry:
        """Return the question that the group calls by this number.

        Raises:
            QuestionGoneError: there is none that *editor* may see.
        """
        async with self._db.reading() as conn:
            row = await questions.numbered(conn, editor.who.guild_id, number)
            return entry_of(seen(row, editor), editor)

    async def listed(self, editor: Editor, *, state: State | None, everybody: bool, page: int = 0) -> Listing:
        """Return a page of questions, those of others only for those who manage; too big a page is the last."""
        everybody = everybody and editor.manages
        author = None if everybody else editor.who.user_id
        async with self._db.reading() as conn:
            count = await questions.count(conn, editor.who.guild_id, state=state, author_id=author)
            pages = max(1, -(-count // PAGE))
            page = min(page, pages - 1)
            rows = await questions.listed(
                conn, editor.who.guild_id, state=state, author_id=author, first=page * PAGE, limit=PAGE
            )
        entries = tuple(entry_of(row, editor) for row in rows)
        return Listing(entries, page, pages, count, state, everybody)

    async def changeable(self, editor: Editor, typed: str) -> tuple[Entry, ...]:
        """Return at most OFFERED questions that *editor* may change and whose number or text holds what was *typed*."""
        author = None if editor.manages else editor.who.user_id
        wanted = typed.strip().lstrip("#").casefold()
        async with self._db.reading() as conn:
            rows = await questions.listed(conn, editor.who.guild_id, author_id=author, limit=_LOOKED_THROUGH)
        entries = (entry_of(row, editor) for row in rows if editable(row, editor))
        fitting = (
            one for one in entries if str(one.number).startswith(wanted) or wanted in one.question.prompt.casefold()
        )
        return tuple(islice(fitting, OFFERED))

    async def queue(self, editor: Editor, after: int = 0) -> Queue:
        """Return the first suggestion with a number above *after*, else the first of all."""
        guild_id = editor.who.guild_id
        async with self._db.reading() as conn:
            row = await questions.oldest(conn, guild_id, State.SUGGESTED, after)
            row = row or await questions.oldest(conn, guild_id, State.SUGGESTED)
            waiting = await questions.count(conn, guild_id, state=State.SUGGESTED)
        return Queue(entry_of(row, editor) if row else None, waiting)
