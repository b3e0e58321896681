"""Loads the notes for a command, with a progress bar on stderr where that takes long."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from bot.app import open_library
from bot.commands.session import Session
from bot.config import Config
from bot.errors import N_
from bot.i18n import Texts
from bot.render.controls import shown
from bot.services.collections import Collection
from bot.services.library import Library
from knowledge.errors import Problem
from knowledge.library import Stage

PATIENCE_S: Final = 1.0
"""What takes no longer shows no bar."""
_NAMES: Final = {
    Stage.READING: N_("Reading the notes"),
    Stage.SEGMENTING: N_("Finding the words"),
    Stage.INDEXING: N_("Building the index"),
}


def loaded_library(session: Session, config: Config) -> Library:
    """Return the notes, read and indexed.

    Raises:
        NotesError: they cannot be read.
    """
    session.mention_sample(config)
    library = open_library(config)
    with LoadingBar(session.err, session.texts) as bar:
        for one in library.collections:
            if not one.here:
                one.fetch()
        library.load(bar.show)
    for one in library.collections:
        if one.failure:
            session.err.print(shown(_told(one, one.failure.problem, session)), markup=False, soft_wrap=True)
    if config.notes and not library.index.notes:
        folders = ", ".join(one.place for one in library.collections)
        text = session.texts.gettext("There are no notes in {folder}", folder=shown(folders))
        session.err.print(text, markup=False, soft_wrap=True)
    return library


def _told(one: Collection, problem: Problem, session: Session) -> str:
    sentence = session.texts.gettext(problem.message, **dict(problem.values))
    # Of a folder a failure names no more than its last part: it is also told in chat.
    return sentence if one.every else f"{one.place}: {sentence}"


class LoadingBar:
    """Appears after a second, leaves nothing behind, and is never drawn where stderr is no terminal."""

    def __init__(self, console: Console, texts: Texts, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._texts = texts
        self._clock = clock
        self._began = clock()
        self._drawn = console.is_terminal
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console, transient=True
        )
        self._task: TaskID | None = None

    def __enter__(self) -> LoadingBar:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._progress.stop()

    def show(self, stage: Stage, done: int, total: int) -> None:
        """Show how much of *stage* is done."""
        if not self._drawn or self._clock() - self._began < PATIENCE_S:
            return
        name = self._texts.gettext(_NAMES[stage])
        if self._task is None:
            self._progress.start()
            self._task = self._progress.add_task(name)
        self._progress.update(self._task, description=name, completed=done, total=max(total, 1))
