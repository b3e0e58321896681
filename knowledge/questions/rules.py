"""What the parts of a question must be to one another: choices, letters, accepted forms, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from knowledge.documents import Place
from knowledge.errors import Problem
from knowledge.questions import quantities
from knowledge.questions.model import FALSE, MOST_CHOICES, MOST_POINTS, TRUE, Kind
from knowledge.questions.schema import Entry, Fault, filled, shown

LETTERS: Final = "ABCDEFGHIJ"
MOST_FORMS: Final = 50
"""Accepted forms of a typed answer."""
_FEWEST_CHOICES: Final = 2
_TRUTH: Final = MappingProxyType({
    "true": TRUE, "t": TRUE, "yes": TRUE, "对": TRUE, "正确": TRUE, "是": TRUE, "√": TRUE,
    "false": FALSE, "f": FALSE, "no": FALSE, "错": FALSE, "错误": FALSE, "否": FALSE, "×": FALSE,
})  # fmt: skip
_OF_KIND: Final[Mapping[Kind, frozenset[str]]] = MappingProxyType({
    Kind.CHOICE: frozenset(("choices", "answer", "pinned")),
    Kind.SEVERAL: frozenset(("choices", "answer", "pinned", "partial")),
    Kind.TRUTH: frozenset(("answer",)),
    Kind.TYPED: frozenset(("accept", "tolerance", "answer")),
    Kind.ORDER: frozenset(("choices", "answer")),
    Kind.OPEN: frozenset(("answer", "points")),
})  # fmt: skip
_DEPENDS: Final = MappingProxyType({"answer": "choices", "pinned": "choices", "tolerance": "accept"})
"""Keys that can only be judged by another one."""
# A folder may be called C#: what follows the end of a file's name is the heading.
_SOURCE: Final = re.compile(r"(.*?\.(?:md|markdown|txt|pdf|ipynb))(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_ELSEWHERE: Final = re.compile(r"[A-Za-z]:|[a-z]+://")
_BETWEEN: Final = re.compile(r"[\s,，、;；/|]+")


def faults(entry: Entry, wrong: frozenset[str]) -> Iterator[Fault]:
    """Yield what is wrong with *entry* as a whole.

    Args:
        entry: as far as it could be understood.
        wrong: keys that could not, of which nothing more is said.
    """
    yield from (fault for fault in _source(entry) if "source" not in wrong)
    if "kind" in wrong:
        return
    for fault in (*_keys(entry), *_CHECKS[entry.kind](entry)):
        key = str(fault.place[0])
        if key not in wrong and _DEPENDS.get(key) not in wrong:
            yield fault


def right(entry: Entry) -> tuple[int, ...]:
    """Return the indexes of the right choices, ascending; what is no letter of one is left out."""
    if entry.kind is Kind.TRUTH:
        return truth(entry.answer) if isinstance(entry.answer, str) else ()
    if entry.kind in {Kind.CHOICE, Kind.SEVERAL}:
        return indexes(answers(entry), len(entry.choices))
    return ()


def truth(answer: str) -> tuple[int, ...]:
    """Return (TRUE,) or (FALSE,) for a word that says so; () for any other."""
    found = _TRUTH.get(answer.strip().casefold())
    return () if found is None else (found,)


def indexes(written: Sequence[str], count: int) -> tuple[int, ...]:
    """Return the indexes that the letters *written* name among *count* choices, ascending."""
    places = {LETTERS.find(letter.upper()) for letter in written if len(letter) == 1}
    return tuple(sorted(place for place in places if 0 <= place < count))


def answers(entry: Entry) -> tuple[str, ...]:
    """Return the letters of an answer, as written: ``[A, C]``, ``A, C`` and ``AC`` are the same."""
    if not isinstance(entry.answer, str):
        return entry.answer
    parts = tuple(filter(None, _BETWEEN.split(entry.answer)))
    joined = entry.kind is Kind.SEVERAL and len(parts) == 1 and all(letter in LETTERS for letter in parts[0].upper())
    return tuple(parts[0]) if joined else parts


def source_of(entry: Entry) -> tuple[str, str]:
    """Return the file and the heading that ``source`` names; empty where it names none."""
    found = _SOURCE.fullmatch(entry.source.strip())
    file, _, heading = entry.source.partition("#") if found is None else (found[1], "", found[2] or "")
    return file.strip().replace("\\", "/").removeprefix("./"), heading.strip()


def _fault(place: Place, problem: Problem, **values: str | int) -> Fault:
    return Fault(place, filled(problem, **values))


def _keys(entry: Entry) -> Iterator[Fault]:
    """Yield the keys that questions of this kind do not have."""
    kinds = {key for keys in _OF_KIND.values() for key in keys}
    for key in sorted(entry.model_fields_set & kinds - _OF_KIND[entry.kind]):
        yield _fault((key,), Problem("a question of kind {kind} has no {key}"), kind=entry.kind.value, key=key)


def _lacking(entry: Entry, key: str) -> Fault:
    return _fault((key,), Problem("a question of kind {kind} needs {key}"), kind=entry.kind.value, key=key)


def _choice(entry: Entry) -> Iterator[Fault]:
    yield from _choices(entry)
    yield from _letters(entry, "answer", answers(entry))
    yield from _letters(entry, "pinned", entry.pinned)
    if not entry.answer:
        yield _lacking(entry, "answer")
    elif entry.kind is Kind.CHOICE and len(right(entry)) > 1:
        yield _fault(("answer",), Problem("a choice question has one answer; with several it is of kind several"))


def _choices(entry: Entry) -> Iterator[Fault]:
    count = len(entry.choices)
    if not _FEWEST_CHOICES <= count <= MOST_CHOICES:
        problem = Problem("a question has {fewest} to {most} choices, not {count}")
        yield _fault(("choices",), problem, fewest=_FEWEST_CHOICES, most=MOST_CHOICES, count=count)
    seen: dict[str, int] = {}
    for place, choice in enumerate(entry.choices[:MOST_CHOICES]):
        first = seen.setdefault(" ".join(choice.split()), place)
        if first != place:
            problem = Problem("the choices {first} and {second} are the same")
            yield _fault(("choices", place), problem, first=LETTERS[first], second=LETTERS[place])


def _letters(entry: Entry, key: str, written: Sequence[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    whole = isinstance(getattr(entry, key), str)
    for number, letter in enumerate(map(str.upper, written)):
        place: Place = (key,) if whole else (key, number)
        if len(letter) != 1 or letter not in LETTERS:
            problem = Problem("{key}: expected the letter of a choice, such as B, not {given}")
            yield _fault(place, problem, key=key, given=shown(getattr(entry, key) if whole else written[number]))
            if whole:
                return
        elif LETTERS.index(letter) >= len(entry.choices):
            problem = Problem("{key} {letter} is not among the {count} choices")
            yield _fault(place, problem, key=key, letter=letter, count=len(entry.choices))
        elif letter in seen:
            yield _fault(place, Problem("{key} names {letter} twice"), key=key, letter=letter)
        seen.add(letter)


def _truth(entry: Entry) -> Iterator[Fault]:
    if not entry.answer:
        yield _lacking(entry, "answer")
    elif not right(entry):
        problem = Problem("{key}: expected true or false, not {given}")
        yield _fault(("answer",), problem, key="answer", given=shown(entry.answer))


def _typed(entry: Entry) -> Iterator[Fault]:
    yield from _words(entry)
    if not entry.accept:
        yield _lacking(entry, "accept")
    if len(entry.accept) > MOST_FORMS:
        problem = Problem("accept has at most {limit} forms, not {count}")
        yield _fault(("accept",), problem, limit=MOST_FORMS, count=len(entry.accept))
    if entry.tolerance is not None and not any(map(quantities.readings, entry.accept)):
        problem = Problem("tolerance is for numbers, and there is none in accept: {given}")
        yield _fault(("tolerance",), problem, given=shown(", ".join(entry.accept)))


def _order(entry: Entry) -> Iterator[Fault]:
    yield from _choices(entry)
    yield from _words(entry)


def _open(entry: Entry) -> Iterator[Fault]:
    yield from _words(entry)
    if not entry.answer:
        yield _lacking(entry, "answer")
    count = len(entry.points)
    if not 1 <= count <= MOST_POINTS:
        yield _fault(
            ("points",), Problem("an open question has 1 to {most} points, not {count}"), most=MOST_POINTS, count=count
        )


def _words(entry: Entry) -> Iterator[Fault]:
    if not isinstance(entry.answer, str):
        problem = Problem("the answer to a question of kind {kind} is a text, no list")
        yield _fault(("answer",), problem, kind=entry.kind.value)


def _source(entry: Entry) -> Iterator[Fault]:
    file, heading = source_of(entry)
    path = PurePosixPath(file)
    if path.is_absolute() or ".." in path.parts or "\0" in file or _ELSEWHERE.match(file):
        problem = Problem("source: expected a file below the notes' folder, not {given}")
        yield _fault(("source",), problem, given=shown(file))
    elif heading and not file:
        yield _fault(("source",), Problem("source: {given} is a heading without a file"), given=shown(heading))


_CHECKS: Final = MappingProxyType({
    Kind.CHOICE: _choice, Kind.SEVERAL: _choice, Kind.TRUTH: _truth,
    Kind.TYPED: _typed, Kind.ORDER: _order, Kind.OPEN: _open,
})  # fmt: skip
