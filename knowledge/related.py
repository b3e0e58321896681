"""What to read beside a section: what stands next to it, and what its note links to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from knowledge.model import Note, Section


def neighbours(section: Section, notes: Mapping[str, Note], limit: int) -> tuple[Section, ...]:
    """Return at most *limit* sections beside *section*, nearest first: of its own note, then of linked notes.

    A note that is gone has none beside it: what was found before may still be looked at.
    """
    note = notes.get(section.file)
    if note is None:
        return ()
    seen = {(section.file, section.headings)}
    found: list[Section] = []
    for other in chain(_around(section, note), _linked(note, notes)):
        if (other.file, other.headings) not in seen:
            seen.add((other.file, other.headings))
            found.append(other)
    return tuple(found[:limit])


def _around(section: Section, note: Note) -> Iterator[Section]:
    """Yield the sections after and before *section* in turn, without overviews, which say nothing of their own."""
    sections: Sequence[Section] = note.sections
    place = next((i for i, other in enumerate(sections) if other.id == section.id), 0)
    for distance in range(1, len(sections)):
        for other in (place + distance, place - distance):
            if 0 <= other < len(sections) and not sections[other].overview:
                yield sections[other]


def _linked(note: Note, notes: Mapping[str, Note]) -> Iterator[Section]:
    for file in note.links:
        linked = notes.get(file)
        if linked is not None and file != note.twin and linked.sections:
            yield linked.sections[0]
