"""Collections that lie in one another: a file belongs to the innermost, so that no wider one shows it to others."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path, PurePosixPath

from bot.config.errors import refusal
from bot.config.model import KEPT_APART, Notes, NotesFolder, NotesRepository
from bot.errors import N_


def apart(outer: Notes, every: Iterable[Notes], data: Path) -> tuple[str, ...]:
    """Return the folders in *outer* that are not of its notes, by their names below its root.

    These are collections of their own, and what studybot keeps in *data*: repositories, which may be for others.
    """
    names = {_below(outer, inner) for inner in every if inner is not outer}
    if isinstance(outer, NotesFolder):
        kept = (data, *(data / name for name in KEPT_APART))
        names |= {_relative(outer.path.resolve(), place.resolve()) for place in kept}
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
        if _below(one, other) == "." and _branch(one) == _branch(other) and one.guilds != other.guilds:
            message = N_(
                "notes: {one} and {other} are the same folder; what only some servers may see needs one of its own"
            )
            raise refusal(message, where, one=one.called, other=other.called)


def _below(outer: Notes, inner: Notes) -> str | None:
    """Return the name of *inner* in *outer*, ``.`` if both are one place; None if it is not in it.

    A branch that is not named may be any. Taking two repositories for one only leaves out what another collection has.
    """
    match outer, inner:
        case NotesFolder(), NotesFolder():
            return _relative(outer.path.resolve(), inner.path.resolve())
        case NotesRepository(), NotesRepository() if _repository(outer) == _repository(inner):
            if outer.branch == inner.branch or "" in {outer.branch, inner.branch}:
                return _relative(PurePosixPath(outer.folder), PurePosixPath(inner.folder))
    return None


def _repository(notes: NotesRepository) -> tuple[str, str]:
    """Return what is the same for all addresses of a repository: by https or ssh, with ``.git`` or without."""
    remote = notes.remote
    if remote.scheme == "file":
        return "", str(Path(remote.path).resolve()).removesuffix(".git")
    return remote.host, remote.path.strip("/").removesuffix(".git").casefold()


def _branch(notes: Notes) -> str:
    return notes.branch if isinstance(notes, NotesRepository) else ""


def _relative(outer: Path | PurePosixPath, inner: Path | PurePosixPath) -> str | None:
    return inner.relative_to(outer).as_posix() if inner.is_relative_to(outer) else None
