"""From a folder of notes to an index: reading, segmenting through the cache, indexing, each told as it goes."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from knowledge import alignment, glossary, mining, shipped
from knowledge.cache import TermCache
from knowledge.errors import Problem
from knowledge.glossary import Glossary, Term
from knowledge.index import Index
from knowledge.model import Note
from knowledge.questions.bank import Bank
from knowledge.questions.demand import BankOnDemand, Material
from knowledge.segment import Segmenter
from knowledge.shipped import Shipped
from knowledge.sources import Folder, Reading, read
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
    """

    index: Index
    reading: Reading
    unread: tuple[Problem, ...]
    timings: Timings
    segmented: int
    vocabulary: Vocabulary
    terms: Terms
    questions: BankOnDemand

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
    """Read and index the notes of *folder*. Takes seconds for large ones, so on a thread.

    Args:
        folder: where the notes are.
        cache: folder for segmented notes; None keeps them in memory alone.
        previous: the state before, of which what did not change is taken over.
        on_progress: called from this thread.
        clock: seconds, for the timings.

    Raises:
        NotesError: the folder cannot be read at all.
    """
    tell = on_progress or (lambda stage, done, total: None)
    started = clock()
    reading = read(
        folder,
        previous=previous.reading if previous else None,
        on_progress=lambda done, total: tell(Stage.READING, done, total),
    )
    group, problems = _group_terms(folder.root)
    read_at = clock()
    vocabulary = _vocabulary(group, previous, cache)
    terms, segmented = _segmented(reading.notes, vocabulary, cache=cache, previous=previous, tell=tell)
    segmented_at = clock()
    tell(Stage.INDEXING, 0, 1)
    index = _index(reading.notes, terms, vocabulary)
    tell(Stage.INDEXING, 1, 1)
    timings = Timings(read_at - started, segmented_at - read_at, clock() - segmented_at)
    unread = (*reading.problems, *problems)
    material = Material(index, folder.root, reading.questions, vocabulary.glossary)
    questions = BankOnDemand(material, previous.questions if previous else None)
    return Loaded(index, reading, unread, timings, segmented, vocabulary, terms, questions)


def _group_terms(root: Path) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    path = root / glossary.GROUP_FILE
    try:
        if not path.is_file() or not path.resolve().is_relative_to(root.resolve()):
            return (), ()
        with path.open("rb") as file:
            data = file.read(glossary.MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return (), (Problem("The glossary cannot be read: {reason}", glossary.GROUP_FILE, None, (("reason", reason),)),)
    return glossary.parse(data, glossary.GROUP_FILE)


def _vocabulary(group: tuple[Term, ...], previous: Loaded | None, cache: Path | None) -> Vocabulary:
    if previous is not None and previous.vocabulary.group == group:
        return previous.vocabulary
    known = shipped.load(cache)
    segmenter = Segmenter(Glossary((*group, *known.terms), known.spelled).han_names)
    return Vocabulary(group, known, Analyzer(segmenter))


def _segmented(
    notes: Sequence[Note], vocabulary: Vocabulary, *, cache: Path | None, previous: Loaded | None, tell: OnProgress
) -> tuple[Terms, int]:
    """Return the terms of *notes*, and how many of them had to be segmented."""
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
    store.remove_unused()
    return found, segmented


def _index(notes: Sequence[Note], terms: Terms, vocabulary: Vocabulary) -> Index:
    twins = alignment.twins(notes)
    mined = mining.mined(notes, twins)
    return Index(
        notes,
        (section for note in notes for section in unpack(terms[note.file, note.digest])),
        twins=twins,
        glossary=Glossary((*vocabulary.group, *vocabulary.shipped.terms, *mined), vocabulary.shipped.spelled),
        analyzer=vocabulary.analyzer,
    )
