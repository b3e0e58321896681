"""What may stand under notes: in studybot.yaml: a folder or a repository, or a list of both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from bot.config.errors import Fault
from bot.errors import N_
from knowledge import git_url
from knowledge.documents import Document
from knowledge.errors import NotesError

MAX_COLLECTIONS: Final = 30
_MAX_GLOBS: Final = 1000
_OF_GIT: Final = ("branch", "folder", "every", "private")
_LIKE_AN_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(?://|:)|[\w.-]+@[\w.-]+:")
_NAME: Final = re.compile(r"(?!\.)[^/\\\x00-\x1f\x7f]{1,60}")
_FOLDER: Final = re.compile(r"(?!-)[^\\\x00-\x1f\x7f]{1,500}")

MESSAGES: Final = {
    "branch": N_("{key}: {given} is no name of a branch"),
    "folder": N_("{key}: expected a folder below the root of the repository, such as docs/notes, not {given}"),
    "guild": N_("{key}: expected a list of server ids such as 123456789012345678, not {given}"),
    "name": N_("{key}: expected a name without / of at most 60 characters, not {given}"),
    "url": N_("{key}: expected an address that begins with https://, not {given}"),
    "int_parsing": N_("{key}: expected minutes from 1 to 1440, not {given}"),
    "int_type": N_("{key}: expected minutes from 1 to 1440, not {given}"),
    "greater_than_equal": N_("{key}: expected minutes from 1 to 1440, not {given}"),
    "less_than_equal": N_("{key}: expected minutes from 1 to 1440, not {given}"),
    "model_type": N_("{key}: expected a folder, or a block with path or git; see studybot.example.yaml"),
}
"""By the type of the error."""
NO_ADDRESS: Final = N_(
    "git: expected the address of a repository that begins with https://, ssh:// or file://, or git@host:path"
)
"""For what is no address at all; what is one is looked at by knowledge.git_url."""


def _git(address: str) -> str:
    try:
        git_url.parse(address)
    except NotesError as error:
        raise PydanticCustomError("git", "not accepted", {"message": error.problem.message}) from None
    return address


def _branch(name: str) -> str:
    if not git_url.is_branch(name):
        raise PydanticCustomError("branch", "no name of a branch")
    return name


def _folder(path: str) -> str:
    parts = path.strip("/").split("/")
    if not _FOLDER.fullmatch(path) or path.startswith("/") or {"..", ".git"} & {part.casefold() for part in parts}:
        raise PydanticCustomError("folder", "no folder below the root")
    return "/".join(part for part in parts if part not in {"", "."})


def _guild(written: str) -> str:
    if not re.fullmatch(r"[1-9]\d{14,19}", written):
        raise PydanticCustomError("guild", "no id of a server")
    return written


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise PydanticCustomError("name", "no name")
    return name


def _public(url: str) -> str:
    if not re.fullmatch(r"https://[^\s/@]+(/\S*)?", url):
        raise PydanticCustomError("url", "expected an https:// address")
    return url.rstrip("/")


Text = Annotated[str, Field(min_length=1, max_length=4096)]
Globs = Annotated[tuple[Text, ...], Field(max_length=_MAX_GLOBS)]


class Strict(BaseModel):
    """A block in which only known keys may stand."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class NotesEntry(Strict):
    """A collection of notes; a fault that lies between two keys is found by crossed()."""

    path: Text | None = None
    git: Annotated[str, AfterValidator(_git)] | None = None
    branch: Annotated[str, AfterValidator(_branch)] = ""
    folder: Annotated[str, AfterValidator(_folder)] = ""
    every: Annotated[int, Field(ge=1, le=1440)] = 10
    private: bool = False
    include: Globs = ()
    exclude: Globs = ()
    url: Annotated[str, AfterValidator(_public)] | Literal[""] = ""
    name: Annotated[str, AfterValidator(_name)] = ""
    guilds: tuple[Annotated[str, AfterValidator(_guild)], ...] | None = None

    @property
    def called(self) -> str:
        """Its name, else what its place is called."""
        if self.name:
            return self.name
        return git_url.parse(self.git).name if self.git else PurePath(self.path or "").name


def as_list(value: object) -> list[object]:
    """Return one folder or block as a list of one, and folders in a list as blocks."""
    items = value if isinstance(value, list) else [value]
    return [{"path": item} if isinstance(item, str) else item for item in items]


def crossed(entries: object, document: Document) -> Iterator[Fault]:
    """Yield what is wrong between the keys of each of *entries*, as they are written."""
    if entries == []:
        yield Fault(N_("{key}: the list is empty"), document.where(("notes",)), (("key", "notes"),))
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield from _between(entry, number, document)


def twice(entries: tuple[NotesEntry, ...], document: Document) -> Iterator[Fault]:
    """Yield a fault for each collection that is called as one before it."""
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        name = entry.called.casefold()
        if name in seen:
            message = N_("notes: two collections are called {name}; give one of them another name")
            yield Fault(message, document.where(("notes", number)), (("name", entry.called),))
        seen.add(name)


def _between(entry: Mapping[str, Any], number: int, document: Document) -> Iterator[Fault]:
    where = document.where(("notes", number))
    path = entry.get("path")
    if "path" not in entry and "git" not in entry:
        yield Fault(N_("{key}: path or git is missing"), where, (("key", "notes"),))
    elif "path" in entry and "git" in entry:
        yield Fault(N_("{key}: give either path or git, not both"), where, (("key", "notes"),))
    elif isinstance(path, str) and _LIKE_AN_ADDRESS.match(path):
        message = N_("{key}: the address of a repository goes behind git:, not here")
        yield Fault(message, document.where(("notes", number, "path")), (("key", "notes.path"),))
    if entry.get("guilds") == []:
        place = document.where(("notes", number, "guilds"))
        message = N_(
            "{key}: the list is empty; name the servers that may see these notes, or leave it out for everybody"
        )
        yield Fault(message, place, (("key", "notes.guilds"),))
    for key in _OF_GIT if "git" not in entry else ():
        if key in entry:
            yield Fault(
                N_("{key}: only beside git"), document.where(("notes", number, key)), (("key", f"notes.{key}"),)
            )
