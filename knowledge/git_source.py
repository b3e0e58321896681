"""A git repository as a source of notes: fetched shallow into a folder of its own, each state whole or not at all.

``repository`` holds what git knows, ``trees/<name>`` the files of one commit, and ``state.json`` says which of them is
served. A new commit gets a new tree beside the old one; writing ``state.json`` is what puts it in its place, so that
whoever dies before that leaves the old state behind, and after it the new one. Only kinds of files that are read here
are written at all, and where the server can do it, only they are fetched.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from knowledge import git_locks, git_url
from knowledge.cache import write_atomically
from knowledge.errors import NotesError
from knowledge.files import PICTURE_SUFFIXES, Folder
from knowledge.git import UNTOLD, Git, too_large
from knowledge.git_hosts import require_public
from knowledge.git_url import Remote
from knowledge.loaders import SUFFIXES

log = logging.getLogger(__name__)

MAX_BYTES: Final = 1024**3
"""Of the files of one state."""
MAX_FILES: Final = 200_000
FETCH_S: Final = 600.0
_LOCAL_S: Final = 120.0
_LOOK_S: Final = 0.5
_MOST_PACKS: Final = 30
"""Fetches after which what git keeps of old states is thrown away, with all the rest."""
_KEPT_TREES: Final = 2
_LONGEST_SUBJECT: Final = 200
_NO_DATE: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_DATE: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""Later ones are too late in some time zone."""
_ID: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_FETCHED: Final = "refs/studybot/fetched"
_ALSO: Final = (".yaml", ".yml", ".gitignore", "pyvenv.cfg")


@dataclass(frozen=True, slots=True)
class Commit:
    """A state of a repository. *subject* is the first line of its message, as its author wrote it."""

    id: str
    at: datetime
    subject: str

    @property
    def short(self) -> str:
        """As much of the id as people write."""
        return self.id[:8]


@dataclass(frozen=True, slots=True)
class Repository:
    """What is read.

    Attributes:
        branch: empty for the one that the repository itself takes for its main one.
        folder: below its root, in which the notes are; empty for the root.
        private: whether its host may be in a network that is not public.
        include: see Folder.
        exclude: see Folder.
        apart: see Folder.
    """

    remote: Remote
    branch: str = ""
    folder: str = ""
    private: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _State:
    """The state that is served, and the name of its tree."""

    commit: Commit
    tree: str


