"""What may stand in studybot.yaml, and how to say what does not."""

from __future__ import annotations

import difflib
import re
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.config.errors import ConfigError, Fault
from bot.config.model import BotLanguage, LogLevel, is_database
from bot.errors import N_
from knowledge.documents import Document, Place

_MAX_GLOBS = 1000
_MAX_SHOWN = 60

# By pydantic's type of error: what it says itself is English, and no help to who wrote the file.
_MESSAGES = {
    "missing": N_("{key}: {last} is missing"),
    "bool_parsing": N_("{key}: expected true or false, not {given}"),
    "bool_type": N_("{key}: expected true or false, not {given}"),
    "literal_error": N_("{key}: expected one of {choices}, not {given}"),
    "tuple_type": N_("{key}: expected a list, each item on a line after a dash"),
    "model_type": N_("{key}: expected a folder, or a block with path, include, exclude and url"),
    "url": N_("{key}: expected an address that begins with https://, not {given}"),
    "database": N_("{key}: expected postgresql://user:password@host/name, or sqlite:///file"),
    "string_type": N_("{key}: expected text, not {given}"),
    "string_too_short": N_("{key}: expected text, not nothing"),
    "string_too_long": N_("{key}: expected at most {most} characters"),
    "too_long": N_("{key}: expected at most {most} items"),
}


def _public(url: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+(/\S*)?", url):
        raise PydanticCustomError("url", "expected an https:// address")
    return url.rstrip("/")


def _address(value: str) -> str:
    if not is_database(value):
        raise PydanticCustomError("database", "expected the address of a database")
    return value


def _folder(value: object) -> object:
    return {"path": value} if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1, max_length=4096)]
Globs = Annotated[tuple[Text, ...], Field(max_length=_MAX_GLOBS)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class NotesEntry(_Strict):
    """The ``notes`` setting."""

    path: Text
    include: Globs = ()
    exclude: Globs = ()
    url: Annotated[str, AfterValidator(_public)] | Literal[""] = ""


class Settings(_Strict):
    """studybot.yaml as written; paths not resolved."""

    notes: Annotated[NotesEntry, BeforeValidator(_folder)] | None = None
    language: BotLanguage = "en"
    data: Text | None = None
    database: Annotated[Text, AfterValidator(_address)] | None = None
    watch: bool = True
    log_level: Annotated[LogLevel, BeforeValidator(_lower)] = "info"


def check(document: Document) -> Settings:
    """Return the settings of *document*.

    Raises:
        ConfigError: with every fault of the file.
    """
    values = _given(document)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise ConfigError(_faults(error, document)) from None


def _given(document: Document) -> dict[str, Any]:
    """Leave out keys without a value (they mean the default) and unpack a list of one folder."""
    values = _filled(document.values)
    notes = values.get("notes")
    if not isinstance(notes, list):
        return values
    if len(notes) != 1:
        message = N_("notes: one folder for now; several come in a later version")
        raise ConfigError([Fault(message, document.where(("notes", 1)))])
    for place, line in list(document.lines.items()):
        if place[:2] == ("notes", 0):
            document.lines["notes", *place[2:]] = line
    return _filled({**values, "notes": notes[0]})


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _filled(value) if isinstance(value, dict) else value for key, value in values.items() if value is not None
    }


def _faults(error: ValidationError, document: Document) -> list[Fault]:
    faults: dict[Place, Fault] = {}
    for detail in error.errors(include_url=False):
        place = _place(detail["loc"], document)
        faults.setdefault(place, _fault(detail, place, document))
    return [faults[place] for place in sorted(faults, key=lambda place: document.lines.get(place, 0))]


def _place(loc: Place, document: Document) -> Place:
    """Cut from pydantic's *loc* the branch names of unions, which the file does not hold."""
    place: Place = ()
    for part in loc:
        if (*place, part) not in document.lines:
            break
        place = (*place, part)
    return place or loc


def _fault(detail: ErrorDetails, place: Place, document: Document) -> Fault:
    where = document.where(place)
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown(str(place[-1]), where, known=NotesEntry if len(place) > 1 else Settings)
    key = ".".join(part for part in place if isinstance(part, str))
    if key == "database":  # whose password must not be repeated
        return Fault(_MESSAGES["database"], where, (("key", key),))
    values = (
        ("key", key),
        ("given", repr(detail["input"])[:_MAX_SHOWN]),
        ("last", str(detail["loc"][-1])),
        ("choices", ", ".join(get_args(LogLevel if key == "log_level" else BotLanguage))),
        ("most", str(detail.get("ctx", {}).get("max_length", ""))),
    )
    return Fault(_MESSAGES.get(kind, N_("{key}: {given} cannot stand here; see studybot.example.yaml")), where, values)


def _unknown(key: str, where: str, *, known: type[BaseModel]) -> Fault:
    names = list(known.model_fields)
    near = difflib.get_close_matches(key.lower().replace("-", "_"), names, n=1)
    if near:
        return Fault("unknown key {key}; did you mean {guess}?", where, (("key", key), ("guess", near[0])))
    return Fault("unknown key {key}; known are {known}", where, (("key", key), ("known", ", ".join(names))))
