"""Names of files below the notes root, and how authors write them in links: encoded, with anchors, from Windows."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import product
from urllib.parse import unquote

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+):")  # two letters or more: one is a drive
_DRIVE = re.compile(r"[a-zA-Z]:")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ANCHOR = re.compile(r"[?#].*", re.DOTALL)
MAX_TARGET = 2_000  # characters; a longer one names no file


def scheme(target: str) -> str:
    """Return the scheme of an address in lower case, such as ``https``; empty for a path."""
    found = _SCHEME.match(target)
    return found[1].lower() if found else ""


def is_absolute(target: str) -> bool:
    """Tell whether *target* names a place on somebody's disk."""
    return target.startswith(("/", "\\")) or bool(_DRIVE.match(target)) or scheme(target) == "file"


def readings(target: str) -> Iterator[str]:
    """Yield the paths, with ``/`` and in NFC, that *target* may mean, likeliest first, each once.

    As written comes before cut at its anchor, for there are files named ``C#.png``; so do escapes, entities and
    percent signs that are part of a name come after their usual meaning.
    """
    seen = set()
    for plain, cut, decode in product((True, False), (False, True), (True, False)):
        path = _ESCAPED.sub(r"\1", html.unescape(target)) if plain else target
        path = _ANCHOR.sub("", path) if cut else path
        path = unquote(path, errors="replace") if decode else path
        path = unicodedata.normalize("NFC", path.replace("\\", "/").strip())
        if path and path not in seen:
            seen.add(path)
            yield path


def below(folder: str, path: str) -> str | None:
    """Return *path*, taken from *folder*, as a name below the root; None if it leaves the root.

    Args:
        folder: a name below the root; empty for the root.
        path: with ``/``; a leading one means the root, as site generators have it.
    """
    parts = [] if path.startswith("/") else [part for part in folder.split("/") if part]
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def folder_of(file: str) -> str:
    """Return the folder of the name *file*; empty for the root."""
    return file.rpartition("/")[0]


def base_of(file: str) -> str:
    """Return the last part of the name *file*."""
    return file.rpartition("/")[2]


def stem_of(file: str) -> str:
    """Return the last part of the name *file* without its suffix."""
    base = base_of(file)
    return base.rpartition(".")[0] or base


class Names:
    """A set of names below the root, found again whatever their case.

    Args:
        files: in NFC with ``/``.
    """

    def __init__(self, files: Iterable[str]) -> None:
        self.all = frozenset(files)

    def exact(self, name: str | None) -> str | None:
        """Return *name* if there is such a file."""
        return name if name in self.all else None

    def any_case(self, name: str | None) -> str | None:
        """Return the one file whose name is *name* but for the case; None if there is none, or more than one."""
        found = self._by_folded.get(name.casefold(), ()) if name else ()
        return found[0] if len(found) == 1 else None

    def of_base(self, base: str) -> Sequence[str]:
        """Return the files anywhere with this last part, sorted; any case only if there is none in this one."""
        found = self._by_base.get(base.casefold(), ())
        return [name for name in found if base_of(name) == base] or found

    @cached_property
    def _by_folded(self) -> dict[str, list[str]]:
        return _grouped((name.casefold(), name) for name in self.all)

    @cached_property
    def _by_base(self) -> dict[str, list[str]]:
        return _grouped((base_of(name).casefold(), name) for name in self.all)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in sorted(pairs):
        groups[key].append(name)
    return dict(groups)
