"""Writing the group's own questions: members suggest, those who manage the server decide."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Final

from bot.errors import QuestionGoneError
from bot.services.bell import Bell
from bot.services.entries import (
    Blank,
    Editor,
    Entry,
    Filling,
    Refused,
    editable,
    entry_of,
    seen,
)
from bot.services.groups import Groups
from bot.services.question_errors import (
    DraftGoneError,
    FormTooSmallError,
    NotYourQuestionError,
    QuestionMovedError,
    TooManySuggestionsError,
)
from bot.services.questions import body_of, question_of, storable
from knowledge.questions import forms
from knowledge.questions.forms import Sheet
from knowledge.questions.model import Difficulty, Kind, Origin, Question
from storage import announcements, audit, drafts, questions, reports
from storage.database import Connection, Database
from storage.drafts import Draft
from storage.questions import GroupQuestion, NewQuestion, State

MOST_WAITING: Final = 30
"""Suggestions of one person that may wait for a decision."""
LONGEST_REASON: Final = 500
_EDIT: Final = "edit"


class Authoring:
    """The group's own questions. What is another group's is as if it were not there.

    Args:
        bell: rung when a channel is to be told something.
    """

    def __init__(
        self, db: Database, groups: Groups, *, bell: Bell, clock: Callable[[], datetime], rng: random.Random
    ) -> None:
        self._db = db
        self._groups = groups
        self._bell = bell
        self._clock = clock
        self._rng = rng

    async def form(self, editor: Editor, kind: Kind, difficulty: Difficulty) -> Filling:
        """Return the form for a new question, filled with what was refused in the last minutes."""
        kept = await self._kept(editor, _new(kind))
        return Filling(Blank(kind, difficulty), kept.sheet if kept else Sheet())

    async def form_of(self, editor: Editor, question_id: str, difficulty: Difficulty | None = None) -> Filling:
        """Return the form that changes a question, filled with it or with what was refused in the last minutes.

        Raises:
            QuestionGoneError, NotYourQuestionError
            FormTooSmallError: no form takes it.
        """
        async with self._db.reading() as conn:
            row = await _editable(conn, editor, question_id)
        question = question_of(row)
        sheet = forms.written(question)
        if sheet is None:
            raise FormTooSmallError
        blank = Blank(question.kind, difficulty or question.difficulty, row.id, row.version)
        kept = await self._kept(editor, _EDIT)
        return Filling(blank, kept.sheet if kept and kept.blank == blank else sheet)

    async def draft(self, editor: Editor, draft_id: int) -> Filling:
        """Return a form as it was when it was refused.

        Raises:
            DraftGoneError: that was long ago, or somebody else's.
        """
        async with self._db.reading() as conn:
            found = await drafts.get(conn, draft_id, self._clock())
        if found is None or (found.guild_id, found.user_id) != (editor.who.guild_id, editor.who.user_id):
            raise DraftGoneError
        return _filling(found.body)

    async def suggest(self, editor: Editor, filling: Filling, channel_id: int) -> Entry | Refused:
        """Keep a new question until somebody decides about it.

        Raises:
            TooManySuggestionsError: many of this person's wait already.
        """
        blank = filling.blank
        base = Question(self._new_id(), blank.kind, "", "en", "", blank.difficulty, Origin.GROUP)
        made = await asyncio.to_thread(forms.read, filling.sheet, base)
        if not isinstance(made, Question):
            return Refused(made, await self._keep(editor, _new(blank.kind), filling))
        who, now = editor.who, self._clock()
        new = NewQuestion(made.id, who.guild_id, body_of(made), State.SUGGESTED, now, who.user_id, channel_id)
        async with self._db.begin() as conn:
            own = await questions.count(conn, who.guild_id, state=State.SUGGESTED, author_id=who.user_id)
            if own >= MOST_WAITING:
                raise TooManySuggestionsError(MOST_WAITING)
            await questions.add(conn, new)
            await drafts.clear(conn, guild_id=who.guild_id, user_id=who.user_id, kind=_new(blank.kind))
            await self._groups.see(conn, who)
            return entry_of(await _row(conn, who.guild_id, made.id), editor)

    async def change(self, editor: Editor, filling: Filling) -> Entry | Refused:
        """Change a question; one that its author changes is to be decided about (again). Statistics stay.

        Raises:
            QuestionGoneError, NotYourQuestionError
            QuestionMovedError: somebody else was faster.
        """
        blank = filling.blank
        async with self._db.reading() as conn:
            row = await _editable(conn, editor, blank.id)
        base = replace(question_of(row), difficulty=blank.difficulty)
        made = await asyncio.to_thread(forms.read, filling.sheet, base)
        if not isinstance(made, Question):
            return Refused(made, await self._keep(editor, _EDIT, filling))
        async with self._db.begin() as conn:
            row = await _editable(conn, editor, blank.id)
            state = row.state if editor.manages else State.SUGGESTED
            await self._write(conn, editor, row, blank.version, body=body_of(made), state=state, reason="")
            await reports.close_all(conn, row.guild_id, row.id)
            await drafts.clear(conn, guild_id=row.guild_id, user_id=editor.who.user_id, kind=_EDIT)
            return entry_of(await _row(conn, row.guild_id, row.id), editor)

    async def approve(self, editor: Editor, question_id: str, version: int) -> Entry:
        """Let a question be asked from now on.

        Raises:
            QuestionGoneError, QuestionMovedError
        """
        return await self._move(editor, question_id, version, State.APPROVED)

    async def reject(self, editor: Editor, question_id: str, version: int, reason: str) -> Entry:
        """Turn a question down; its author reads the *reason*.

        Raises:
            QuestionGoneError, QuestionMovedError
        """
        return await self._move(
            editor, question_id, version, State.REJECTED, storable(" ".join(reason.split()))[:LONGEST_REASON]
        )

    async def retire(self, editor: Editor, question_id: str, version: int) -> Entry:
        """Let a question not be asked any more; what was answered stays.

        Raises:
            QuestionGoneError, QuestionMovedError
        """
        return await self._move(editor, question_id, version, State.RETIRED)

    async def _move(self, editor: Editor, question_id: str, version: int, to: State, reason: str = "") -> Entry:
        who = editor.who
        async with self._db.begin() as conn:
            row = await _row(conn, who.guild_id, question_id)
            if row.state is not to:
                await self._write(conn, editor, row, version, state=to, reason=reason, decided_by=who.user_id)
                await reports.close_all(conn, who.guild_id, question_id)
                await self._tell(conn, editor, row, to)
            moved = entry_of(await _row(conn, who.guild_id, question_id), editor)
        self._bell.ring()
        return moved

    async def _write(
        self, conn: Connection, editor: Editor, row: GroupQuestion, version: int, **values: object
    ) -> None:
        now, who = self._clock(), editor.who
        if row.version != version or not await questions.change(conn, row, at=now, **values):
            raise QuestionMovedError
        action = "change question" if "body" in values else f"question {values['state']}"
        await audit.add(conn, action, guild_id=who.guild_id, user_id=who.user_id, at=now, subject=f"#{row.number}")

    async def _tell(self, conn: Connection, editor: Editor, row: GroupQuestion, to: State) -> None:
        """Tell whoever suggested it, where they did, unless it was they who decided."""
        decided = row.state is State.SUGGESTED and to in {State.APPROVED, State.REJECTED}
        if not decided or row.channel_id is None or row.author_id in {None, editor.who.user_id}:
            return
        await announcements.add(
            conn, to, guild_id=row.guild_id, channel_id=row.channel_id, question_id=row.id, at=self._clock()
        )

    async def _kept(self, editor: Editor, kind: str) -> Filling | None:
        who = editor.who
        async with self._db.reading() as conn:
            found = await drafts.newest(conn, guild_id=who.guild_id, user_id=who.user_id, kind=kind, now=self._clock())
        return _filling(found.body) if found else None

    async def _keep(self, editor: Editor, kind: str, filling: Filling) -> int:
        body = json.dumps({"blank": filling.blank.dumped(), "sheet": asdict(filling.sheet)})
        async with self._db.begin() as conn:
            return await drafts.keep(conn, Draft(editor.who.guild_id, editor.who.user_id, kind, body, self._clock()))

    def _new_id(self) -> str:
        return f"{self._rng.getrandbits(64):016x}"


def _new(kind: Kind) -> str:
    return f"new:{kind}"


def _filling(body: str) -> Filling:
    values = json.loads(body)
    blank = values["blank"]
    kind, difficulty = Kind(blank["kind"]), Difficulty(blank["difficulty"])
    return Filling(Blank(kind, difficulty, blank["id"], blank["version"]), Sheet(**values["sheet"]))


async def _row(conn: Connection, guild_id: int, question_id: str) -> GroupQuestion:
    row = await questions.get(conn, guild_id, question_id)
    if row is None:
        raise QuestionGoneError
    return row


async def _editable(conn: Connection, editor: Editor, question_id: str) -> GroupQuestion:
    row = seen(await questions.get(conn, editor.who.guild_id, question_id), editor)
    if not editable(row, editor):
        raise NotYourQuestionError
    return row
