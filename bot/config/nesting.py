"""Collections that lie in one another: a file belongs to the innermost, so that no wider one shows it to others."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path, PurePosixPath

from bot.config.errors import refusal
from bot.config.model import Notes, NotesFolder, NotesRepository
from bot.errors import N_


def apart(outer: Notes, every: Iterable[Notes]) -> tuple[str, ...]:
    """Return the folders in *outer* that are collections of their own, by their names below its root."""
    names = {_below(outer, inner) for inner in every}
    return tuple(sorted(name for name in names if name and name != "."))


def require_distinct(notes: tuple[Notes, ...], where: str) -> None:
    """Refuse collections of one name, and one place that is given to different servers.

    Raises:
        ConfigError: at *where*, the name of the file.
    """
    for one, other in combinations(notes, 2):
        if one.called.casefold() == other.called.casefold():
            message = N_("notes: two collections are called {name}; give one of them another name")
            raise refusal(message, where, name=other.called)
        if _below(one, other) == "." and one.guilds != other.guilds:
            message = N_(
                "notes: {one} and {other} are the same folder; what only some servers may see needs one of its own"
            )
            raise refusal(message, where, one=one.called, other=other.called)


def _below(outer: Notes, inner: Notes) -> str | None:
    """Return the name of *inner* in *outer*, ``.`` if both are one place; None if it is not in it."""
    if inner is outer:
        return None
    match outer, inner:
        case NotesFolder(), NotesFolder():
            return _relative(outer.path.resolve(), inner.path.resolve())
        case NotesRepository(), NotesRepository() if (outer.remote, outer.branch) == (inner.remote, inner.branch):
            return _relative(PurePosixPath(outer.folder), PurePosixPath(inner.folder))
    return None


def _relative(outer: Path | PurePosixPath, inner: Path | PurePosixPath) -> str | None:
    return inner.relative_to(outer).as_posix() if inner.is_relative_to(outer) else None
