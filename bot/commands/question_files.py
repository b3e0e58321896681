"""studybot questions import: question files made of other people's lists."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
        into: the file to write; relative to where the command was started if that leads into the notes, else to the
            first folder of them.

    Raises:
        StudyError: the file cannot be written, would not be found, or its folder is not there.
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
    target = _place(session, config, into)
    if target.exists():
        raise StudyError(N_("{file} is there already. Remove it first, or give another name."), file=str(target))
    notes = _notes_of(target, config)
    name = _resolved(target).relative_to(notes.path.resolve()).as_posix() if notes is not None else target.name
    if not is_question_file(name):
        raise StudyError(N_("{name} would not be found as a question file: let it end in .questions.yaml"), name=name)
    if not target.parent.exists():
        message = N_("There is no folder {folder}. Create it first, or give another path.")
        raise StudyError(message, folder=str(target.parent))
    return target


def _place(session: Session, config: Config, into: Path) -> Path:
    """Return the whole path that *into* means."""
    here = Path(os.path.normpath(session.folder / into))
    first = next(_folders(config), None)
    if into.is_absolute() or first is None:
        return here
    there = Path(os.path.normpath(first.path / into))
    meant = here.parent.is_dir() or not there.parent.is_dir()
    return here if meant and _notes_of(here, config) is not None else there


def _folders(config: Config) -> Iterator[NotesFolder]:
    """Yield the folders of notes; a repository is not written to."""
    return (one for one in config.notes if isinstance(one, NotesFolder))


def _notes_of(path: Path, config: Config) -> NotesFolder | None:
    """Return the innermost folder of notes that *path* lies in."""
    around = [one for one in _folders(config) if _resolved(path).is_relative_to(one.path.resolve())]
    return max(around, key=lambda one: len(one.path.resolve().parts), default=None)


def _resolved(path: Path) -> Path:
    """Return *path* with the links on the way to it followed: where one stands is told without links."""
    return path.parent.resolve() / path.name


def _clashes(config: Config, target: Path | None, gathered: Gathered) -> Sequence[Problem]:
    """Return what keeps the questions from standing beside those of the notes."""
    notes = _notes_of(target, config) if target is not None else None
    if notes is None:
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
