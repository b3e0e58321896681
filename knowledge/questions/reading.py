"""Reads files of the notes' folder by their names below it, bounded and never from outside."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import NotesError, Problem
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
        file: below it, with ``/``, NFC; on disk the name may be decomposed, as macOS writes it.
        limit: of bytes.
    """
    for name in dict.fromkeys((file, unicodedata.normalize("NFD", file))):
        try:
            path = (root / name).resolve(strict=True)
            if not path.is_relative_to(root.resolve()) or not path.is_file():
                continue
            data = _bounded(path, limit)
        except (OSError, ValueError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
            continue
        return data if len(data) <= limit else None
    return None


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
