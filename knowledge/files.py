"""Which files of a folder are notes, and which are their pictures."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pathspec import GitIgnoreSpec

from knowledge.errors import NotesError, Problem
from knowledge.ignoring import Ignored
from knowledge.loaders import SUFFIXES

PICTURE_SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".webp", ".svg", ".bmp", ".tif", ".tiff", ".avif", ".heic"}
)
"""Of pictures and of what people take for one: that a kind cannot be shown is said where a note names it."""
MAX_NOTES = 20_000
MAX_QUESTION_FILES = 1_000
MAX_ENTRIES = 200_000  # files and folders looked at
MAX_DEPTH = 40  # folders below one another

_PRUNED = frozenset({"node_modules", "site-packages", "__pycache__", "licenses", "licences"})
_LICENCE = re.compile(
    r"(?:(?:un)?licen[cs]es?|copying|许可证|许可協議|许可协议|許可證|授权协议|授權條款)(?:[\W_\d].*)?|notice",
    re.IGNORECASE,
)
_VENV = "pyvenv.cfg"
_YAML = frozenset({".yaml", ".yml"})
_QUESTIONS = re.compile(r"(?:.*/)?(?:questions/.*|[^/]*\.questions|questions)\.ya?ml", re.IGNORECASE)

File = tuple[str, Path]
"""A file's name below the root (NFC, with ``/``), and where it is."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of notes, and which of its files count.

    Attributes:
        include: globs as in .gitignore, on names below the root; none means all.
        exclude: likewise; has the last word.
        apart: folders, by their names below the root, that are not of these notes, by whatever link they are reached.
    """

    root: Path
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds, each real file once, in order of name.

    Attributes:
        questions: YAML files named ``questions.yaml`` or ``*.questions.yaml``, and all below a folder ``questions``.
    """

    files: tuple[File, ...]
    pictures: tuple[File, ...]
    problems: tuple[Problem, ...] = ()
    questions: tuple[File, ...] = ()


def find(folder: Folder) -> Found:
    """Return the notes, pictures and question files of *folder*. It reads folders and .gitignore files, nothing else.

    Raises:
        NotesError: a glob of the configuration cannot be read.
    """
    include, exclude = _globs(folder.include), _globs(folder.exclude)
    walk = _Walk(folder, exclude)
    each: dict[str, Path] = {}
    for name, path in sorted(walk.files()):
        if each.setdefault(name, path) != path:
            walk.problems.append(Problem("Another file has the same name, only encoded differently. Rename it.", name))
    kept = [file for file in each.items() if exclude is None or not exclude.match_file(file[0])]
    notes = [file for file in kept if _suffix(file[0]) in SUFFIXES and (include is None or include.match_file(file[0]))]
    if len(notes) > MAX_NOTES:
        walk.problems.append(
            Problem("There are more than {limit} notes. The rest is left out.", values=(("limit", MAX_NOTES),))
        )
    pictures = tuple(file for file in kept if _suffix(file[0]) in PICTURE_SUFFIXES)
    questions = [file for file in kept if is_question_file(file[0])]
    if len(questions) > MAX_QUESTION_FILES:
        limit = (("limit", MAX_QUESTION_FILES),)
        walk.problems.append(Problem("There are more than {limit} question files. The rest is left out.", values=limit))
    return Found(tuple(notes[:MAX_NOTES]), pictures, tuple(walk.problems), tuple(questions[:MAX_QUESTION_FILES]))


def is_question_file(name: str) -> bool:
    """Tell whether a file with this name below the root is a question file."""
    return _suffix(name) in _YAML and _QUESTIONS.fullmatch(name) is not None


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _globs(lines: Sequence[str]) -> GitIgnoreSpec | None:
    if not lines:
        return None
    try:
        return GitIgnoreSpec.from_lines(unicodedata.normalize("NFC", line) for line in lines)
    except (ValueError, re.error) as error:
        globs = ", ".join(lines)
        raise NotesError("include or exclude holds a glob that cannot be read: {globs}", globs=globs) from error


Parts = tuple[str, ...]
"""The names from the root down, as they are on disk."""


