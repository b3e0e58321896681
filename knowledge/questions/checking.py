"""Checks question files, and the interview notes beside them: what leaves them out, and what could be better."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.errors import NotesError, Problem
from knowledge.index import Index
from knowledge.questions import building, files, lint, merging, reading
from knowledge.questions.demand import Material
from knowledge.questions.reading import Gathered


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    Attributes:
        files: names of the question files that were looked at.
        questions: that can be asked, in each of their languages.
        ids: of these; a question has the same in both languages.
        errors: each leaves its file out.
        warnings: the questions are asked all the same.
    """

    files: tuple[str, ...]
    questions: int
    ids: frozenset[str]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def of_notes(material: Material) -> Report:
    """Return what there is to say of the question files and interview notes of a folder."""
    read = (building.of_file(file, {}, material.places) for file in material.files)
    own = {name: gathered for (name, _), gathered in read}
    notes = [building.of_note(note, material.places, {})[1] for note in material.index.notes]
    report = _report(own, material.index)
    told = [problem for gathered in notes for problem in gathered.problems]
    found = [question.id for gathered in notes for question in gathered.questions]
    return replace(
        report,
        questions=report.questions + len(found),
        ids=report.ids.union(found),
        warnings=_sorted((*report.warnings, *told)),
    )


def of_files(paths: Iterable[Path], index: Index | None = None) -> Report:
    """Return what there is to say of single question files, wherever they are.

    Args:
        paths: of the files.
        index: of the notes in which their sources are looked for; None leaves that out.
    """
    return _report({str(path): _read(path) for path in paths}, index)


def _read(path: Path) -> Gathered:
    try:
        return files.parse(reading.whole(path, str(path), files.MAX_BYTES), str(path))
    except NotesError as error:
        return Gathered(problems=(error.problem,))


def _report(own: Mapping[str, Gathered], index: Index | None) -> Report:
    written, between = merging.merged(own)
    errors = [problem for gathered in own.values() for problem in gathered.problems]
    lost = merging.lost_sources(written, index) if index is not None else ()
    ids = [question.id for questions in written.values() for question in questions]
    return Report(
        files=tuple(own),
        questions=len(ids),
        ids=frozenset(ids),
        errors=_sorted((*errors, *between)),
        warnings=_sorted((*lint.warnings(written), *lost)),
    )


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.file, problem.line or 0)))
