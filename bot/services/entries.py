"""A group's own questions as people see them: who may change what, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.errors import QuestionGoneError
from bot.services.groups import Who
from bot.services.questions import question_of
from bot.services.rounds import Asked
from knowledge.errors import Problem
from knowledge.questions.forms import Sheet
from knowledge.questions.model import Difficulty, Kind, Question
from storage.questions import GroupQuestion, State

__all__ = [
    "PAGE",
    "Blank",
    "Difficulty",
    "Editor",
    "Entry",
    "Filling",
    "Kind",
    "Known",
    "Listing",
    "Queue",
    "Refused",
    "Sheet",
    "State",
    "as_written",
    "editable",
    "entry_of",
    "seen",
]

PAGE: Final = 10
"""Questions of a page of a list."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody who deals with questions; *manages* is whether they may decide about those of others."""

    who: Who
    manages: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A question of the group's.

    Attributes:
        version: by which a decision names what it is about.
        reason: why it was rejected.
        editable: by whoever looks at it.
    """

    id: str
    number: int
    state: State
    version: int
    question: Question
    reason: str
    editable: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A page, counted from 0, of questions.

    Attributes:
        state: that all of them are in; None is any.
        everybody: those of all, and not only the reader's own.
    """

    entries: tuple[Entry, ...]
    page: int
    pages: int
    count: int
    state: State | None
    everybody: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The question that is to be decided about next, and how many there are; None if none is left."""

    entry: Entry | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Blank:
    """What a form is for: a new question of a kind, or (with *id* and *version*) the change of one."""

    kind: Kind
    difficulty: Difficulty
    id: str = ""
    version: int = 0

    def dumped(self) -> Mapping[str, Any]:
        """Return it for a draft."""
        return {"kind": self.kind, "difficulty": self.difficulty, "id": self.id, "version": self.version}


@dataclass(frozen=True, slots=True)
class Filling:
    """A form and what stands in it."""

    blank: Blank
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed cannot be a question; *draft_id* is where it is kept."""

    problems: tuple[Problem, ...]
    draft_id: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept at hand of a question, so that it can be offered while somebody types; *prompt* may be cut."""

    number: int
    prompt: str
    state: State
    author_id: int | None


def entry_of(row: GroupQuestion, editor: Editor) -> Entry:
    """Return a row as *editor* sees it."""
    return Entry(
        id=row.id,
        number=row.number,
        state=row.state,
        version=row.version,
        question=question_of(row),
        reason=row.reason,
        editable=editable(row, editor),
    )


def editable(row: GroupQuestion | Known, editor: Editor) -> bool:
    """Tell whether somebody may change a question: those who manage all, others their own until it is approved."""
    own = row.author_id == editor.who.user_id and row.state in {State.SUGGESTED, State.REJECTED}
    return editor.manages or own


def as_written(question: Question) -> Asked:
    """Return a question as if it were asked with its choices in the order written."""
    count = len(question.choices) or (2 if question.kind is Kind.TRUTH else 0)
    return Asked(
        round_id=0,
        guild_id=0,
        channel_id=0,
        source="",
        question=question,
        shuffle=tuple(range(count)),
        game_id=None,
        number=0,
        host_id=None,
        opened_at=None,
        closes_at=None,
    )


def seen(row: GroupQuestion | None, editor: Editor) -> GroupQuestion:
    """Return *row* if *editor* may see it.

    Raises:
        QuestionGoneError: there is no such question for them.
    """
    if row is None or not (editor.manages or row.author_id == editor.who.user_id):
        raise QuestionGoneError
    return row
