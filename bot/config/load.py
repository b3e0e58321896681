"""Puts the configuration together from the file, the environment and the defaults."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs
from pydantic import SecretStr

from bot.config import nesting, tokens
from bot.config.errors import refusal
from bot.config.model import Config, Notes, NotesFolder, NotesRepository, is_database
from bot.config.notes_schema import NotesEntry
from knowledge import git_url

FILE_NAME = "studybot.yaml"


def find(environ: Mapping[str, str], folder: Path, *, explicit: Path | None = None) -> Path | None:
    """Return the configuration file: *explicit*, else STUDYBOT_CONFIG's, else studybot.yaml in *folder* if there."""
    named = explicit or (Path(value) if (value := environ.get("STUDYBOT_CONFIG")) else None)
    if named is not None:
        return _below(folder, str(named), environ)
    here = folder / FILE_NAME
    return here if here.exists() else None


def load(environ: Mapping[str, str], folder: Path, *, explicit: Path | None = None) -> Config:
    """Return the configuration.

    The environment wins over the file: STUDYBOT_NOTES replaces the path of the notes (the globs and the address of a
    single folder stay), STUDYBOT_DATA the data folder, STUDYBOT_DATABASE the database. STUDYBOT_GIT_TOKEN is for the
    host of the repositories; where there are several, each has its own, as in STUDYBOT_GIT_TOKEN_GITHUB_COM.

    Args:
        environ: such as ``os.environ``.
        folder: absolute; where studybot was started.
        explicit: a configuration file that must exist.

    Raises:
        ConfigError: a file or a variable that cannot be used.
    """
    config = Config(
        data=_default_data(environ),
        token=_token(environ),
        discord_api=_address(environ, "STUDYBOT_DISCORD_API", secure="https", plain="http"),
        discord_gateway=_address(environ, "STUDYBOT_DISCORD_GATEWAY", secure="wss", plain="ws"),
    )
    file = find(environ, folder, explicit=explicit)
    if file is not None:
        name = str(file.relative_to(folder) if file.is_relative_to(folder) else file)
        config = _with_file(config, file, name=name, environ=environ)
    return _with_environment(config, folder, environ)


def _with_environment(config: Config, folder: Path, environ: Mapping[str, str]) -> Config:
    if data := environ.get("STUDYBOT_DATA"):
        config = replace(config, data=_below(folder, data, environ))
    if database := environ.get("STUDYBOT_DATABASE", "").strip():
        config = replace(config, database=_database(database, folder, environ))
    if notes := environ.get("STUDYBOT_NOTES"):
        path = _below(folder, notes, environ)
        config = replace(config, notes=(_moved(config.notes, path),))
    tokens.require_outside(config)
    return replace(config, git_tokens=tokens.of_hosts(config.notes, environ))


def _moved(notes: tuple[Notes, ...], path: Path) -> NotesFolder:
    match notes:
        case (NotesFolder() as folder,):
            return replace(folder, path=path)
        case _:
            return NotesFolder(path)


def _with_file(config: Config, file: Path, *, name: str, environ: Mapping[str, str]) -> Config:
    from bot.config import document, schema  # noqa: PLC0415 - slow to import, and most calls have no file

    settings = schema.check(document.read(file, name))
    notes = tuple(_notes(entry, file.parent, environ) for entry in settings.notes or ())
    nesting.require_distinct(notes, name)
    return replace(
        config,
        file=file,
        data=_below(file.parent, settings.data, environ) if settings.data else config.data,
        notes=notes,
        language=settings.language,
        watch=settings.watch,
        log_level=settings.log_level,
        database=_located(settings.database, file.parent, environ) if settings.database else None,
    )


def _notes(entry: NotesEntry, folder: Path, environ: Mapping[str, str]) -> Notes:
    guilds = frozenset(map(int, entry.guilds)) if entry.guilds is not None else None
    files: dict[str, Any] = {"include": entry.include, "exclude": entry.exclude, "url": entry.url, "name": entry.name}
    if not entry.git:
        return NotesFolder(_below(folder, entry.path or "", environ), **files, guilds=guilds)
    return NotesRepository(
        git_url.parse(entry.git),
        branch=entry.branch,
        folder=entry.folder,
        every=timedelta(minutes=entry.every),
        private=entry.private,
        guilds=guilds,
        **files,
    )


def _below(folder: Path, path: str, environ: Mapping[str, str]) -> Path:
    """Return *path* absolute: relative to *folder*, ``~`` as in *environ*; symlinks are left as they are."""
    if path == "~" or path.startswith("~/"):
        path = environ.get("HOME", str(Path.home())) + path[1:]
    joined = folder / path
    return joined.resolve() if ".." in joined.parts else joined


def _database(written: str, folder: Path, environ: Mapping[str, str]) -> SecretStr:
    if not is_database(written):
        raise refusal("expected postgresql://user:password@host/name, or sqlite:///file", "STUDYBOT_DATABASE")
    return _located(written, folder, environ)


def _located(written: str, folder: Path, environ: Mapping[str, str]) -> SecretStr:
    """Return the address *written*; the path of a SQLite file is relative to *folder*, as every path is."""
    kind, _, path = written.partition(":///")
    return SecretStr(f"{kind}:///{_below(folder, path, environ)}" if kind == "sqlite" else written)


def _default_data(environ: Mapping[str, str]) -> Path:
    chosen = Path(environ.get("XDG_DATA_HOME", ""))
    if chosen.is_absolute():
        return chosen / "studybot"
    return platformdirs.user_data_path("studybot", appauthor=False)


def _token(environ: Mapping[str, str]) -> SecretStr | None:
    token = environ.get("DISCORD_TOKEN", "").strip()
    if not token:
        return None
    if not token.isascii() or not token.isprintable() or " " in token:
        # A pasted "Bot abc" or a line feed would otherwise end as an unclear refusal of an HTTP header.
        raise refusal("expected the token alone, without blanks, as the developer portal shows it", "DISCORD_TOKEN")
    return SecretStr(token)


def _address(environ: Mapping[str, str], name: str, *, secure: str, plain: str) -> str:
    given = environ.get(name, "").strip()
    if not given:
        return ""
    try:
        parts = urlsplit(given)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise refusal("not an address: {given}", name, given=given) from None
    if parts.scheme not in {secure, plain} or not host or parts.username or parts.query or parts.fragment:
        raise refusal("expected an address such as {example}", name, example=f"{secure}://discord.example/")
    if parts.scheme == plain and not _is_loopback(host):
        raise refusal(
            "{plain}:// is only allowed for this machine (127.0.0.1); use {secure}://", name, plain=plain, secure=secure
        )
    return given.rstrip("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
