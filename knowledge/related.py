"""What to read beside a section: by rare terms in common, links, folder, and place in the note; nothing twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from knowledge.kinship import nearly_the_same, words_of
from knowledge.model import Note, Section
from knowledge.names import folder_of

Alike = Callable[[Section, int], Iterable[tuple[Section, float]]]
"""Returns sections with rare terms in common, at most so many, with the share (0 to 1) that they have."""

_ALIKE: Final = 60
"""Sections looked at for their terms."""
_CLOSE, _AROUND = 2, 6
_LINKED: Final = 12
_OF_FOLDER: Final = 8
"""Sections to each side, notes and notes looked at, likewise."""
# Beside the share of rare terms, which is about 0.2 for one subject and 0.1 for one field.
_NEXT: Final = 0.3
_SAME_NOTE: Final = 0.1
_LINK: Final = 0.15
_SAME_FOLDER: Final = 0.05
_OTHER_LANGUAGE: Final = 0.8
_LEAST: Final = 0.08
"""Below which terms in common are chance."""


def _nothing_alike(_section: Section, _limit: int) -> Iterable[tuple[Section, float]]:
    return ()


@dataclass(frozen=True)
class Surroundings:
    """What is known of the notes around a section.

    Attributes:
        notes: all, by file.
        twins: by section id, the section that says the same in the other language.
    """

    notes: Mapping[str, Note]
    twins: Mapping[str, Section]
    alike: Alike = _nothing_alike

    @cached_property
    def linking(self) -> Mapping[str, Sequence[str]]:
        """The files of the notes that link to a file."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for note in self.notes.values():
            for file in note.links:
                found[file].append(note.file)
        return dict(found)

    @cached_property
    def folders(self) -> Mapping[str, Sequence[str]]:
        """The files of each folder, but for the root, which holds anything."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for file in self.notes:
            if folder_of(file):
                found[folder_of(file)].append(file)
        return dict(found)


def neighbours(section: Section, around: Surroundings, limit: int) -> tuple[Section, ...]:
    """Return at most *limit* sections to read beside *section*, best first; no two that say the same.

    A note that is gone has none beside it: what was found before may still be looked at.
    """
    note = around.notes.get(section.file)
    if note is None:
        return ()
    scores: dict[str, float] = {}
    found: dict[str, Section] = {}
    for other, score in _candidates(section, note, around):
        kept = _in_language(other, section, around)
        found[kept.id] = kept
        scores[kept.id] = max(scores.get(kept.id, 0.0), score)
    ranked = sorted(found.values(), key=lambda one: -scores[one.id])  # equal ones as they came
    return tuple(islice(_distinct(section, ranked, around), limit))


def _candidates(section: Section, note: Note, around: Surroundings) -> Iterator[tuple[Section, float]]:
    linked = dict.fromkeys(islice((*note.links, *around.linking.get(note.file, ())), _LINKED))
    folder = folder_of(note.file)
    bonus = _Bonus(note, linked.keys(), folder)
    for distance, other in _beside(section, note):
        yield other, _NEXT / (distance + 1) + (_SAME_NOTE if distance <= _CLOSE else 0.0)
    for file in (*linked, *_near(note.file, around.folders.get(folder, ()))):
        other_note = around.notes.get(file)
        if other_note is not None and file not in {note.file, note.twin} and other_note.sections:
            yield other_note.sections[0], bonus.of(other_note.sections[0])
    for other, share in around.alike(section, _ALIKE):
        of_contents = other.file in around.notes and around.notes[other.file].contents
        if share >= _LEAST and not other.overview and not of_contents:
            language = 1.0 if other.language == section.language else _OTHER_LANGUAGE
            yield other, share * language + bonus.of(other)


@dataclass(frozen=True, slots=True)
class _Bonus:
    """What a section counts for where it stands."""

    note: Note
    linked: Iterable[str]
    folder: str

    def of(self, other: Section) -> float:
        if other.file == self.note.file:
            return _SAME_NOTE
        linked = _LINK if other.file in self.linked else 0.0
        return linked + (_SAME_FOLDER if self.folder and folder_of(other.file) == self.folder else 0.0)


def _beside(section: Section, note: Note) -> Iterator[tuple[int, Section]]:
    """Yield the sections after and before *section* in turn, without overviews, which say nothing of their own."""
    sections = note.sections
    place = next((i for i, other in enumerate(sections) if other.id == section.id), 0)
    for distance in range(1, _AROUND + 1):
        for other in (place + distance, place - distance):
            if 0 <= other < len(sections) and not sections[other].overview:
                yield distance, sections[other]


def _near(file: str, files: Sequence[str]) -> Sequence[str]:
    """Return some of *files*, those around *file* in their order."""
    place = files.index(file) if file in files else 0
    first = max(0, min(place - _OF_FOLDER // 2, len(files) - _OF_FOLDER))
    return files[first : first + _OF_FOLDER]


def _in_language(other: Section, section: Section, around: Surroundings) -> Section:
    """Return *other*, or its twin if that is in the language of *section*."""
    twin = around.twins.get(other.id)
    return twin if twin is not None and other.language != section.language == twin.language else other


def _distinct(section: Section, others: Iterable[Section], around: Surroundings) -> Iterator[Section]:
    """Yield those of *others* that are told neither by *section* nor by one before: parts, twins, copies."""
    seen = {(one.file, one.headings) for one in (section, around.twins.get(section.id)) if one is not None}
    told = [words_of(section)]
    for other in others:
        twin = around.twins.get(other.id)
        if (other.file, other.headings) in seen or (twin is not None and (twin.file, twin.headings) in seen):
            continue
        words = words_of(other)
        if words and any(nearly_the_same(words, one) for one in told):
            continue
        seen.add((other.file, other.headings))
        told.append(words)
        yield other
