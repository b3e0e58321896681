"""Reads files of the notes' folder by their names below it, bounded and never from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import NotesError, Problem
from knowledge.places import inside
from knowledge.questions.model import Question


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one file gave."""

    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()


Kept = Mapping[tuple[str, str], Gathered]
"""What files gave, by name and digest."""


def of_note(root: Path, file: str, limit: int) -> bytes | None:
    """Return the bytes of *file*; None if it is gone, unreadable, outside *root* or larger than *limit* bytes.

    Args:
        root: the notes' folder.
        file: below it, with ``/``, NFC.
        limit: of bytes.
    """
    path = inside(root, file)
    try:
        data = _bounded(path, limit) if path is not None and path.is_file() else None
    except OSError:
        return None
    return data if data is not None and len(data) <= limit else None


def whole(path: Path, name: str, limit: int) -> bytes:
    """Return what *path* holds.

    Args:
        path: of a file.
        name: how messages call it.
        limit: of bytes; not much more than that is ever read.

    Raises:
        NotesError: it is no file, cannot be read, or is larger.
    """
    if not path.exists():
        raise NotesError("there is no such file", file=name)
    if not path.is_file():
        raise NotesError("this is not a file", file=name)
    try:
        data = _bounded(path, limit)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NotesError("cannot be read: {reason}", file=name, reason=reason) from error
    if len(data) > limit:
        raise NotesError("larger than {limit} MB: split it into several files", file=name, limit=limit // 1_000_000)
    return data


def _bounded(path: Path, limit: int) -> bytes:
    with path.open("rb") as file:
        return file.read(limit + 1)
