"""Files of questions into a group and out of it: looked at first, then imported whole or not at all."""

from __future__ import annotations

import asyncio
import base64
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.services.entries import Editor
from bot.services.question_errors import DraftGoneError, FileChangedError, FileTooLargeError, NothingToExportError
from bot.services.questions import body_of, question_of
from knowledge.errors import Problem
from knowledge.questions import exports, imports
from knowledge.questions.model import Question, question_id
from knowledge.questions.reading import Gathered
from storage import audit, drafts, questions
from storage.database import Connection, Database
from storage.drafts import Draft
from storage.questions import GroupQuestion, NewQuestion, State

MAX_BYTES: Final = 1_000_000
MOST_OWN: Final = 10_000
"""Questions of one group's own."""
_KIND: Final = "import"
_LONGEST_NAME: Final = 100


class Effect(StrEnum):
    """What an import does about a question of the file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    RETIRED = "retired"
    """The group has retired it, and it stays so."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do.

    Attributes:
        problems: all that is wrong with the file; if there are any, nothing of it is imported.
        effects: how many questions it would have each effect on.
        draft_id: where the file is kept for minutes; 0 if there are problems.
    """

    name: str
    problems: tuple[Problem, ...]
    effects: Counter[Effect]
    draft_id: int = 0


@dataclass(frozen=True, slots=True)
class _Step:
    effect: Effect
    question: Question
    row: GroupQuestion | None


class Importing:
    """Imports and exports a group's own questions."""

    def __init__(self, db: Database, *, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    async def look(self, editor: Editor, name: str, data: bytes) -> Preview:
        """Return what importing a file would do. Changes nothing, and keeps the file for minutes if it is fine.

        Args:
            editor: manages the group.
            name: of the file, hostile; its suffix tells a table from a question file.
            data: of the file.

        Raises:
            FileTooLargeError
        """
        if len(data) > MAX_BYTES:
            raise FileTooLargeError(MAX_BYTES // 1_000_000)
        name, guild_id = _plain(name), editor.who.guild_id
        found = await asyncio.to_thread(imports.read, data, name)
        async with self._db.reading() as conn:
            steps = await _plan(conn, guild_id, found.questions)
            problems = (*found.problems, *await _too_many(conn, guild_id, name, steps))
        effects = Counter(step.effect for step in steps)
        if problems or not steps:
            return Preview(name, problems or (Problem("there are no questions in it", name),), Counter())
        return Preview(name, (), effects, await self._keep(editor, name, data))

    async def commit(self, editor: Editor, draft_id: int) -> Preview:
        """Import the file that was looked at, all of it in one go; statistics of questions that it changes stay.

        Raises:
            DraftGoneError: that was long ago, or somebody else's, or it was imported.
            FileChangedError: the group has changed so that it no longer fits.
        """
        name, found = await self._found(editor, draft_id)
        async with self._db.begin() as conn:
            steps = await _plan(conn, editor.who.guild_id, found.questions)
            if not await drafts.drop(conn, draft_id):
                raise DraftGoneError
            if await _too_many(conn, editor.who.guild_id, name, steps):
                raise FileChangedError
            await self._write(conn, editor, steps)
            await audit.add(
                conn,
                "import questions",
                guild_id=editor.who.guild_id,
                user_id=editor.who.user_id,
                at=self._clock(),
                subject=name,
            )
        return Preview(name, (), Counter(step.effect for step in steps))

    async def export(self, editor: Editor, form: str) -> tuple[int, bytes]:
        """Return how many approved questions of its own the group has, and the file with them: yaml or csv.

        Raises:
            NothingToExportError: it has none.
        """
        async with self._db.reading() as conn:
            rows = await questions.listed(conn, editor.who.guild_id, state=State.APPROVED)
        if not rows:
            raise NothingToExportError
        write = exports.to_csv if form == "csv" else exports.to_yaml
        text = await asyncio.to_thread(lambda: write([question_of(row) for row in reversed(rows)]))
        return len(rows), text.encode()

    async def _keep(self, editor: Editor, name: str, data: bytes) -> int:
        body = json.dumps({"name": name, "data": base64.b64encode(data).decode()}, ensure_ascii=False)
        draft = Draft(editor.who.guild_id, editor.who.user_id, _KIND, body, self._clock())
        async with self._db.begin() as conn:
            return await drafts.keep(conn, draft)

    async def _found(self, editor: Editor, draft_id: int) -> tuple[str, Gathered]:
        async with self._db.reading() as conn:
            draft = await drafts.get(conn, draft_id, self._clock())
        owner = (editor.who.guild_id, editor.who.user_id, _KIND)
        if draft is None or (draft.guild_id, draft.user_id, draft.kind) != owner:
            raise DraftGoneError
        kept = json.loads(draft.body)
        found = await asyncio.to_thread(imports.read, base64.b64decode(kept["data"]), kept["name"])
        if found.problems:
            raise FileChangedError
        return kept["name"], found

    async def _write(self, conn: Connection, editor: Editor, steps: Sequence[_Step]) -> None:
        now, guild_id = self._clock(), editor.who.guild_id
        bodies = await asyncio.to_thread(lambda: [body_of(step.question) for step in steps])
        new = [
            NewQuestion(step.question.id, guild_id, body, State.APPROVED, now)
            for step, body in zip(steps, bodies, strict=True)
            if step.effect is Effect.NEW
        ]
        await questions.add_all(conn, guild_id, new)
        for step, body in zip(steps, bodies, strict=True):
            if step.effect is Effect.CHANGED and step.row is not None:
                await questions.change(conn, step.row, at=now, body=body, state=State.APPROVED, reason="")


async def _plan(conn: Connection, guild_id: int, found: Sequence[Question]) -> list[_Step]:
    """Return what is to be done about each question; a question in two languages counts as two of the group's."""
    rows = await questions.listed(conn, guild_id)
    return await asyncio.to_thread(_compared, guild_id, rows, found)


def _compared(guild_id: int, rows: Sequence[GroupQuestion], found: Sequence[Question]) -> list[_Step]:
    own = {row.id: row for row in rows}
    steps: dict[str, _Step] = {}
    for question in found:
        kept = question.id in own and question_of(own[question.id]).language == question.language
        key = question.id if kept else question_id("group", str(guild_id), question.id, question.language)
        made, row = replace(question, id=key, lines=None), own.get(key)
        steps[key] = _Step(_effect(made, row), made, row)
    return list(steps.values())


def _effect(question: Question, row: GroupQuestion | None) -> Effect:
    if row is None:
        return Effect.NEW
    if row.state is State.RETIRED:
        return Effect.RETIRED
    same = row.state is State.APPROVED and body_of(question) == body_of(question_of(row))
    return Effect.SAME if same else Effect.CHANGED


async def _too_many(conn: Connection, guild_id: int, name: str, steps: Sequence[_Step]) -> tuple[Problem, ...]:
    count = await questions.count(conn, guild_id) + sum(step.effect is Effect.NEW for step in steps)
    if count <= MOST_OWN:
        return ()
    values = (("count", count), ("limit", MOST_OWN))
    return (Problem("the group would have {count} questions, at most {limit} are kept", name, None, values),)


def _plain(name: str) -> str:
    """Return the name of a file without folders and what cannot be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(character for character in last if character.isprintable()).strip()
    return kept[-_LONGEST_NAME:] or "questions.yaml"
