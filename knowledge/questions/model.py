"""The values of the question bank: questions of every kind, as they are asked, stored and marked."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import IntEnum, StrEnum
from typing import Any, Final

from knowledge.model import Language

TRUE: Final = 0
FALSE: Final = 1
"""The choices of a true/false question, which has none written down."""
LONGEST_PROMPT: Final = 1_500
LONGEST_CHOICE: Final = 300
LONGEST_TEXT: Final = 6_000
"""Characters of an answer or an explanation."""
MOST_CHOICES: Final = 10
MOST_POINTS: Final = 10
"""Key points of an open question: a group of checkboxes holds no more."""


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    SEVERAL = "several"
    TRUTH = "truth"
    TYPED = "typed"
    ORDER = "order"
    OPEN = "open"


class Difficulty(IntEnum):
    """How hard a question is; decides what it is worth."""

    EASY = 1
    MEDIUM = 2
    HARD = 3


class Origin(StrEnum):
    """Where a question comes from."""

    NOTES = "notes"
    FILE = "file"
    GENERATED = "generated"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Question:
    """One question in one language.

    Attributes:
        id: 16 lower-case hex digits, see :func:`question_id`. The variants of a question in two languages share it,
            and an edit of the text leaves it alone, so that statistics stay.
        prompt: what is asked, Markdown, at most 1,500 characters.
        topic: plain text; the category heading of an interview file, else the folder or what the author wrote.
        choices: CHOICE and SEVERAL: 2 to 10 as written; ORDER: in the right order; else empty.
        right: CHOICE and SEVERAL: indexes of the right choices, ascending; TRUTH: (TRUE,) or (FALSE,); else empty.
        pinned: indexes of choices that stay last however the others are shuffled ("all of the above").
        partial: SEVERAL: a part of the right choices earns a part of the points.
        accepted: TYPED: every form that counts as right, the first is the one shown.
        tolerance: TYPED with a number: by how much an answer may differ, absolute; None where it is no number.
        points: OPEN: key points of a good answer.
        answer: the model answer, Markdown; empty where the choices say it all.
        explanation: why, Markdown; may be empty.
        file: of the notes, below their root with ``/``: where to read on; empty if there is none.
        heading: of the section in *file* to read; empty for the whole file.
        lines: first and last line of the question in the file that holds it, counted from 1; None for a GROUP one.
        author_id: user who wrote it and earns nothing by it; None for one from a file.
        vocabulary: GENERATED: it asks for a word in the other language, and for nothing about what that means.
    """

    id: str
    kind: Kind
    prompt: str
    language: Language
    topic: str
    difficulty: Difficulty = Difficulty.MEDIUM
    origin: Origin = Origin.FILE
    choices: tuple[str, ...] = ()
    right: tuple[int, ...] = ()
    pinned: tuple[int, ...] = ()
    partial: bool = False
    accepted: tuple[str, ...] = ()
    tolerance: float | None = None
    points: tuple[str, ...] = ()
    answer: str = ""
    explanation: str = ""
    file: str = ""
    heading: str = ""
    lines: tuple[int, int] | None = None
    author_id: int | None = None
    vocabulary: bool = False


def question_id(*parts: str) -> str:
    """Return the id made of what names a question for good, such as its file and its own id there."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def dump(question: Question) -> str:
    """Return *question* as JSON; :func:`restore` brings it back, also in later versions."""
    return json.dumps(asdict(question), ensure_ascii=False, separators=(",", ":"))


def restore(text: str) -> Question:
    """Return the question that :func:`dump` wrote.

    Raises:
        ValueError: it is no such text.
    """
    values: dict[str, Any] = json.loads(text)
    try:
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        enums = {
            "kind": Kind(values["kind"]),
            "difficulty": Difficulty(values["difficulty"]),
            "origin": Origin(values["origin"]),
        }
        return Question(**{**values, **lists, **enums})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a question: {error}") from error
