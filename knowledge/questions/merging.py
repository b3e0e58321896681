"""Puts question files together: one question may be in two languages, but must then be the same question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from knowledge.errors import Problem
from knowledge.index import Index
from knowledge.questions.bank import section_named
from knowledge.questions.model import Question
from knowledge.questions.reading import Gathered
from knowledge.questions.schema import filled


def merged(files: Mapping[str, Gathered]) -> tuple[dict[str, tuple[Question, ...]], list[Problem]]:
    """Return the questions of each file, and what is wrong between files.

    A file whose ids an earlier one has taken, or that says something else of the same question, is left out as a whole.

    Args:
        files: by name, in order.
    """
    kept: dict[str, tuple[Question, ...]] = {}
    problems: list[Problem] = []
    taken: dict[str, list[tuple[str, Question]]] = {}
    for file, gathered in files.items():
        own: dict[str, list[tuple[str, Question]]] = {}
        found = [fault for question in gathered.questions for fault in _faults(question, file, before=(taken, own))]
        if found:
            problems += found
            continue
        kept[file] = gathered.questions
        for key, questions in own.items():
            taken.setdefault(key, []).extend(questions)
    return kept, problems


def _faults(
    question: Question, file: str, *, before: Sequence[dict[str, list[tuple[str, Question]]]]
) -> Iterator[Problem]:
    """Yield what is wrong between *question* and those before it; the last of *before* then holds it, too."""
    line = question.lines[0] if question.lines else None
    for other_file, other in (known for held in before for known in held.get(question.id, ())):
        place = f"{other_file}:{other.lines[0] if other.lines else 1}"
        if other.language == question.language:
            problem = filled(Problem("this id is also used in {place}, in the same language"), place=place)
            yield replace(problem, file=file, line=line)
        elif _structure(other) != _structure(question):
            problem = Problem("this is no translation of {place}: kind, choices or answer are others")
            yield replace(filled(problem, place=place), file=file, line=line)
    before[-1].setdefault(question.id, []).append((file, question))


def _structure(question: Question) -> tuple[object, ...]:
    """Return what must be equal in two languages."""
    return question.kind, len(question.choices), question.right, question.pinned, question.partial


def lost_sources(files: Mapping[str, Sequence[Question]], index: Index) -> Iterator[Problem]:
    """Yield the sources that lead nowhere: the questions can be asked all the same."""
    leads: dict[tuple[str, str], bool] = {}
    for file, questions in files.items():
        for question in questions:
            key = (question.file, question.heading)
            if key not in leads:
                leads[key] = _leads_somewhere(*key, index)
            if not leads[key]:
                source = f"{question.file}#{question.heading}" if question.heading else question.file
                line = question.lines[0] if question.lines else None
                yield Problem("source: {source} is not in the notes", file, line, (("source", source),))


def _leads_somewhere(file: str, heading: str, index: Index) -> bool:
    note = index.note(file)
    if not file or note is None:
        return not file
    return not heading or section_named(note, heading) is not None
