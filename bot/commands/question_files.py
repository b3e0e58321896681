"""studybot questions check and import: question files looked at, and made of other people's lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from rich.text import Text

from bot.commands.loading import loaded_library
from bot.commands.questions import counted, problem_record
from bot.commands.session import Session
from bot.config import Config, NotesFolder
from bot.errors import N_, StudyError
from bot.render.controls import shown
from bot.services.files import write_whole
from knowledge.errors import NotesError, Problem
from knowledge.files import Folder, find, is_question_file
from knowledge.places import Places
from knowledge.questions import building, checking, exports, files, imports, merging, reading
from knowledge.questions.checking import Report
from knowledge.questions.demand import Material
from knowledge.questions.model import Question
from knowledge.questions.reading import Gathered

_ERROR: Final = ("✗", "bold red")
_WARNING: Final = ("!", "yellow")


def check(session: Session, config: Config | None, paths: Sequence[Path], *, as_json: bool) -> bool:
    """Print what is wrong with question files and what could be better; return whether every file can be used.

    Args:
        session: of the command.
        config: of the notes, whose files are checked if none is named, and in which sources are looked for.
        paths: of the files.
        as_json: for programs.
    """
    report = _report(session, config, paths)
    if as_json:
        session.print_json(record(session, report))
        return not report.errors
    _print(session, report.errors, _ERROR)
    _print(session, report.warnings, _WARNING)
    values = {"files": len(report.files), "errors": len(report.errors), "warnings": len(report.warnings)}
    message = N_("Files: {files}. Questions: {questions}. Errors: {errors}. Warnings: {warnings}.")
    questions = counted(len(report.ids), report.questions, session.texts)
    session.out.print(session.texts.gettext(message, questions=questions, **values), markup=False, soft_wrap=True)
    return not report.errors


def record(session: Session, report: Report) -> dict[str, Any]:
    """Return what --json prints of a check."""
    return {
        "ok": not report.errors,
        "files": list(report.files),
        "questions": report.questions,
        "errors": [problem_record(session, problem) for problem in report.errors],
        "warnings": [problem_record(session, problem) for problem in report.warnings],
    }


def _report(session: Session, config: Config | None, paths: Sequence[Path]) -> Report:
    library = loaded_library(session, config) if config is not None else None
    loaded = library.loaded if library is not None else None
    if paths:
        index = loaded.index if loaded is not None and config is not None and config.notes else None
        return checking.of_files(paths, index)
    if library is None or loaded is None:  # configured by the command if no files are named
        return checking.of_files(())
    return checking.of_notes(Material(loaded.index, loaded.places, loaded.reading.questions))


def import_(session: Session, config: Config, path: Path, *, into: Path | None) -> bool:
    """Say what *path* holds and, if all of it is right, write it as a question file; return whether it is right.

    Args:
        session: of the command.
        config: of the notes.
        path: the list, table or question file.
        into: the file to write; relative to the notes' folder where one is configured.

    Raises:
        StudyError: the file cannot be written, or would not be found.
    """
    target = _target(session, config, into) if into is not None else None
    gathered = _imported(path)
    text = exports.to_yaml(gathered.questions)
    again = files.parse(text.encode(), str(into or path))
    problems = gathered.problems or again.problems or _clashes(config, target, gathered)
    if problems:
        _print(session, problems, _ERROR)
        session.out.print(session.texts.gettext("Nothing was imported."), markup=False)
        return False
    _tell(session, gathered.questions)
    if target is None:
        session.out.print(session.texts.gettext("Nothing was written: give --into FILE for that."), markup=False)
        return True
    _write(target, text)
    session.out.print(Text(shown(session.texts.gettext("Written to {file}", file=str(target)))), soft_wrap=True)
    return True


def _imported(path: Path) -> Gathered:
    try:
        return imports.read(reading.whole(path, str(path), imports.MAX_BYTES), str(path))
    except NotesError as error:
        return Gathered(problems=(error.problem,))


def _target(session: Session, config: Config, into: Path) -> Path:
    folder = _folder(config)
    root = folder.path if folder else None
    target = (root or session.folder) / into
    if target.exists():
        raise StudyError(N_("{file} is there already. Remove it first, or give another name."), file=str(target))
    inside = root is not None and target.is_relative_to(root)
    name = target.relative_to(root).as_posix() if inside and root is not None else target.name
    if not is_question_file(name):
        raise StudyError(N_("{name} would not be found as a question file: let it end in .questions.yaml"), name=name)
    return target


def _folder(config: Config) -> NotesFolder | None:
    """Return the first folder of notes; a repository is not written to."""
    return next((one for one in config.notes if isinstance(one, NotesFolder)), None)


def _clashes(config: Config, target: Path | None, gathered: Gathered) -> Sequence[Problem]:
    """Return what keeps the questions from standing beside those of the notes."""
    notes = _folder(config)
    if target is None or notes is None or not target.is_relative_to(notes.path):
        return ()
    found = find(Folder(notes.path, notes.include, notes.exclude)).questions
    own = {name: one for (name, _), one in (building.of_file(file, {}, Places()) for file in found)}
    kept = {name: Gathered(questions) for name, questions in merging.merged(own)[0].items()}
    return merging.merged({**kept, str(target): gathered})[1]


def _write(target: Path, text: str) -> None:
    try:
        write_whole(target, text)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StudyError(N_("{file} cannot be written: {reason}"), file=str(target), reason=reason) from None


def _tell(session: Session, questions: Iterable[Question]) -> None:
    by_kind = Counter(question.kind.value for question in questions)
    kinds = session.texts.listed(f"{kind} {count}" for kind, count in sorted(by_kind.items()))
    message = N_("Questions that can be imported: {count} ({kinds})")
    session.out.print(session.texts.gettext(message, count=by_kind.total(), kinds=kinds), markup=False)


def _print(session: Session, problems: Iterable[Problem], mark: tuple[str, str]) -> None:
    for problem in problems:
        sentence = session.texts.gettext(problem.message, **dict(problem.values))
        line = f"{problem.where}: {sentence}" if problem.where else sentence
        session.out.print(Text.assemble(mark, " ", shown(line)), soft_wrap=True)
