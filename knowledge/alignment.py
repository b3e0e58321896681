"""Which section of a note's twin says the same in the other language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from knowledge.model import Note, Section
from knowledge.text import latin_terms

REACH = 100  # sections before and after its own place in which a section's other half is looked for
_SIGNS = re.compile(r"\d+(?:\.\d+)?|\\[a-zA-Z]+")


def twins(notes: Sequence[Note]) -> Mapping[str, Section]:
    """Return, by section id, the section of the twin note that corresponds to it."""
    by_file = {note.file: note for note in notes}
    found: dict[str, Section] = {}
    for note in notes:
        other = by_file.get(note.twin or "")
        if other is not None:
            found.update(_aligned(note.sections, other.sections))
    return found


def _aligned(mine: Sequence[Section], theirs: Sequence[Section]) -> Mapping[str, Section]:
    """Pair headings first, since one language may need more parts than the other; then part with part."""
    ours, others = _wholes(mine), _wholes(theirs)
    pairs = _paired([parts[0] for parts in ours], [parts[0] for parts in others])
    parts_of = {parts[0].id: parts for parts in others}
    found: dict[str, Section] = {}
    for parts in ours:
        twin = parts_of.get(pairs.get(parts[0].id, ""), ())
        found.update((part.id, twin[min(number, len(twin) - 1)]) for number, part in enumerate(parts) if twin)
    return found


def _wholes(sections: Sequence[Section]) -> list[list[Section]]:
    """Return the sections of each heading: one, or its parts."""
    wholes: list[list[Section]] = []
    for section in sections:
        if section.part > 1 and wholes:
            wholes[-1].append(section)
        else:
            wholes.append([section])
    return wholes


def _paired(mine: Sequence[Section], theirs: Sequence[Section]) -> Mapping[str, str]:
    """Return, by section id, the id of the section that says the same."""
    if [section.level for section in mine] == [section.level for section in theirs]:
        return {section.id: other.id for section, other in zip(mine, theirs, strict=True)}
    others = [(other, _signs(other)) for other in theirs]
    nearest = ((section, _nearest(section, number / len(mine), others)) for number, section in enumerate(mine))
    return {section.id: other.id for section, other in nearest if other is not None}


def _nearest(section: Section, place: float, others: Sequence[tuple[Section, frozenset[str]]]) -> Section | None:
    """Return the one of *others* with most signs in common; place in the note (0 to 1) decides among equals."""
    signs = _signs(section)

    def likeness(number: int) -> tuple[float, float]:
        other, theirs = others[number]
        same_level = 0.1 if other.level == section.level else 0.0
        return len(theirs & signs) / (1 + len(theirs | signs)) + same_level, -abs(number / len(others) - place)

    first = max(0, int(place * len(others)) - REACH)
    return others[max(range(first, min(len(others), first + 2 * REACH)), key=likeness)][0] if others else None


def _signs(section: Section) -> frozenset[str]:
    """Return what a translation leaves alone: Latin names in the heading, numbers and formulas in the text."""
    return frozenset(latin_terms(section.title)) | frozenset(_SIGNS.findall(section.text))
