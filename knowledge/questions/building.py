"""Builds the bank of one state of the notes, taking over from the bank before what did not change."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import chain, islice
from typing import Final

from knowledge.decoding import decode
from knowledge.errors import NotesError, Problem
from knowledge.files import File
from knowledge.model import Note
from knowledge.places import Places
from knowledge.questions import files, generated, interviews, merging, reading
from knowledge.questions.bank import Bank
from knowledge.questions.demand import Material
from knowledge.questions.reading import Gathered, Kept
from knowledge.sources import MAX_BYTES

MOST: Final = 50_000
"""Questions of a bank, each language of one counted."""


def build(material: Material, previous: Bank | None = None) -> tuple[Bank, tuple[Problem, ...]]:
    """Return the questions that the notes give, and what is wrong with those left out.

    Reads files and takes up to some seconds for large notes, so on a thread. Of two questions with one id, that of a
    question file stands for that of a note.

    Args:
        material: where they are.
        previous: the bank before; what files gave it is taken over while they are the same.
    """
    before: Kept = previous.kept if previous is not None else {}
    own = dict(of_file(file, before, material.places) for file in material.files)
    notes = dict(of_note(note, material.places, before) for note in material.index.notes)
    made = dict([_made(material, before)])
    written, problems = merging.merged({file: gathered for (file, _), gathered in own.items()})
    told = [problem for gathered in (*own.values(), *notes.values()) for problem in gathered.problems]
    problems = [*told, *problems, *merging.lost_sources(written, material.index)]
    problems.sort(key=lambda problem: (problem.file, problem.line or 0))
    gathered = (one.questions for one in (*notes.values(), *made.values()))
    questions = list(islice(chain.from_iterable((*written.values(), *gathered)), MOST + 1))
    if len(questions) > MOST:
        limit = (("limit", MOST),)
        problems.append(Problem("There are more than {limit} questions. The rest is left out.", values=limit))
    return Bank(questions[:MOST], {**own, **notes, **made}), tuple(problems)


def of_file(file: File, before: Kept, places: Places) -> tuple[tuple[str, str], Gathered]:
    """Return what a question file gives, under its name and digest; from *before* if that has it."""
    name, path = file
    try:
        data = reading.whole(path, name, files.MAX_BYTES)
    except NotesError as error:
        return (name, ""), Gathered(problems=(error.problem,))
    key = (name, hashlib.sha256(data).hexdigest())
    return key, before.get(key) or _sourced(files.parse(data, name), places.prefix(name))


def _sourced(gathered: Gathered, prefix: str) -> Gathered:
    """Return *gathered* with its sources named as the notes are: with what stands before those of the collection."""
    if not prefix:
        return gathered
    questions = (replace(one, file=prefix + one.file) if one.file else one for one in gathered.questions)
    return replace(gathered, questions=tuple(questions))


def of_note(note: Note, places: Places, before: Kept) -> tuple[tuple[str, str], Gathered]:
    """Return what a note gives, under its name and digest; from *before* if that has it."""
    key = (note.file, note.digest)
    return key, before.get(key) or _read(note, places)


def _read(note: Note, places: Places) -> Gathered:
    found = places.of(note.file) if interviews.may_hold(note) else None
    data = reading.of_note(found[0].root, found[1], MAX_BYTES) if found else None
    if data is None:
        return Gathered()
    try:
        return Gathered(*interviews.find(decode(data, note.file), note))
    except NotesError:  # changed since it was read: the next state of the notes tells
        return Gathered()


def _made(material: Material, before: Kept) -> tuple[tuple[str, str], Gathered]:
    """Return the questions made from all notes together, under a digest of them and of the terms."""
    of_notes = (f"{note.file}\0{note.digest}" for note in material.index.notes)
    of_terms = ("\0".join(term.names) for term in material.terms.terms)
    digest = hashlib.sha256("\0".join((*of_notes, "", *of_terms)).encode("utf-8", "surrogatepass"))
    key = ("", digest.hexdigest())
    return key, before.get(key) or Gathered(generated.questions(material.index.notes, material.terms))
