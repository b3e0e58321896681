"""Checks what studybot has been given to work with, and says what to do about what is missing."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.config import Config, ConfigError
from bot.errors import N_
from bot.services.collections import Collection
from knowledge import library
from knowledge.errors import NotesError, Problem
from knowledge.parts import Part
from knowledge.questions import checking
from knowledge.questions.demand import Material
from knowledge.sources import EMPTY
from storage.addresses import locate
from storage.errors import StorageError
from storage.inspecting import look

_FOLDER: Final = N_("The path comes from --notes, STUDYBOT_NOTES or notes: in studybot.yaml.")
_SEVERAL: Final = N_("It stands below notes: in studybot.yaml.")
"""Only the file can name several."""


class State(StrEnum):
    """How a check ended: HINT works but could be better, PROBLEM stops something."""

    OK = "ok"
    HINT = "hint"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: a word for programs; never translated.
        message: English template; the catalogue key.
        advice: what to do, a template too; empty if nothing.
        values: what fills the places of both.
        where: the file and line, or the variable, that the message is about; may be empty.
    """

    name: str
    state: State
    message: str
    advice: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
    where: str = ""


def broken_config(error: ConfigError) -> Iterator[Check]:
    """Yield a check for each fault of a configuration that cannot be used."""
    for fault in error.faults:
        yield Check("configuration", State.PROBLEM, fault.message, where=fault.where, values=dict(fault.values))


def checks(
    config: Config, collections: Sequence[Collection], *, python: tuple[int, int] | None = None
) -> Iterator[Check]:
    """Yield every check of a configuration that was read.

    Args:
        config: as read.
        collections: the notes that it leads to.
        python: version of the interpreter; None is this one.
    """
    yield _python(python or (sys.version_info[0], sys.version_info[1]))
    yield _file(config)
    for one in collections:
        yield from _notes(config, one, several=len(collections) > 1)
    yield from _problems(config, [one for one in collections if one.part is not None])
    yield _data(config)
    yield _database(config)
    yield _token(config)
    yield from _address(config)
    yield from _extras()


def _python(version: tuple[int, int]) -> Check:
    values = {"version": ".".join(map(str, version))}
    if version < (3, 11):
        return Check("python", State.PROBLEM, N_("Python {version} is too old."), N_("Install 3.11 or newer."), values)
    return Check("python", State.OK, N_("Python {version}"), values=values)


def _file(config: Config) -> Check:
    if config.file is None:
        advice = N_("Copy studybot.example.yaml to studybot.yaml to change them.")
        return Check("configuration", State.OK, N_("No studybot.yaml here: the defaults are used."), advice)
    return Check("configuration", State.OK, N_("Read from {file}"), values={"file": str(config.file)})


def _notes(config: Config, collection: Collection, *, several: bool) -> Iterator[Check]:
    collection.fetch()
    try:
        part = collection.read()
    except NotesError as error:
        problem = error.problem
        advice = "" if collection.every else _SEVERAL if several else _FOLDER
        yield Check("notes", State.PROBLEM, problem.message, advice, dict(problem.values), where=problem.where)
        return
    if collection.failure is not None:
        problem = collection.failure.problem
        yield Check("notes", State.PROBLEM, problem.message, values=dict(problem.values))
    values: dict[str, str | int] = {"folder": collection.place, "n": len(part.reading.notes)}
    if not config.notes:
        advice = N_("Set notes: in studybot.yaml, or STUDYBOT_NOTES, to your own folder.")
        yield Check("notes", State.HINT, N_("The sample notes that come with studybot are used."), advice)
    elif not part.reading.notes:
        advice = N_("Put .md, .rst, .txt, .ipynb or .pdf files there, or look at include and exclude in studybot.yaml.")
        yield Check("notes", State.PROBLEM, N_("There are no notes in {folder}"), advice, values)
    else:
        yield Check("notes", State.OK, N_("Notes in {folder}: {n}"), values=values)


