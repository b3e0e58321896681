"""Builds the bank of one state of the notes, taking over from the bank before what did not change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from knowledge.decoding import decode
from knowledge.errors import NotesError, Problem
from knowledge.files import File
from knowledge.index import Index
from knowledge.model import Note
from knowledge.questions import files, interviews, merging, reading
from knowledge.questions.bank import Bank
from knowledge.questions.model import Question
from knowledge.questions.reading import Gathered, Kept
from knowledge.sources import MAX_BYTES


def build(
    index: Index, root: Path, found: Sequence[File] = (), previous: Bank | None = None
) -> tuple[Bank, tuple[Problem, ...]]:
    """Return the questions that the notes give, and what is wrong with those left out.

    Reads files and takes up to some seconds for large notes, so on a thread. Of two questions with one id, that of a
    question file stands for that of a note.

    Args:
        index: of the notes.
        root: their folder.
        found: the question files in it.
        previous: the bank before; what files gave it is taken over while they are the same.
    """
    before: Kept = previous.kept if previous is not None else {}
    own = dict(_of_file(file, before) for file in found)
    notes = {
        (note.file, note.digest): before.get((note.file, note.digest)) or _of_note(note, root) for note in index.notes
    }
    written, problems = merging.merged({file: gathered for (file, _), gathered in own.items()})
    told = [problem for gathered in (*own.values(), *notes.values()) for problem in gathered.problems]
    problems = [*told, *problems, *merging.lost_sources(written, index)]
    problems.sort(key=lambda problem: (problem.file, problem.line or 0))
    return Bank(_all(written.values(), notes.values()), {**own, **notes}), tuple(problems)


def _all(written: Iterable[Sequence[Question]], notes: Iterable[Gathered]) -> Iterator[Question]:
    for questions in written:
        yield from questions
    for gathered in notes:
        yield from gathered.questions


def _of_file(file: File, before: Kept) -> tuple[tuple[str, str], Gathered]:
    """Return what a question file gives, under its name and digest."""
    name, path = file
    try:
        data = reading.whole(path, name, files.MAX_BYTES)
    except NotesError as error:
        return (name, ""), Gathered(problems=(error.problem,))
    key = (name, hashlib.sha256(data).hexdigest())
    return key, before.get(key) or files.parse(data, name)


def _of_note(note: Note, root: Path) -> Gathered:
    data = reading.of_note(root, note.file, MAX_BYTES) if interviews.may_hold(note) else None
    if data is None:
        return Gathered()
    try:
        return Gathered(*interviews.find(decode(data, note.file), note))
    except NotesError:  # changed since it was read: the next state of the notes tells
        return Gathered()
