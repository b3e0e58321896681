"""The notes as the bot uses them: loaded, searched, browsed, and swapped for newer ones while it answers.

An index never changes. A refresh builds another beside it, on a thread, and one assignment puts it in its place.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from bot.errors import NotesLoadingError, NoTextError, SectionGoneError
from bot.services.collections import Collection, CollectionStatus
from bot.services.garbage import collection_paused
from bot.services.popularity import Missing, MissingTopic, Popularity
from bot.services.topics import HAN, Topics, arrange, terms_in
from knowledge import embedded, library
from knowledge.answer import compose
from knowledge.asked import is_name
from knowledge.errors import NotesError, Problem
from knowledge.index import Index
from knowledge.library import Loaded, OnProgress, Stage
from knowledge.model import Answer, Completion, Language, Results, Section
from knowledge.places import Places
from knowledge.questions.bank import Bank
from knowledge.sources import Folder

COMPLETIONS: Final = 25
RELATED: Final = 10
"""The next best matches that an answer offers."""
MARK: Final = "#"
"""Before a section's id in the value of a completion, so that it is told from a typed text."""
LONGEST_MESSAGE: Final = 4_000
"""Characters of a message in which terms are looked for."""
PICTURE_BYTES: Final = 10 * 1024 * 1024
_SECTION_VALUE: Final = re.compile(MARK + r"([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Found:
    """The notes answer the question."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class NotFound:
    """The notes do not answer the question; the results hold the nearest headings."""

    results: Results


@dataclass(frozen=True, slots=True)
class Change:
    """What a refresh brought: files below the root, sorted.

    Attributes:
        sections: how many there are now.
        problems: how many there are now.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    sections: int
    problems: int

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Status:
    """How the notes stand.

    Attributes:
        loaded_at: None while nothing is loaded.
        collections: where they come from.
    """

    notes: int
    sections: int
    chinese: int
    english: int
    problems: int
    loaded_at: datetime | None
    collections: tuple[CollectionStatus, ...]


@dataclass(frozen=True, slots=True)
class Problems:
    """What people who look after the notes can mend: files that cannot be read, and topics that nobody wrote about."""

    problems: tuple[Problem, ...]
    missing: tuple[MissingTopic, ...]


class Library:
    """Answers from some collections of notes. All but load(), rebuild() and the counters reads immutable data."""

    def __init__(self, *sources: Collection | Folder, cache: Path | None, clock: Callable[[], datetime]) -> None:
        self.collections = tuple(
            Collection(one, cache=cache, clock=clock) if isinstance(one, Folder) else one for one in sources
        )
        self.loaded: Loaded | None = None
        self._cache = cache
        self.clock = clock
        self._loaded_at: datetime | None = None
        self._arranged: tuple[Index, Topics] | None = None
        self._missing = Missing()
        self._popular = Popularity()

    @property
    def source(self) -> Folder:
        """The folder of the first collection."""
        return self.collections[0].folder

    @property
    def places(self) -> Places:
        """Where the files of the newest index are."""
        return self.loaded.places if self.loaded else Places()

    @property
    def index(self) -> Index:
        """The newest index.

        Raises:
            NotesLoadingError: there is none yet.
        """
        if self.loaded is None:
            raise NotesLoadingError
        return self.loaded.index

    @property
    def bank(self) -> Bank:
        """The questions that the notes give.

        Raises:
            NotesLoadingError
        """
        if self.loaded is None:
            raise NotesLoadingError
        return self.loaded.bank

    def load(self, on_progress: OnProgress | None = None) -> Loaded:
        """Read the notes and put them in place of those loaded before, which stay if this fails. Blocks.

        Raises:
            NotesError: the notes cannot be read.
        """
        began = time.perf_counter()
        self._read(on_progress)
        reading_s = time.perf_counter() - began
        loaded = self._built(on_progress)
        loaded = replace(loaded, timings=replace(loaded.timings, reading=reading_s))
        self._install(loaded, None)
        return loaded

    async def rebuild(self) -> Change:
        """Put the collections as they were read last in place of what is loaded, and say what changed.

        To be called once at a time: see Libraries.refresh().
        """
        before = self.loaded
        after = await asyncio.to_thread(self._replace)
        return _change(before, after)

    def search(self, query: str, *, limit: int = 8, language: Language | None = None) -> Results:
        """Return what the notes have on *query*. Blocks for some milliseconds."""
        return self.index.search(query, limit=limit, language=language)

    async def explain(self, topic: str, *, language: Language | None = None) -> Found | NotFound:
        """Return the answer to *topic*: a completion's value, or any text.

        Args:
            topic: may be hostile and of any length.
            language: of the reader; it decides only where the topic is a name that tells none ("swiglu").

        Raises:
            NotesLoadingError, SectionGoneError
        """
        section_id = _SECTION_VALUE.fullmatch(topic.strip())
        if section_id is not None:
            return Found(await self.open(section_id[1]))
        return await asyncio.to_thread(self._explain, topic, language if is_name(topic) else None)

    async def explain_message(self, text: str) -> Found | NotFound:
        """Return the answer to the weightiest term in *text*, with those to its other terms as the related sections.

        Raises:
            NoTextError: it holds no word.
            NotesLoadingError
        """
        if not any(character.isalnum() for character in text):
            raise NoTextError
        return await asyncio.to_thread(self._explain_message, text[:LONGEST_MESSAGE])

    async def open(self, section_id: str, language: Language | None = None) -> Answer:
        """Return the section as an answer, or the one that says the same in *language*.

        Raises:
            NotesLoadingError, SectionGoneError
        """
        index = self.index
        section = index.section(section_id)
        if section is None:
            raise SectionGoneError
        if language is not None:
            section = _in_language(index, section, language)
        self._popular.add(section.id)
        return await asyncio.to_thread(compose, index, section)

    def complete(self, typed: str) -> tuple[Completion, ...]:
        """Return at most 25 completions, best first; for nothing typed those shown lately and often. From memory."""
        if self.loaded is None:
            return ()
        index = self.loaded.index
        if typed.strip():
            return index.complete(typed, limit=COMPLETIONS)
        shown = [section for key in self._popular.best(COMPLETIONS) if (section := index.section(key))]
        openings = (note.sections[0] for note in index.notes if note.sections and not note.contents)
        sections = {section.id: section for section in (*shown, *islice(openings, COMPLETIONS))}
        return tuple(Completion(_named(section), section.id) for section in islice(sections.values(), COMPLETIONS))

    def status(self) -> Status:
        """Return how the notes stand; never raises."""
        notes = self.loaded.index.notes if self.loaded else ()
        return Status(
            notes=len(notes),
            sections=sum(len(note.sections) for note in notes),
            chinese=sum(note.language == "zh" for note in notes),
            english=sum(note.language == "en" for note in notes),
            problems=len(self.loaded.problems) if self.loaded else 0,
            loaded_at=self._loaded_at,
            collections=tuple(one.status() for one in self.collections),
        )

    def problems(self) -> Problems:
        """Return what is wrong with the notes and which topics were asked for in vain."""
        return Problems(self.loaded.problems if self.loaded else (), self._missing.most_asked())

    @property
    def topics(self) -> Topics:
        """What there is to browse.

        Raises:
            NotesLoadingError
        """
        index, arranged = self.index, self._arranged
        # A refresh may come in between on its thread: what was arranged belongs to the index that it came with.
        if arranged is None or arranged[0] is not index:
            self._arranged = arranged = (index, arrange(index.notes))
        return arranged[1]

    def picture(self, path: str, limit_bytes: int = PICTURE_BYTES) -> bytes | None:
        """Return a picture among the notes; None if it is gone, too big, or outside of them. Blocks."""
        content = self.file(path, limit_bytes)
        if content is None and (holder := embedded.holder(path)):
            data = self.file(holder, embedded.FILE_BYTES)
            content = embedded.content(path, data) if data is not None else None
        return content if content is not None and 0 < len(content) <= limit_bytes else None

    def file(self, path: str, limit_bytes: int) -> bytes | None:
        """Return a file among the notes; None if it is gone, too big, or outside of them. Blocks."""
        file = self.places.path(path)
        if file is None or not file.is_file():
            return None
        try:
            with file.open("rb") as opened:
                content = opened.read(limit_bytes + 1)
        except OSError:
            return None
        return content if len(content) <= limit_bytes else None

    def _read(self, on_progress: OnProgress | None = None) -> None:
        """Read all collections; one that cannot be read stays as it was, unless that is true of all."""
        tell = partial(on_progress, Stage.READING) if on_progress else None
        errors = []
        for one in self.collections:
            try:
                one.read(tell)
            except NotesError as error:
                errors.append(error)
        if errors and len(errors) == len(self.collections):
            raise errors[0]

    def _built(self, on_progress: OnProgress | None = None) -> Loaded:
        parts = [one.part for one in self.collections if one.part is not None]
        return library.build(parts, cache=self._cache, previous=self.loaded, on_progress=on_progress)

    def _replace(self) -> Loaded:
        with collection_paused(keep=self.loaded is None):
            self._patch()
            loaded = self._built()
            # Whatever is made at its first use is made here, or the first who needs it would wait.
            loaded.index.warm()
            _ = loaded.bank
            self._install(loaded, arrange(loaded.index.notes))
        return loaded

    def _patch(self) -> None:
        """Let what is new be found already while everything is built anew, which takes seconds for large notes."""
        parts = [one.part for one in self.collections if one.part is not None]
        if self.loaded is None or self._arranged is None or not parts:
            return
        patched = library.patched(parts, self.loaded, cache=self._cache)
        if patched is not None:
            self._install(patched, self._arranged[1])

    def _install(self, loaded: Loaded, topics: Topics | None) -> None:
        self.loaded, self._arranged = loaded, (loaded.index, topics) if topics else None
        self._loaded_at = self.clock()

    def _explain(self, topic: str, language: Language | None) -> Found | NotFound:
        index = self.index
        results = index.search(topic, limit=RELATED + 2, language=language)
        if not results.found or not results.hits:
            self._missing.add(results.query, self.clock())
            return NotFound(results)
        best, *others = (hit.section for hit in results.hits)
        self._popular.add(best.id)
        return Found(compose(index, best, _notes_alone(index, others)))

    def _explain_message(self, text: str) -> Found | NotFound:
        index = self.index
        language: Language = "zh" if HAN.search(text) else "en"
        found = [section for key in terms_in(text, self.topics.terms) if (section := index.section(key))]
        if not found:
            return self._explain(text, None)
        best, *others = (_in_language(index, section, language) for section in found[: RELATED + 1])
        self._popular.add(best.id)
        return Found(compose(index, best, _notes_alone(index, others)))


def _notes_alone(index: Index, sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return *sections* without those of tables of contents, which only lead to the others."""
    return tuple(section for section in sections if (note := index.note(section.file)) and not note.contents)


def _in_language(index: Index, section: Section, language: Language) -> Section:
    twin = index.twin(section)
    return twin if twin is not None and section.language != language else section


def _named(section: Section) -> str:
    return " · ".join(reversed(section.headings[-2:]))


def _change(before: Loaded | None, after: Loaded) -> Change:
    # A state whose bank nobody has asked for does not know its question files.
    both = before is None or before.questions.known is not None
    old = _digests(before, question_files=both) if before else {}
    new = _digests(after, question_files=both)
    return Change(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(file for file in new.keys() & old.keys() if new[file] != old[file])),
        removed=tuple(sorted(old.keys() - new.keys())),
        sections=sum(len(note.sections) for note in after.index.notes),
        problems=len(after.problems),
    )


def _digests(loaded: Loaded, *, question_files: bool) -> dict[str, str]:
    """Return the files of a state, with what changes with their content."""
    digests = {note.file: note.digest for note in loaded.index.notes}
    bank = loaded.questions.known
    if question_files and bank is not None:
        digests.update({file: digest for file, digest in bank.kept if file})
    return digests
