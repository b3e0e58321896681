"""The configuration as the rest of studybot sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal

from pydantic import SecretStr

from knowledge.git_url import Remote

_CACHE: Final = "cache"
_REPOSITORIES: Final = "git"
KEPT_APART: Final = (_CACHE, _REPOSITORIES)
"""Folders in the data folder that hold files like notes and are none: the data folder may lie among the notes."""
BotLanguage = Literal["en", "zh-CN", "zh-TW"]
LogLevel = Literal["debug", "info", "warning", "error"]


def is_database(address: str) -> bool:
    """Return whether *address* looks like that of a database: of PostgreSQL, or of a SQLite file."""
    return re.fullmatch(r"postgres(ql)?://\S+|sqlite:///.+", address) is not None


@dataclass(frozen=True, slots=True)
class NotesFolder:
    """A folder of notes.

    Attributes:
        path: absolute; need not exist.
        include: globs as in ``.gitignore``; empty means every file of a known type.
        exclude: globs of what to leave out, on top of what is never read.
        url: what precedes ``/file.md#L3`` in a public link to a line; empty if the notes are not public.
        name: as people call it; empty for the name of the folder.
        guilds: ids of the servers that see it; None is everybody.
    """

    path: Path
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    url: str = ""
    name: str = ""
    guilds: frozenset[int] | None = None

    @property
    def called(self) -> str:
        """Its name, else that of the folder."""
        return self.name or self.path.name or "/"


@dataclass(frozen=True, slots=True)
class NotesRepository:
    """A git repository of notes. See NotesFolder for what both have.

    Attributes:
        remote: where it is fetched from.
        branch: empty for its main one.
        folder: in which the notes are, below its root; empty for the root.
        every: how long it is left alone between two fetches.
        private: whether its host may be in a private network.
        url: empty where the address of the repository says it.
    """

    remote: Remote
    branch: str = ""
    folder: str = ""
    every: timedelta = timedelta(minutes=10)
    private: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    url: str = ""
    name: str = ""
    guilds: frozenset[int] | None = None

    @property
    def called(self) -> str:
        """Its name, else that of the repository."""
        return self.name or self.remote.name


Notes = NotesFolder | NotesRepository


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be set.

    Attributes:
        data: absolute; the one folder that is written to.
        file: the studybot.yaml that was read; None if there is none.
        notes: where they are, in order; empty means the bundled sample notes.
        git_tokens: by the host that they are for, as it stands in an address; their text form is masked.
        language: of members whose own the bot does not speak.
        watch: pick up edits of the notes while running.
        database: its address, whose text form is masked; None is the SQLite file in *data*.
        token: of the Discord bot; its text form is masked.
        discord_api: base address of another Discord-compatible REST interface; empty for Discord itself.
        discord_gateway: address of its gateway; empty for Discord itself.
    """

    data: Path
    file: Path | None = None
    notes: tuple[Notes, ...] = ()
    git_tokens: tuple[tuple[str, SecretStr], ...] = ()
    language: BotLanguage = "en"
    watch: bool = True
    log_level: LogLevel = "info"
    database: SecretStr | None = None
    token: SecretStr | None = None
    discord_api: str = ""
    discord_gateway: str = ""

    @property
    def cache(self) -> Path:
        """Folder of what can be computed again."""
        return self.data / _CACHE

    @property
    def repositories(self) -> Path:
        """Folder of what is fetched with git."""
        return self.data / _REPOSITORIES

    @property
    def database_address(self) -> str | None:
        """The address as it is written, password included; None is the SQLite file."""
        return self.database.get_secret_value() if self.database else None

    @property
    def database_file(self) -> Path:
        """SQLite's file, unless *database* leads elsewhere."""
        return self.data / "studybot.db"

    @property
    def forgotten(self) -> Path:
        """List of whose data was deleted, so that a backup that is put back does not bring it back."""
        return self.data / "forgotten"

    @property
    def health(self) -> Path:
        """File in which a running bot says how it is; read by ``studybot health``."""
        return self.data / "health.json"
