"""What may stand in studybot.yaml, and how to say what does not."""

from __future__ import annotations

import difflib
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.config import notes_schema
from bot.config.errors import ConfigError, Fault
from bot.config.model import BotLanguage, LogLevel, is_database
from bot.config.notes_schema import MAX_COLLECTIONS, NotesEntry, Strict, Text
from bot.errors import N_
from knowledge.documents import Document, Place

_MAX_SHOWN = 60

# By pydantic's type of error: what it says itself is English, and no help to who wrote the file.
_MESSAGES = {
    "bool_parsing": N_("{key}: expected true or false, not {given}"),
    "bool_type": N_("{key}: expected true or false, not {given}"),
    "literal_error": N_("{key}: expected one of {choices}, not {given}"),
    "tuple_type": N_("{key}: expected a list, each item on a line after a dash"),
    "database": N_("{key}: expected postgresql://user:password@host/name, or sqlite:///file"),
    "string_type": N_("{key}: expected text, not {given}"),
    "string_too_short": N_("{key}: expected text, not nothing"),
    "string_too_long": N_("{key}: expected at most {most} characters"),
    "too_long": N_("{key}: expected at most {most} items"),
    **notes_schema.MESSAGES,
}


def _address(value: str) -> str:
    if not is_database(value):
        raise PydanticCustomError("database", "expected the address of a database")
    return value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


Notes = Annotated[tuple[NotesEntry, ...], Field(max_length=MAX_COLLECTIONS)]


class Settings(Strict):
    """studybot.yaml as written; paths not resolved."""

    notes: Notes | None = None
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
    faults = list(notes_schema.crossed(values.get("notes"), document))
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise ConfigError(_in_order([*faults, *_faults(error, document)])) from None
    faults += notes_schema.twice(settings.notes or (), document) if not faults else ()
    if faults:
        raise ConfigError(_in_order(faults))
    return settings


def _in_order(faults: list[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: int(fault.where.rpartition(":")[2]))


def _given(document: Document) -> dict[str, Any]:
    """Leave out keys without a value, as they mean the default, and make a list of notes that are none."""
    values = _filled(document.values)
    if "notes" not in values:
        return values
    if not isinstance(values["notes"], list):
        for place, line in [*document.lines.items()]:
            if place[:1] == ("notes",):
                document.lines["notes", 0, *place[1:]] = line
    entries = notes_schema.as_list(document.values["notes"])
    return {**values, "notes": [_entry(one) if isinstance(one, dict) else one for one in entries]}


def _entry(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out keys without a value, but for the groups: nobody named must not become everybody."""
    filled = _filled(values)
    return {**filled, "guilds": []} if values.get("guilds", ()) is None else filled


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _filled(value) if isinstance(value, dict) else value for key, value in values.items() if value is not None
    }


def _faults(error: ValidationError, document: Document) -> list[Fault]:
    faults: dict[Place, Fault] = {}
    for detail in error.errors(include_url=False):
        place = _place(detail["loc"], document)
        faults.setdefault(place, _fault(detail, place, document))
    return list(faults.values())


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
    if key == "notes.git":  # likewise
        return Fault(str(detail.get("ctx", {}).get("message", notes_schema.NO_ADDRESS)), where)
    values = (
        ("key", key),
        ("given", "…" if "@" in repr(detail["input"]) else repr(detail["input"])[:_MAX_SHOWN]),
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
