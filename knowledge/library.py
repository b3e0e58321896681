"""From folders of notes to an index: reading, segmenting through the cache, indexing, each told as it goes."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from knowledge import alignment, mining, shipped
from knowledge.cache import TermCache
from knowledge.errors import Problem
from knowledge.glossary import Glossary, Term
from knowledge.index import Index
from knowledge.model import Note
from knowledge.parts import Part, joined, read_part
from knowledge.places import Places
from knowledge.questions.bank import Bank
from knowledge.questions.demand import BankOnDemand, Material
from knowledge.segment import Segmenter
from knowledge.shipped import Shipped
from knowledge.sources import Folder, Reading
from knowledge.terms import Analyzer, pack, unpack

Terms = Mapping[tuple[str, str], bytes]
"""The packed terms of each note's sections, by the note's file and digest."""


class Stage(StrEnum):
    """What loading is at."""

    READING = "reading"
    SEGMENTING = "segmenting"
    INDEXING = "indexing"


OnProgress = Callable[[Stage, int, int], None]
"""Told the stage, how much of it is done and how much there is."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names known beside the notes, and the segmenter that knows them as words."""

    group: tuple[Term, ...]
    shipped: Shipped
    analyzer: Analyzer

    @property
    def glossary(self) -> Glossary:
        """Return the terms that somebody wrote down, without those that the notes gave."""
        return Glossary((*self.group, *self.shipped.terms), self.shipped.spelled)

    @property
    def digest(self) -> str:
        """Hex digits that change with anything that changes how a text is cut."""
        return hashlib.sha256("\0".join(self.analyzer.segmenter.user_words).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds that each stage took."""

    reading: float
    segmenting: float
    indexing: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """One state of the notes, ready to be asked.

    Attributes:
        unread: what could not be read, by file.
        segmented: how many notes had to be segmented because neither the state before nor the cache had them.
        vocabulary: reused by the next state if the group's glossary is the same.
        terms: reused by the next state for notes that are the same.
        parts: the collections of which it was made.
    """

    index: Index
    reading: Reading
    unread: tuple[Problem, ...]
    timings: Timings
    segmented: int
    vocabulary: Vocabulary
    terms: Terms
    questions: BankOnDemand
    parts: tuple[Part, ...]

    @property
    def places(self) -> Places:
        """Where the files are."""
        return Places(tuple(part.place for part in self.parts))

    @property
    def bank(self) -> Bank:
        """The question bank. Built when it, or the problems, are first asked for, which may take seconds."""
        return self.questions.get()[0]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, by file, then the questions that were left out."""
        return (*self.unread, *self.questions.get()[1])


def load(
    folder: Folder,
    *,
    cache: Path | None = None,
    previous: Loaded | None = None,
    on_progress: OnProgress | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Loaded:
    """Read and index the notes of *folder* alone. Takes seconds for large ones, so on a thread.

    Args:
        folder: where the notes are.
        cache: folder for segmented notes; None keeps them in memory alone.
        previous: the state before, of which what did not change is taken over.
        on_progress: called from this thread.
        clock: seconds, for the timings.

    Raises:
        NotesError: the folder cannot be read at all.
    """
    tell = on_progress or _silent
    started = clock()
    before = previous.parts[0] if previous is not None and len(previous.parts) == 1 else None
    part = read_part(folder, previous=before, on_progress=partial(tell, Stage.READING), cache=cache)
    reading_s = clock() - started
    loaded = build([part], cache=cache, previous=previous, on_progress=on_progress, clock=clock)
    return replace(loaded, timings=replace(loaded.timings, reading=reading_s))


def build(
    parts: Sequence[Part],
    *,
    cache: Path | None = None,
    previous: Loaded | None = None,
    on_progress: OnProgress | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Loaded:
    """Return one state of the notes of all *parts*. See load(); of the timings, that of the reading is left at 0."""
    tell = on_progress or _silent
    started = clock()
    reading = joined(tuple(parts))
    vocabulary = _vocabulary(tuple(term for part in parts for term in part.terms), previous, cache)
    terms, segmented = _segmented(reading.notes, vocabulary, cache=cache, previous=previous, tell=tell)
    segmented_at = clock()
    tell(Stage.INDEXING, 0, 1)
    index = _index(reading.notes, terms, vocabulary, previous)
    tell(Stage.INDEXING, 1, 1)
    timings = Timings(0.0, segmented_at - started, clock() - segmented_at)
    unread = tuple(problem for part in parts for problem in part.problems)
    places = Places(tuple(part.place for part in parts))
    material = Material(index, places, reading.questions, vocabulary.glossary)
    questions = BankOnDemand(material, previous.questions if previous else None)
    return Loaded(index, reading, unread, timings, segmented, vocabulary, terms, questions, tuple(parts))


def patched(parts: Sequence[Part], previous: Loaded, *, cache: Path | None = None) -> Loaded | None:
    """Return what finds the notes of *parts* at once, until build() is done with them; None if it would take as long.

    See Index.patched(); the questions are those of *previous*.
    """
    if previous.vocabulary.group != tuple(term for part in parts for term in part.terms):
        return None
    reading = joined(tuple(parts))
    terms, segmented = _segmented(
        reading.notes, previous.vocabulary, cache=cache, previous=previous, tell=_silent, tidy=False
    )
    index = previous.index.patched(reading.notes, lambda note: unpack(terms[note.file, note.digest]))
    if index is None:
        return None
    unread = tuple(problem for part in parts for problem in part.problems)
    return replace(
        previous, index=index, reading=reading, unread=unread, segmented=segmented, terms=terms, parts=tuple(parts)
    )


def _silent(_stage: Stage, _done: int, _total: int) -> None:
    return


def _vocabulary(group: tuple[Term, ...], previous: Loaded | None, cache: Path | None) -> Vocabulary:
    if previous is not None and previous.vocabulary.group == group:
        return previous.vocabulary
    known = shipped.load(cache)
    segmenter = Segmenter(Glossary((*group, *known.terms), known.spelled).han_names)
    return Vocabulary(group, known, Analyzer(segmenter))


def _segmented(
    notes: Sequence[Note],
    vocabulary: Vocabulary,
    *,
    cache: Path | None,
    previous: Loaded | None,
    tell: OnProgress,
    tidy: bool = True,
) -> tuple[Terms, int]:
    """Return the terms of *notes*, and how many had to be segmented; *tidy* clears the cache of what nobody uses."""
    known = previous.terms if previous is not None and previous.vocabulary is vocabulary else {}
    store = TermCache(cache, vocabulary.digest)
    found: dict[tuple[str, str], bytes] = {}
    segmented = 0
    for done, note in enumerate(notes):
        tell(Stage.SEGMENTING, done, len(notes))
        key = (note.file, note.digest)
        if key in known:
            found[key] = known[key]
            continue
        terms = store.get(*key)
        if terms is None or len(terms) != len(note.sections):
            terms = vocabulary.analyzer.of_note(note)
            store.put(*key, terms)
            segmented += 1
        found[key] = pack(terms)
    tell(Stage.SEGMENTING, len(notes), len(notes))
    if tidy:
        store.remove_unused()
    return found, segmented


def _index(notes: Sequence[Note], terms: Terms, vocabulary: Vocabulary, previous: Loaded | None) -> Index:
    known = previous.index.aligned if previous is not None and previous.vocabulary is vocabulary else None
    twins = alignment.twins(notes, vocabulary.glossary, known)
    mined = mining.mined(notes, twins)
    return Index(
        notes,
        (section for note in notes for section in unpack(terms[note.file, note.digest])),
        twins=twins,
        glossary=Glossary((*vocabulary.group, *vocabulary.shipped.terms, *mined), vocabulary.shipped.spelled),
        analyzer=vocabulary.analyzer,
    )
