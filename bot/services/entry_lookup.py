"""A group's own questions, looked up: one of them, lists of them, the queue of those that wait for a decision."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from itertools import islice
from typing import Final

from bot.services.entries import PAGE, Editor, Entry, Known, Listing, Queue, editable, entry_of, seen
from bot.services.questions import question_of
from storage import questions
from storage.database import Database
from storage.questions import GroupQuestion, State

OFFERED: Final = 25
"""Questions that are offered while somebody types."""
LOOKED_THROUGH: Final = 2_000
_LONGEST: Final = 200
"""Characters of a question that are kept at hand: more are not shown where it is offered."""
_KEPT: Final = 50
"""Groups whose questions are kept at hand; the one not needed the longest makes room."""


class Lookup:
    """The group's own questions, for those who may see them. What is another group's is as if it were not there."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: OrderedDict[int, tuple[tuple[int, int, int], tuple[Known, ...]]] = OrderedDict()

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

    async def changeable(self, editor: Editor, typed: str) -> tuple[Known, ...]:
        """Return at most OFFERED questions that *editor* may change and whose number or text holds what was *typed*.

        The newest first; mostly from memory, where the newest LOOKED_THROUGH of a group are.
        """
        wanted = typed.strip().lstrip("#").casefold()
        known = (one for one in await self._known_of(editor.who.guild_id) if editable(one, editor))
        fitting = (one for one in known if str(one.number).startswith(wanted) or wanted in one.prompt.casefold())
        return tuple(islice(fitting, OFFERED))

    async def queue(self, editor: Editor, after: int = 0) -> Queue:
        """Return the first suggestion with a number above *after*, else the first of all."""
        guild_id = editor.who.guild_id
        async with self._db.reading() as conn:
            row = await questions.oldest(conn, guild_id, State.SUGGESTED, after)
            row = row or await questions.oldest(conn, guild_id, State.SUGGESTED)
            waiting = await questions.count(conn, guild_id, state=State.SUGGESTED)
        return Queue(entry_of(row, editor) if row else None, waiting)

    async def _known_of(self, guild_id: int) -> tuple[Known, ...]:
        async with self._db.reading() as conn:
            stamp = await questions.stamp(conn, guild_id)
            kept = self._known.get(guild_id)
            if kept is not None and kept[0] == stamp:
                self._known.move_to_end(guild_id)
                return kept[1]
            rows = await questions.listed(conn, guild_id, limit=LOOKED_THROUGH)
        known = await asyncio.to_thread(_known, rows)
        self._known[guild_id] = (stamp, known)
        self._known.move_to_end(guild_id)
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return known


def _known(rows: Sequence[GroupQuestion]) -> tuple[Known, ...]:
    return tuple(Known(row.number, question_of(row).prompt[:_LONGEST], row.state, row.author_id) for row in rows)