def _problems(config: Config, collections: Sequence[Collection]) -> Iterator[Check]:
    """Yield how many problems studybot index would tell of each collection, and how many question files are lost."""
    parts = [one.part for one in collections if one.part is not None]
    if not parts:
        return
    loaded = library.build(parts, cache=config.cache)
    counted = Counter(_owner(problem, parts) for problem in loaded.problems if problem.message != EMPTY.message)
    for one, part in zip(collections, parts, strict=True):
        if n := counted[part.place.prefix]:
            values: dict[str, str | int] = {"folder": one.place, "n": n}
            yield Check(
                "problems", State.HINT, N_("Problems in {folder}: {n}"), N_("Run studybot index to see them."), values
            )
    material = Material(loaded.index, loaded.places, loaded.reading.questions)
    if lost := len({error.file for error in checking.of_notes(material).errors}):
        advice = N_("Run studybot questions check to see why.")
        yield Check("questions", State.PROBLEM, N_("Question files left out: {n}"), advice, {"n": lost})


def _owner(problem: Problem, parts: Sequence[Part]) -> str:
    """Return the prefix of the collection that a problem belongs to; what is no single one's counts for the first."""
    prefixes = (part.place.prefix for part in parts)
    return next((prefix for prefix in prefixes if problem.file.startswith(prefix)), parts[0].place.prefix)


def _data(config: Config) -> Check:
    values = {"folder": str(config.data)}
    try:
        config.cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=config.cache):
            pass
    except OSError as error:
        message = N_("{folder} is not writable ({reason}): each start takes longer.")
        advice = N_("Set data: in studybot.yaml, or STUDYBOT_DATA, to a writable folder.")
        return Check("data", State.HINT, message, advice, {**values, "reason": error.strerror or type(error).__name__})
    return Check("data", State.OK, N_("{folder} is writable."), values=values)


def _database(config: Config) -> Check:
    try:
        address = locate(config.database_address, config.database_file)
    except StorageError as error:
        advice = N_("Set database: in studybot.yaml, or STUDYBOT_DATABASE, or leave both out.")
        return Check("database", State.PROBLEM, error.message, advice, error.values)
    try:
        facts = asyncio.run(look(address))
    except StorageError as error:
        return Check("database", State.PROBLEM, error.message, values=error.values)
    values: dict[str, str | int] = {"place": facts.place, "newest": facts.newest, "version": facts.version or ""}
    if facts.version is None:
        return Check("database", State.OK, N_("Database {place}: the first start makes its tables."), values=values)
    if facts.version != facts.newest:
        message = N_("Database {place}: version {version}; the next start brings it to {newest}.")
        return Check("database", State.OK, message, values=values)
    values["size"] = f"{facts.size_bytes / 1_000_000:.1f}"
    return Check("database", State.OK, N_("Database {place}: version {version}, {size} MB"), values=values)


def _token(config: Config) -> Check:
    if config.token is None:
        advice = N_("Set DISCORD_TOKEN; the README says where to get it.")
        return Check("token", State.HINT, N_("No token: only studybot run needs one."), advice)
    return Check("token", State.OK, N_("The token is set (it is never shown)."))


def _address(config: Config) -> Iterator[Check]:
    values = {"api": config.discord_api or "discord.com", "gateway": config.discord_gateway or "discord.com"}
    if not config.discord_api and not config.discord_gateway:
        return
    if config.discord_api and config.discord_gateway:
        yield Check("discord", State.HINT, N_("Not Discord itself: {api} and {gateway}"), values=values)
        return
    advice = N_("Set both STUDYBOT_DISCORD_API and STUDYBOT_DISCORD_GATEWAY, or neither.")
    yield Check(
        "discord", State.PROBLEM, N_("REST and gateway lead to different places: {api} and {gateway}"), advice, values
    )


def _extras() -> Iterator[Check]:
    if importlib.util.find_spec("rjieba"):
        yield Check("fast", State.OK, N_("Chinese is segmented by rjieba."))
    else:
        advice = N_('Install it: pip install -e ".[fast]"')
        yield Check("fast", State.HINT, N_("rjieba is missing: starting and indexing are slower."), advice)
    if importlib.util.find_spec("simcord"):
        yield Check("try", State.OK, N_("The local chat is installed."))
    else:
        advice = N_('Install it: make try, or pip install -e ".[try]"')
        yield Check("try", State.HINT, N_("The local chat (studybot try) is not installed."), advice)