class _Walk:
    """One walk through a folder. Real files come before those behind links, so that each keeps its own name."""

    def __init__(self, folder: Folder, exclude: GitIgnoreSpec | None) -> None:
        self.problems: list[Problem] = []
        self._root = Path(os.path.realpath(folder.root))
        self._apart = tuple(Path(os.path.realpath(self._root / name)) for name in folder.apart)
        self._ignored = Ignored(self._root)
        negated = exclude is not None and any(pattern.include is False for pattern in exclude.patterns)
        self._exclude = None if negated else exclude  # with a negation, a folder may hold what is not excluded
        self._folders: deque[Parts] = deque([()])
        self._links: deque[Parts] = deque()
        self._seen: set[str] = set()
        self._left = MAX_ENTRIES

    def files(self) -> Iterator[File]:
        """Yield the files found that count, in no useful order."""
        while self._folders or self._links:
            if self._folders:
                yield from self._entered(self._folders.popleft())
            else:
                yield from self._followed(self._links.popleft())

    def _entered(self, parts: Parts) -> Iterator[File]:
        real = os.path.realpath(self._root.joinpath(*parts))
        if real in self._seen or not Path(real).is_relative_to(self._root) or self._is_apart(Path(real)):
            return
        self._seen.add(real)
        try:
            for entry in self._entries(real, parts):
                place = (*parts, entry.name)
                if entry.is_symlink():
                    self._links.append(place)
                elif entry.is_dir(follow_symlinks=False):
                    if self._counts(place, folder=True):
                        self._folders.append(place)
                elif entry.is_file(follow_symlinks=False) and self._counts(place, folder=False):
                    yield from self._once(place, os.path.join(real, entry.name))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._tell(Problem("This folder cannot be read: {reason}", _name(parts), None, (("reason", reason),)))

    def _entries(self, real: str, parts: Parts) -> list[os.DirEntry[str]]:
        if len(parts) > MAX_DEPTH:
            self._tell(Problem("Folders are nested too deeply here. They are left out.", _name(parts)))
            return []
        with os.scandir(real) as scan:
            entries = sorted(islice(scan, self._left + 1), key=lambda entry: entry.name)
        if len(entries) > self._left:
            self._tell(
                Problem(
                    "There are more than {limit} files and folders. The rest is left out.",
                    values=(("limit", MAX_ENTRIES),),
                )
            )
            self._folders.clear()
        entries = entries[: self._left]
        self._left -= len(entries)
        return [] if parts and any(entry.name == _VENV for entry in entries) else entries

    def _followed(self, parts: Parts) -> Iterator[File]:
        """Yield the file behind a link, or leave its folder to be entered; what it leads to must count, too."""
        link = self._root.joinpath(*parts)
        try:
            real = link.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
            if self._counts(parts, folder=False):
                self._tell(Problem("This link leads nowhere.", _name(parts)))
            return
        folder = real.is_dir()
        if self._is_apart(real) or not self._counts(parts, folder=folder):
            return
        if not real.is_relative_to(self._root):
            self._tell(Problem("This link leads out of the notes folder. It is not followed.", _name(parts)))
        elif self._reachable(real.relative_to(self._root).parts):
            if folder:
                self._folders.append(parts)
            elif real.is_file():
                yield from self._once(parts, str(real))

    def _is_apart(self, real: Path) -> bool:
        return any(real.is_relative_to(folder) for folder in self._apart)

    def _reachable(self, parts: Parts) -> bool:
        """Tell whether nothing forbids the real place of a link: a hidden file is not to be had by another name."""
        folders = [parts[:depth] for depth in range(1, len(parts))]
        return all(
            self._allowed(folder, folder=True) and not self._root.joinpath(*folder, _VENV).exists()
            for folder in folders
        ) and (not parts or self._allowed(parts, folder=self._root.joinpath(*parts).is_dir()))

    def _allowed(self, parts: Parts, *, folder: bool) -> bool:
        base = parts[-1]
        if base.startswith(".") or (folder and base.lower() in _PRUNED) or self._ignored.ignores(parts, folder=folder):
            return False
        return not (folder and self._exclude is not None and self._exclude.match_file(_name(parts) + "/"))

    def _counts(self, parts: Parts, *, folder: bool) -> bool:
        """Tell whether an entry is a folder to enter, or a note, a picture or a question file."""
        base = parts[-1]
        if not folder and not _is_of_ours(parts):
            return False
        if not self._allowed(parts, folder=folder):
            return False
        if any(unicodedata.category(character) in {"Cc", "Cs"} for character in base):
            self._tell(Problem("The name holds characters that cannot be shown. Rename it.", _name(parts)))
            return False
        return True

    def _once(self, parts: Parts, real: str) -> Iterator[File]:
        if real not in self._seen:
            self._seen.add(real)
            yield _name(parts), self._root.joinpath(*parts)

    def _tell(self, problem: Problem) -> None:
        self.problems.append(problem)


def _is_of_ours(parts: Parts) -> bool:
    suffix = _suffix(parts[-1])
    if suffix in SUFFIXES:
        return not _LICENCE.fullmatch(Path(parts[-1]).stem)
    return suffix in PICTURE_SUFFIXES or is_question_file("/".join(parts))


def _name(parts: Parts) -> str:
    """Return the name that stands for *parts*; characters that cannot be shown as U+FFFD."""
    name = unicodedata.normalize("NFC", "/".join(parts))
    return "".join("\ufffd" if unicodedata.category(character) in {"Cc", "Cs"} else character for character in name)
