"""Reads the configuration's YAML file into plain values with their lines; refuses what only attacks use."""

from __future__ import annotations

from pathlib import Path

from bot.config.errors import ConfigError, Fault, refusal
from knowledge import documents
from knowledge.documents import Document
from knowledge.errors import NotesError, Problem

MAX_BYTES = 1_000_000


def read(path: Path, name: str) -> Document:
    """Return what *path* holds; an empty file holds an empty mapping.

    Args:
        path: of the file.
        name: how messages call it.

    Raises:
        ConfigError: not readable, too large, not UTF-8, not YAML, or not a mapping.
    """
    try:
        document = documents.parse(_text(path, name), name)
    except NotesError as error:
        raise ConfigError([_fault(error.problem)]) from None
    if document.problems:
        raise ConfigError(map(_fault, document.problems))
    return document


def _fault(problem: Problem) -> Fault:
    return Fault(problem.message, problem.where, problem.values)


def _text(path: Path, name: str) -> str:
    if not path.exists():
        raise refusal("there is no such file", name)
    if not path.is_file():
        raise refusal("this is not a file", name)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise refusal("cannot be read: {reason}", name, reason=error.strerror or str(error)) from None
    if len(content) > MAX_BYTES:
        raise refusal("larger than {limit} MB: this is not a configuration", name, limit=MAX_BYTES // 1_000_000)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refusal("the file must be saved as UTF-8", f"{name}:{line}") from None