class GitSource:
    """A repository, and the newest state of it that was fetched.

    Args:
        wanted: what is read.
        home: a folder of its own; made when first needed.
        git: runs there.
    """

    def __init__(self, wanted: Repository, home: Path, git: Git) -> None:
        self._wanted = wanted
        self._home = home
        self._git = git
        self._bare = home / "repository"
        self._state = self._kept()

    @property
    def commit(self) -> Commit | None:
        """The state that is served; None before the first fetch."""
        return self._state.commit if self._state else None

    @property
    def folder(self) -> Folder:
        """Where the notes of that state are; a folder that is not there before the first fetch."""
        wanted, root = self._wanted, self._tree(self._state.tree) if self._state else self._home / "none"
        return Folder(root / wanted.folder, wanted.include, wanted.exclude, wanted.apart)

    @property
    def public_url(self) -> str:
        """What precedes ``/file.md`` in the address of a file on the web; empty where that is not known."""
        return git_url.page(self._wanted.remote, self._state.commit.id, self._wanted.folder) if self._state else ""

    @property
    def commit_url(self) -> str:
        """Where the commit that is served can be read on the web; empty where that is not known."""
        return git_url.commit_page(self._wanted.remote, self._state.commit.id) if self._state else ""

    @property
    def places(self) -> tuple[str, ...]:
        """Places on this machine that messages must not name, the longest first."""
        remote = self._wanted.remote
        own = (str(self.folder.root), str(self._home))
        return (*own, remote.path.rstrip("/")) if remote.scheme == "file" else own

    def fetch(self) -> Commit:
        """Bring the newest state, and serve it from now on. Blocks for as long as the network takes.

        Raises:
            NotesError: it cannot be had or kept; the state before goes on being served.
        """
        self._git.hold(self._wanted.remote, require_public(self._wanted.remote, private=self._wanted.private))
        try:
            return self._brought()
        except OSError as error:
            raise NotesError(
                "The repository {name} cannot be kept in the data folder: {reason}",
                name=self._wanted.remote.name,
                reason=error.strerror or type(error).__name__,
            ) from error

    def stop(self) -> None:
        """End a fetch that is going on, from another thread, for good."""
        self._git.stop()

    def _brought(self) -> Commit:
        self._home.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._state = self._kept()  # another process may have fetched
            edited, commit = self._is_edited(), self._fetched()
            if self._state is None or self._state.commit.id != commit.id or edited:
                self._serve(_State(commit, self._checked_out(commit)))
            self._clear_out()
        return commit

    def _fetched(self) -> Commit:
        """Fetch into what was fetched before, or all anew if git cannot work with that, as after a power cut."""
        git_locks.remove_left(self._bare)
        try:
            return self._newest()
        except NotesError as error:
            if error.problem.message != UNTOLD or not self._bare.exists():
                raise
        shutil.rmtree(self._bare, ignore_errors=True)
        return self._newest()

    def _newest(self) -> Commit:
        packs = list(self._bare.glob("objects/pack/*.pack"))
        if not (self._bare / "HEAD").exists() or len(packs) > _MOST_PACKS or not _fits(self._bare):
            shutil.rmtree(self._bare, ignore_errors=True)
            self._run("init", "--quiet", "--bare", "--", str(self._bare), here=False)
        self._run("config", "remote.origin.url", self._wanted.remote.address)
        what = f"refs/heads/{self._wanted.branch}" if self._wanted.branch else "HEAD"
        options = ("--depth=1", "--no-tags", "--no-recurse-submodules", "--force", "--quiet", "--filter=blob:none")
        self._run("fetch", *options, "--", "origin", f"+{what}:{_FETCHED}", seconds=FETCH_S, into=(self._bare,))
        told = self._run("log", "--max-count=1", "--format=%H%x00%ct%x00%s", _FETCHED, "--")
        name, seconds, subject = [*told.rstrip("\n").split("\0", 2), "", ""][:3]
        if not _ID.fullmatch(name):
            raise NotesError(UNTOLD, name=self._wanted.remote.name, reason="log")
        return Commit(name, _date(seconds), subject[:_LONGEST_SUBJECT])

    def _checked_out(self, commit: Commit) -> str:
        """Write the files of a commit into a new tree and return its name."""
        name = f"{commit.id[:12]}-{secrets.token_hex(4)}"
        tree, patterns = self._tree(name), self._bare / "info" / "sparse-checkout"
        what = ("--work-tree", str(tree), "read-tree", "--reset", "-u", commit.id)
        tree.mkdir(parents=True)
        try:
            patterns.parent.mkdir(exist_ok=True)
            patterns.write_text("\n".join(_patterns(self._wanted.folder)) + "\n", "utf-8")
            self._run(*what, seconds=FETCH_S, index=self._index(name), into=(tree, self._bare))
            self._require_folder(tree)
        except BaseException:  # whatever it is: the next fetch writes another tree, and so on until the disk is full
            shutil.rmtree(tree, ignore_errors=True)
            self._index(name).unlink(missing_ok=True)
            raise
        return name

    def _require_folder(self, tree: Path) -> None:
        """Refuse a tree that is too large, or in which the folder is missing or leads elsewhere."""
        if not _fits(tree):
            raise too_large(self._wanted.remote.name)
        root = (tree / self._wanted.folder).resolve()
        if not root.is_dir() or not root.is_relative_to(tree.resolve()):
            raise NotesError(
                "There is no folder {folder} with notes in the repository {name}.",
                folder=self._wanted.folder,
                name=self._wanted.remote.name,
            )

    def _is_edited(self) -> bool:
        """Return whether somebody has changed files of the tree that is served."""
        if self._state is None:
            return False
        tree, name = self._tree(self._state.tree), self._wanted.remote.name
        what = ("--work-tree", str(tree), "ls-files", "--modified", "--deleted", "--others", "--deduplicate")
        try:
            edits = self._run(*what, index=self._index(self._state.tree)).splitlines()
        except NotesError:
            log.warning("The files of the repository %s cannot be compared; they are written anew", name)
            return True
        if edits:
            log.warning("%s files of the repository %s were edited here; the edits are thrown away", len(edits), name)
        return bool(edits)

    def _run(
        self,
        *arguments: str,
        seconds: float = _LOCAL_S,
        index: Path | None = None,
        into: Sequence[Path] = (),
        here: bool = True,
    ) -> str:
        where = ("--git-dir", str(self._bare)) if here else ()

        before = [(path, _measured(path)[0]) for path in into]

        def allowed() -> bool:
            return all(_fits(path, beside=size) for path, size in before)

        return self._git.run(*where, *arguments, seconds=seconds, index=index, allowed=allowed)

    def _serve(self, state: _State) -> None:
        commit = state.commit
        kept = {"id": commit.id, "at": commit.at.isoformat(), "subject": commit.subject, "tree": state.tree}
        write_atomically(self._home / "state.json", json.dumps({**kept, **self._key()}).encode())
        self._state = state

    def _kept(self) -> _State | None:
        """Return the state that was served before; None if there is none, or if it is of something else."""
        try:
            kept = json.loads((self._home / "state.json").read_bytes())
            at = datetime.fromisoformat(kept["at"])
            state = _State(Commit(str(kept["id"]), at, str(kept["subject"])), str(kept["tree"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None
        same = all(kept.get(name) == value for name, value in self._key().items())
        tree = self._tree(state.tree)
        return state if same and tree.parent == self._home / "trees" and tree.is_dir() else None

    def _key(self) -> dict[str, str]:
        return {"address": self._wanted.remote.address, "branch": self._wanted.branch, "folder": self._wanted.folder}

    def _tree(self, name: str) -> Path:
        return self._home / "trees" / name

    def _index(self, name: str) -> Path:
        return self._home / "trees" / f"{name}.index"

    def _clear_out(self) -> None:
        """Remove trees that nobody serves: all but the newest and the one before, from which others may still read."""
        trees = self._home / "trees"
        served = self._state.tree if self._state else ""
        by_age = sorted((one for one in trees.glob("*") if one.is_dir()), key=lambda one: -one.stat().st_mtime_ns)
        by_age.sort(key=lambda one: one.name != served)
        for tree in by_age[_KEPT_TREES:]:
            shutil.rmtree(tree, ignore_errors=True)
        left = {tree.name for tree in by_age[:_KEPT_TREES]}
        for index in trees.glob("*.index*"):
            if index.name.partition(".")[0] not in left:
                index.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes with the same data from fetching meanwhile; the lock goes with whoever dies."""
        with (self._home / "lock").open("w") as lock:
            end = time.monotonic() + FETCH_S
            while not git_locks.taken(lock):
                if self._git.stopped_within(_LOOK_S) or time.monotonic() > end:
                    raise NotesError(
                        "The repository {name} is being fetched by another studybot. "
                        "A running bot tries again by itself.",
                        name=self._wanted.remote.name,
                    )
            yield


def _date(seconds: str) -> datetime:
    """Return when a commit was made; 1970 where its author wrote what is no date."""
    try:
        at = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return _NO_DATE
    return at if _NO_DATE < at < _LAST_DATE else _NO_DATE


def _patterns(folder: str) -> Iterator[str]:
    """Yield, as .gitignore has them, the kinds of files that are written."""
    escaped = "".join(f"\\{one}" if one in "*?[]\\!#" else one for one in folder)
    above = f"/{escaped}/**/" if folder else ""
    for end in (*sorted({*SUFFIXES, *PICTURE_SUFFIXES}), *_ALSO):
        yield above + "*" + "".join(f"[{one}{one.upper()}]" if one.isalpha() else one for one in end)


def _fits(tree: Path, *, beside: int = 0) -> bool:
    """Return whether the files below *tree* are no more, and *beside* so many bytes no larger, than is taken."""
    size, count = _measured(tree)
    return size - beside <= MAX_BYTES and count <= MAX_FILES


def _measured(tree: Path) -> tuple[int, int]:
    """Return how many bytes are in how many files below *tree*; one that is beyond all limits is not gone through."""
    size = count = 0
    for folder, _, names in os.walk(tree):
        for name in names:
            with contextlib.suppress(OSError):
                size += os.lstat(os.path.join(folder, name)).st_size
        count += len(names)
        if count > MAX_FILES:
            break
    return size, count
