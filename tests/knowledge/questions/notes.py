"""Reads made-up notes and the questions in them."""

from __future__ import annotations

from knowledge.errors import Problem
from knowledge.loaders import LOADERS
from knowledge.model import Note
from knowledge.questions import interviews
from knowledge.questions.asking import Asked, asked
from knowledge.questions.model import Question
from knowledge.questions.page import Page


def note_of(text: str, file: str = "interview.md") -> Note:
    draft = LOADERS[".md"](text, file)
    return Note(file, "0" * 64, draft.title, draft.language, draft.sections)


def questions(text: str, file: str = "interview.md") -> tuple[Question, ...]:
    return interviews.find(text, note_of(text, file))[0]


def complaints(text: str, file: str = "interview.md") -> list[Problem]:
    return list(interviews.find(text, note_of(text, file))[1])


def found(text: str) -> list[Asked]:
    return asked(Page(text, "a.md"), 1_000)


def pairs(text: str) -> list[tuple[str, str]]:
    """Return what is asked and answered."""
    return [(one.prompt, one.answer) for one in found(text)]
