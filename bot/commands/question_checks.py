"""studybot questions check: what is wrong with question files, and how many questions come from where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.text import Text

from bot.commands.loading import loaded_library
from bot.commands.questions import counted, problem_record
from bot.commands.session import Session
from bot.config import Config
from bot.errors import N_
from bot.i18n import Texts
from bot.render.controls import shown
from knowledge.errors import Problem
from knowledge.library import Loaded
from knowledge.questions import checking
from knowledge.questions.bank import Bank
from knowledge.questions.checking import Report
from knowledge.questions.demand import Material
from knowledge.questions.model import Origin

ERROR: Final = ("✗", "bold red")
_WARNING: Final = ("!", "yellow")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check looked at.

    Attributes:
        report: of the files.
        bank: all questions of the notes; None where files were named, of which alone the report tells.
    """

    report: Report
    bank: Bank | None

    @property
    def origins(self) -> dict[Origin, int]:
        """How many questions come from where; one in two languages counts once."""
        if self.bank is None:
            return {Origin.FILE: len(self.report.ids), Origin.NOTES: 0, Origin.GENERATED: 0}
        found = Counter(question.origin for question in self.bank.questions(generated=True))
        return {origin: found[origin] for origin in (Origin.FILE, Origin.NOTES, Origin.GENERATED)}


def check(session: Session, config: Config | None, paths: Sequence[Path], *, as_json: bool) -> bool:
    """Print what is wrong with question files and what could be better; return whether every file can be used.

    Args:
        session: of the command.
        config: of the notes, whose files are checked if none is named, and in which sources are looked for.
        paths: of the files.
        as_json: for programs.
    """
    checked = _checked(session, config, paths)
    report = checked.report
    if as_json:
        session.print_json(record(session, checked))
        return not report.errors
    print_problems(session, report.errors, ERROR)
    print_problems(session, report.warnings, _WARNING)
    session.out.print("\n".join(_summary(checked, session.texts)), markup=False, soft_wrap=True)
    return not report.errors


def record(session: Session, checked: Checked) -> dict[str, Any]:
    """Return what --json prints of a check."""
    report = checked.report
    return {
        "ok": not report.errors,
        "files": list(report.files),
        "questions": report.questions,
        "origins": {origin.value: count for origin, count in checked.origins.items()},
        "errors": [problem_record(session, problem) for problem in report.errors],
        "warnings": [problem_record(session, problem) for problem in report.warnings],
    }


def print_problems(session: Session, problems: Iterable[Problem], mark: tuple[str, str]) -> None:
    """Print each of *problems* on a line, with where it is, after a *mark* and its style."""
    for problem in problems:
        sentence = session.texts.gettext(problem.message, **dict(problem.values))
        line = f"{problem.where}: {sentence}" if problem.where else sentence
        session.out.print(Text.assemble(mark, " ", shown(line)), soft_wrap=True)


def _checked(session: Session, config: Config | None, paths: Sequence[Path]) -> Checked:
    library = loaded_library(session, config) if config is not None else None
    loaded = library.loaded if library is not None else None
    if paths or loaded is None:  # without named files the command gives a configuration
        index = loaded.index if loaded is not None and config is not None and config.notes else None
        return Checked(checking.of_files(paths, index), None)
    return Checked(_of_notes(loaded), loaded.bank)


def _of_notes(loaded: Loaded) -> Report:
    return checking.of_notes(Material(loaded.index, loaded.places, loaded.reading.questions))


def _summary(checked: Checked, texts: Texts) -> Iterator[str]:
    report, origins = checked.report, checked.origins
    ends = {"errors": len(report.errors), "warnings": len(report.warnings)}
    questions = counted(len(report.ids), report.questions, texts)
    if checked.bank is None:
        message = N_("Files: {files}. Questions: {questions}. Errors: {errors}. Warnings: {warnings}.")
        yield texts.gettext(message, files=len(report.files), questions=questions, **ends)
        return
    yield texts.gettext("Questions: {questions}", questions=questions)
    yield texts.gettext("  in question files: {n} (files: {files})", n=origins[Origin.FILE], files=len(report.files))
    yield texts.gettext("  written in the notes: {n}", n=origins[Origin.NOTES])
    made = N_("studybot can make {n} more from the notes: for where these are too few, or where a group wants them.")
    yield texts.gettext(made, n=origins[Origin.GENERATED])
    yield texts.gettext("Errors: {errors}. Warnings: {warnings}.", **ends)
