"""What git ignores in a folder, told without git: every .gitignore on the way, and .git/info/exclude."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from pathlib import Path

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

log = logging.getLogger(__name__)

_MAX_BYTES = 1_000_000
_MAX_LINES = 10_000
# A pattern is somebody's text and becomes a regular expression: "*a*a*a*b" would take it minutes to refuse one name.
# The first place where the part between two stars fits is always good enough, so that nothing need be tried twice.
_STARS = re.compile(r"(?:\[\^/\]\*)+")
_BETWEEN_STARS = re.compile(r"\[\^/\]\*((?:(?!\[\^/\]\*)(?:\\.|\[\^/\]|[^/()\\]))+)(?=\[\^/\]\*)")
_MAX_STARS = 2  # left after that in one name; a line with more is not honoured
_MAX_DOUBLE_STARS = 3


class Ignored:
    """Tells which paths below *root* git would ignore. Reads each folder's .gitignore once.

    What stands above the root does not count: a group may well keep its notes in a folder that the repository around
    it ignores.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._specs: dict[tuple[str, ...], GitIgnoreSpec | None] = {}
        self._exclude = _spec(root / ".git" / "info" / "exclude")

    def ignores(self, parts: Sequence[str], *, folder: bool) -> bool:
        """Tell whether the entry itself is ignored; the folders above it are the caller's to ask for first.

        Args:
            parts: the names from the root down, as they are on disk.
            folder: it is one; patterns such as ``build/`` are for folders only.
        """
        for depth in range(len(parts) - 1, -1, -1):  # the nearest .gitignore has the last word
            said = _check(self._of(tuple(parts[:depth])), parts[depth:], folder=folder)
            if said is not None:
                return said
        return bool(_check(self._exclude, parts, folder=folder))

    def _of(self, folder: tuple[str, ...]) -> GitIgnoreSpec | None:
        if folder not in self._specs:
            self._specs[folder] = _spec(self._root.joinpath(*folder, ".gitignore"))
        return self._specs[folder]


def _check(spec: GitIgnoreSpec | None, parts: Sequence[str], *, folder: bool) -> bool | None:
    return spec.check_file("/".join(parts) + "/" * folder).include if spec is not None else None


def _spec(path: Path) -> GitIgnoreSpec | None:
    """Return the patterns of the file at *path*; None if there are none. Git does not follow a link here either."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            text = file.read(_MAX_BYTES).decode(errors="surrogateescape").removeprefix("\ufeff")
    except OSError:
        return None
    patterns = [pattern for line in text.splitlines()[:_MAX_LINES] if (pattern := _pattern(line)) is not None]
    return GitIgnoreSpec(patterns) if patterns else None


def _pattern(line: str) -> GitIgnoreSpecPattern | None:
    try:
        pattern = GitIgnoreSpecPattern(line)
        if pattern.regex is None:
            return None
        return GitIgnoreSpecPattern(re.compile(_bounded(pattern.regex.pattern)), pattern.include)
    except (ValueError, re.error):  # git skips what it cannot read, too
        log.debug("A line of a .gitignore is no pattern that can be used.")
        return None


def _bounded(regex: str) -> str:
    """Return an equal regular expression that cannot be made to run for long; raise ValueError if it still could."""
    atomic = _BETWEEN_STARS.sub(r"(?>[^/]*?\1)", _STARS.sub("[^/]*", regex))
    names = atomic.replace("[^/]", "?").split("/")
    if max(len(re.findall(r"(?<!>)\?\*", name)) for name in names) > _MAX_STARS:
        raise ValueError("too many stars")
    if atomic.count(".+") > _MAX_DOUBLE_STARS:
        raise ValueError("too many double stars")
    return atomic
