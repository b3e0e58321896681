"""Which section of a note's twin says the same in the other language: none rather than a wrong one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.glossary import Glossary
from knowledge.likeness import Likeness
from knowledge.model import Note, Section

REACH: Final = 60
"""Sections before and after its own place in which a section's other half is looked for."""
# Measured on two bilingual repositories, with sections taken out of either side (tests/knowledge/test_twins_real.py).
_ALIKE: Final = 0.5
"""From which on two sections may be twins."""
_NOT_UNLIKE: Final = 0.3
"""From which on they may be where all around them says so."""
_FAR: Final = 1.2
"""From which on they may be though sections between them changed places."""

Pair = tuple[int, int]
"""Places of two sections in their notes."""


@dataclass(frozen=True, slots=True)
class Known:
    """An alignment made before; what did not change since is taken over.

    Attributes:
        notes: by file.
        twins: what ``twins`` returned for them, with the same glossary.
    """

    notes: Mapping[str, Note]
    twins: Mapping[str, Section]

    def holds(self, note: Note) -> bool:
        """Tell whether *note* is as it was."""
        before = self.notes.get(note.file)
        return before is not None and (before.digest, before.twin) == (note.digest, note.twin)


def twins(notes: Sequence[Note], glossary: Glossary | None = None, known: Known | None = None) -> Mapping[str, Section]:
    """Return, by section id, the section of the twin note that says the same. Sections without one are left out.

    Args:
        notes: all of them.
        glossary: names of concepts in both languages.
        known: an alignment of an earlier state of the notes.
    """
    glossary = glossary or Glossary(())
    by_file = {note.file: note for note in notes}
    found: dict[str, Section] = {}
    for note in notes:
        other = by_file.get(note.twin or "")
        if other is None or (other.twin == note.file and other.file < note.file):
            continue  # both ways at once, from the first of the two
        if known is not None and known.holds(note) and known.holds(other):
            found.update(_kept(note, other, known.twins))
        else:
            found.update(_of_notes(note, other, glossary))
    return found


def _kept(note: Note, other: Note, twins: Mapping[str, Section]) -> Iterator[tuple[str, Section]]:
    """Yield the pairs of before as they are now: a picture that was not there may have come."""
    now = {section.id: section for section in (*note.sections, *other.sections)}
    pairs = ((key, now.get(twins[key].id)) for key in now if key in twins)
    return ((key, twin) for key, twin in pairs if twin is not None)


def _of_notes(note: Note, other: Note, glossary: Glossary) -> Iterator[tuple[str, Section]]:
    mine, theirs = _wholes(note.sections), _wholes(other.sections)
    pairs = _paired([parts[0] for parts in mine], [parts[0] for parts in theirs], glossary)
    for place, twin in pairs:
        yield from _parts(mine[place], theirs[twin])
        if other.twin == note.file:
            yield from _parts(theirs[twin], mine[place])


def _parts(mine: Sequence[Section], theirs: Sequence[Section]) -> Iterator[tuple[str, Section]]:
    """Pair part with part: one language may need more of them than the other."""
    return ((part.id, theirs[min(number, len(theirs) - 1)]) for number, part in enumerate(mine))


def _wholes(sections: Sequence[Section]) -> list[list[Section]]:
    """Return the sections of each heading: one, or its parts."""
    wholes: list[list[Section]] = []
    for section in sections:
        if section.part > 1 and wholes:
            wholes[-1].append(section)
        else:
            wholes.append([section])
    return wholes


def _paired(mine: Sequence[Section], theirs: Sequence[Section], glossary: Glossary) -> list[Pair]:
    """Return the places of twins: those in one order, then those that must lie between them, then those apart."""
    if not mine or not theirs:
        return []
    likeness = Likeness(mine, theirs, glossary)
    scores = {(i, j): likeness(i, j) for i in range(len(mine)) for j in _band(i, len(mine), len(theirs))}
    pairs = _in_order(scores, len(mine), len(theirs))
    pairs += _between(pairs, mine, theirs, scores)
    return pairs + _apart(pairs, scores)


def _band(place: int, mine: int, theirs: int) -> range:
    middle = place * theirs // mine
    return range(max(0, middle - REACH), min(theirs, middle + REACH + 1))


@dataclass(frozen=True, slots=True)
class _Row:
    """How alike the best pairs are, by how many sections of the other note they may be of.

    Only what the band needs is held: to the right of it nothing is gained, to the left it is as in the row above.
    """

    start: int
    best: list[float]

    def at(self, count: int) -> float:
        """Return it for the first *count* sections, no fewer than *start*."""
        return self.best[min(count - self.start, len(self.best) - 1)]


def _rows(scores: Mapping[Pair, float], mine: int, theirs: int) -> list[_Row]:
    rows = [_Row(0, [0.0])]
    for i in range(mine):
        band, above = _band(i, mine, theirs), rows[-1]
        best = [above.at(band.start)]
        for j in band:
            paired = above.at(j) + max(0.0, scores.get((i, j), 0.0) - _ALIKE)
            best.append(max(paired, above.at(j + 1), best[-1]))
        rows.append(_Row(band.start, best))
    return rows


def _in_order(scores: Mapping[Pair, float], mine: int, theirs: int) -> list[Pair]:
    """Return the pairs, both places ascending, that are most alike taken together."""
    rows = _rows(scores, mine, theirs)
    pairs: list[Pair] = []
    i, j = mine, theirs
    while i and j:
        if j <= rows[i].start or rows[i].at(j) == rows[i - 1].at(j):
            i -= 1
        elif rows[i].at(j) == rows[i].at(j - 1):
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def _between(
    pairs: Sequence[Pair], mine: Sequence[Section], theirs: Sequence[Section], scores: Mapping[Pair, float]
) -> list[Pair]:
    """Return pairs of the sections between pairs, where both sides have as many, of the same levels."""
    found: list[Pair] = []
    begin = (-1, -1)
    for end in (*pairs, (len(mine), len(theirs))):
        gap = list(zip(range(begin[0] + 1, end[0]), range(begin[1] + 1, end[1]), strict=False))
        if len(gap) == end[0] - begin[0] - 1 == end[1] - begin[1] - 1 and _one_shape(gap, mine, theirs):
            found.extend(pair for pair in gap if scores.get(pair, 0.0) >= _NOT_UNLIKE)
        begin = end
    return found


def _one_shape(gap: Sequence[Pair], mine: Sequence[Section], theirs: Sequence[Section]) -> bool:
    return len({mine[i].level - theirs[j].level for i, j in gap}) <= 1


def _apart(pairs: Sequence[Pair], scores: Mapping[Pair, float]) -> list[Pair]:
    """Return pairs of sections left over that are surely the same, wherever they stand; the most alike first."""
    taken, given = {i for i, _ in pairs}, {j for _, j in pairs}
    found: list[Pair] = []
    for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if score < _FAR:
            break
        if i not in taken and j not in given:
            taken.add(i)
            given.add(j)
            found.append((i, j))
    return found
