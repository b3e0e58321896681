"""studybot questions import: question files made of other people's lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.text import Text

from bot.app import folder
from bot.commands.question_checks import ERROR, print_problems
from bot.commands.session import Session
from bot.config import Config, NotesFolder
from bot.errors import N_, StudyError
from bot.render.controls import shown
from bot.services.files import write_whole
from knowledge.errors import NotesError, Problem
from knowledge.files import find, is_question_file
from knowledge.places import Places
from knowledge.questions import building, exports, files, imports, merging, reading
from knowledge.questions.model import Question
from knowledge.questions.reading import Gathered


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
        print_problems(session, problems, ERROR)
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
    found = find(folder(notes, config)).questions
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
