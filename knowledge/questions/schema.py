"""What a question may say in a file, and each thing that is wrong with how it says it."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from knowledge.documents import Place
from knowledge.errors import Problem
from knowledge.model import Language
from knowledge.questions.model import LONGEST_CHOICE, LONGEST_PROMPT, LONGEST_TEXT, Kind

LONGEST_ID: Final = 64
LONGEST_NAME: Final = 200
"""Characters of a topic or an accepted form."""
LONGEST_SOURCE: Final = 1_000
_LONGEST_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a question.

    Attributes:
        place: in the question; empty for the whole of it.
        problem: without file and line.
    """

    place: Place
    problem: Problem


def filled(problem: Problem, **values: str | int) -> Problem:
    """Return *problem* with its places filled."""
    return replace(problem, values=tuple(values.items()))


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Choice = Annotated[str, Field(min_length=1, max_length=LONGEST_CHOICE)]
Id = Annotated[str, Field(min_length=1, max_length=LONGEST_ID, pattern=r"^[a-z0-9-]+$")]


class Entry(BaseModel):
    """One question of a file, as written: its letters are not looked at yet."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    id: Id
    kind: Kind
    question: Annotated[str, Field(min_length=1, max_length=LONGEST_PROMPT)]
    language: Language | None = None
    topic: Name | None = None
    difficulty: Literal["easy", "medium", "hard"] = "medium"
    choices: tuple[Choice, ...] = ()
    answer: Text | tuple[Choice, ...] = ""
    pinned: Annotated[tuple[Choice, ...], BeforeValidator(_listed)] = ()
    partial: bool = False
    accept: Annotated[tuple[Name, ...], BeforeValidator(_listed)] = ()
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    points: Annotated[tuple[Choice, ...], BeforeValidator(_listed)] = ()
    explanation: Text | Literal[""] = ""
    source: Annotated[str, Field(max_length=LONGEST_SOURCE)] = ""


_STAND_IN: Final[Mapping[str, Any]] = {"id": "x", "kind": Kind.OPEN, "question": "x"}


def check(values: Mapping[str, Any]) -> tuple[Entry, tuple[Fault, ...]]:
    """Return what *values* say as far as they can be understood, and what cannot.

    What is wrong stands as if it had not been written, so that the rest can be looked at as well.

    Args:
        values: of one question; keys without a value are taken as not written.
    """
    given = {key: value for key, value in values.items() if value is not None}
    try:
        return Entry.model_validate(given), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    wrong = {str(detail["loc"][0]) for detail in details}
    kept = {key: value for key, value in given.items() if key not in wrong}
    entry = Entry.model_validate({**_STAND_IN, **kept})
    faults = {_place(detail["loc"], given): detail for detail in reversed(details)}
    return entry, tuple(Fault(place, _problem(detail)) for place, detail in reversed(faults.items()))


def _place(loc: Place, values: Any) -> Place:
    """Cut from pydantic's *loc* the branch names of unions, which the file does not hold."""
    place: Place = ()
    for part in loc:
        if isinstance(values, dict) and part in values:
            values = values[str(part)]
        elif isinstance(values, list) and isinstance(part, int) and part < len(values):
            values = values[part]
        else:
            break
        place = (*place, part)
    return place or loc[:1]


def _problem(detail: ErrorDetails) -> Problem:
    key, kind = str(detail["loc"][0]), detail["type"]
    if kind == "missing":
        return filled(Problem("{key} is missing"), key=key)
    if kind == "extra_forbidden":
        return unknown(key, Entry.model_fields)
    if kind == "string_too_long":
        count, limit = len(str(detail["input"])), int(detail["ctx"]["max_length"])
        return filled(
            Problem("{key}: {count} characters, at most {limit} are allowed"), key=key, count=count, limit=limit
        )
    if kind == "string_too_short" or detail["input"] is None:
        return filled(Problem("{key}: expected text, not nothing"), key=key)
    given = shown(detail["input"])
    if key == "id":
        problem = Problem("id: only a-z, 0-9 and hyphens, at most {limit}, not {given}")
        return filled(problem, limit=LONGEST_ID, given=given)
    return _of_value(key, given, detail)


def _of_value(key: str, given: str, detail: ErrorDetails) -> Problem:
    match detail["type"]:
        case "literal_error" | "enum":
            choices = str(detail["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
            problem = Problem("{key}: expected one of {choices}, not {given}")
            return filled(problem, key=key, choices=choices, given=given)
        case "bool_parsing" | "bool_type":
            return filled(Problem("{key}: expected true or false, not {given}"), key=key, given=given)
        case "tuple_type":
            return filled(Problem("{key}: expected a list, each item on a line after a dash"), key=key)
        case "string_type":
            return filled(Problem("{key}: expected text, not {given}"), key=key, given=given)
        case "float_parsing" | "float_type" | "finite_number" | "greater_than_equal":
            problem = Problem("{key}: expected a number that is not negative, not {given}")
            return filled(problem, key=key, given=given)
    return filled(Problem("{key}: {reason}"), key=key, reason=detail["msg"])


def unknown(key: str, known: Collection[str]) -> Problem:
    """Return the problem of a key that is not *known*, with the one that may be meant."""
    near = next(iter(difflib.get_close_matches(key.lower().replace("-", "_")[:_LONGEST_SHOWN], known, n=1)), None)
    if near:
        return filled(Problem("unknown key {key}; did you mean {guess}?"), key=shown(key), guess=near)
    return filled(Problem("unknown key {key}; known are {known}"), key=shown(key), known=", ".join(known))


def shown(value: object) -> str:
    """Return *value* as a message names it, cut."""
    text = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
