"""What a group is told of its notes: which topics a post names, and how that is kept until it is sent."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from knowledge.news import News

SHOWN: Final = 10
"""Topics that a post names before it only counts them."""
_LONGEST: Final = 500
"""Characters of a title or a path that are kept; far fewer are shown."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is new in a collection.

    Attributes:
        collection: its name; empty where there is only one.
        topics: those that are named; their files are named below the collection.
        more: how many there are beside these.
    """

    collection: str
    topics: tuple[News, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What a post says.

    Attributes:
        batches: at least one, with SHOWN topics together at most.
        more: topics of collections of which none is named.
        new: of all topics.
        changed: of all topics.
    """

    batches: tuple[Batch, ...]
    more: int = 0
    new: int = 0
    changed: int = 0


def gathered(found: Sequence[News], prefixes: Mapping[str, str]) -> Contents:
    """Return what a post says of *found*, which is not empty.

    Where there is not room for all, every collection has its turn, and in it every note.

    Args:
        found: in the order in which it is to be told.
        prefixes: what stands before the names of the files of each collection -> the collection's name.
    """

    def prefix(one: News) -> str:
        return next((known for known in prefixes if one.file.startswith(known)), "")

    turns = _in_turns(_in_turns(found, lambda one: one.file), prefix)
    named = {one.section_id for one in turns[:SHOWN]}
    counted = Counter(map(prefix, found))
    batches = []
    for key, name in prefixes.items():
        topics = [one for one in found if one.section_id in named and prefix(one) == key]
        if topics:
            shown = tuple(replace(one, file=one.file.removeprefix(key)) for one in topics)
            batches.append(Batch(name if len(prefixes) > 1 else "", shown, counted.pop(key) - len(topics)))
    new = sum(one.new for one in found)
    return Contents(tuple(batches), counted.total(), new, len(found) - new)


def written(contents: Contents) -> str:
    """Return *contents* to be kept."""
    batches = [[one.collection, [_row(topic) for topic in one.topics], one.more] for one in contents.batches]
    kept = {"batches": batches, "more": contents.more, "new": contents.new, "changed": contents.changed}
    return json.dumps(kept, ensure_ascii=True)


def read(kept: str) -> Contents:
    """Return what was kept, also by a version that did not know where topics are."""
    found = json.loads(kept)
    if isinstance(found, list):
        topics, more = found
        return Contents((Batch("", _topics(topics), more),))
    batches = tuple(Batch(name, _topics(topics), more) for name, topics, more in found.pop("batches"))
    return Contents(batches, **found)


def _in_turns(found: Sequence[News], whose: Callable[[News], str]) -> list[News]:
    """Return *found* so that the first of each comes before the second of any."""
    turns: Counter[str] = Counter()
    turn: dict[str, int] = {}
    for one in found:
        turns[whose(one)] += 1
        turn[one.section_id] = turns[whose(one)]
    return sorted(found, key=lambda one: turn[one.section_id])


def _row(one: News) -> list[Any]:
    texts = (one.title, one.note, one.file, one.above)
    title, note, file, above = (text[:_LONGEST] for text in texts)
    return [one.section_id, title, one.new, note, file, above]


def _topics(rows: Sequence[Sequence[Any]]) -> tuple[News, ...]:
    return tuple(News(*row) for row in rows)
