"""The index of all notes: build it once, ask it from any thread. A changed note makes a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge import patching, related
from knowledge.alignment import Known
from knowledge.bm25 import Document, PostingsBM25
from knowledge.companions import companions
from knowledge.completion import Completions
from knowledge.glossary import Glossary
from knowledge.heading_names import heading_keys
from knowledge.kinship import Kinship
from knowledge.lexicon import Beginnings, Lazy, candidates, lexicon
from knowledge.model import Completion, Hit, Language, Note, Results, Section, Suggestion
from knowledge.query import Query, QueryReader
from knowledge.ranking import Ranked, Ranking
from knowledge.related import Surroundings
from knowledge.standing import standings
from knowledge.subjects import subject
from knowledge.terms import Analyzer, SectionTerms

# Measured with `studybot eval` on two repositories of real notes and on the project's judged sets.
K1 = 2.0
B = 0.6
HEADING_WEIGHT = 8
LATER_PART_WEIGHT = 2
ANCESTORS_WEIGHT = 6
NAME_WEIGHT = 1
BOLD_WEIGHT = 1
BODY_WEIGHT = 1
EXACT_HEADING = 1.15
FOUND = 0.28  # certainty from which on the notes answer: both kinds of error are few on the judged sets
MAX_SUGGESTIONS = 5
TITLE_SHARE = 0.4  # of a hit for its title in what is thought to say most on a section, beside the rare terms in common
SAYS_SOMETHING = 0.1  # from which on a PDF is offered beside a note
_LOOKED_AT = 30
ROUNDING = 0.0002  # what rounding may do to the distance of two scores, and more


class Index:
    """Finds sections. Immutable: safe to ask from many threads, never changed by an edit of the notes.

    Attributes:
        aligned: the notes of the last state that was built anew and which sections of them are twins.

    Args:
        notes: in order of file.
        terms: those of each section of each note; read once.
        twins: by section id, the section that says the same in the other language.
        glossary: the group's, shipped and mined terms.
        analyzer: the one that made *terms*.
    """

    def __init__(
        self,
        notes: Sequence[Note],
        terms: Iterable[SectionTerms],
        *,
        twins: Mapping[str, Section],
        glossary: Glossary,
        analyzer: Analyzer,
    ) -> None:
        self.notes = kept = tuple(notes)
        self.sections = tuple(section for note in self.notes for section in note.sections)
        self.glossary = glossary
        self._analyzer = analyzer
        self._twins = twins
        self.aligned = Known({note.file: note for note in kept}, twins)
        self._standings = standings(self.notes)
        self._know(words := PostingsBM25(map(_fields, self.sections, terms), k1=K1, b=B))
        self._lexicon = lexicon(words, glossary, self.sections)
        self._reader = QueryReader(analyzer, self._lexicon)
        # Names of their own: one that holds self would keep a replaced index in memory until the collector runs.
        self._completions = Completions(Lazy(lambda: candidates(kept, glossary, words)))

    def _know(self, words: PostingsBM25) -> None:
        self._words = words
        self._ranking = Ranking(words)
        self._kinship = Kinship(words, self._analyzer, self.glossary)

    def patched(self, notes: Sequence[Note], terms: Callable[[Note], Sequence[SectionTerms]]) -> Index | None:
        """Return an index of *notes*, most of which are these, within a tenth of a second; None if it takes as long.

        It finds what is new, and nothing that is gone. To what it completes, which slips it mends and what it knows of
        new names and twins is as it was, until an index that is built anew takes its place.
        """
        change = patching.patch(self.notes, notes)
        if change is None:
            return None
        made = Index.__new__(Index)
        made.notes, made.glossary, made._analyzer = tuple(notes), self.glossary, self._analyzer
        made.sections = tuple(section for note in made.notes for section in note.sections)
        made._twins, made.aligned = patching.twins(self._twins, made._by_id), self.aligned
        new = [note for _, note in change.added]
        made._standings = {
            language: change.spread(self._standings[language], added) for language, added in standings(new).items()
        }
        added = {
            first + number: _fields(section, found)
            for first, note in change.added
            for number, (section, found) in enumerate(zip(note.sections, terms(note), strict=True))
        }
        made._know(self._words.spliced(change.places, added, change.size))
        made._lexicon = replace(self._lexicon, known=made._words, starting=Beginnings(made._words).starting)
        made._reader, made._completions = QueryReader(self._analyzer, made._lexicon), self._completions
        made._by_heading = change.moved(self._by_heading)
        for number in added:
            for key in heading_keys(made.sections[number].title):
                made._by_heading.setdefault(key, []).append(number)
        return made

    @property
    def term_count(self) -> int:
        """Different words in the notes."""
        return len(self._words.terms)

    def warm(self) -> None:
        """Make the tables that are made when first needed now, so that nobody waits for them; takes a thread's time."""
        self._completions.warm()
        self._reader.warm()
        _ = (self._by_heading, self._by_id, self._by_file, self._beside)
        _ = (self._surroundings.linking, self._surroundings.folders)

    def section(self, section_id: str) -> Section | None:
        """Return the section with this id, or None if the notes do not have it (any longer)."""
        return self._by_id.get(section_id)

    def note(self, file: str) -> Note | None:
        """Return the note of *file*, or None."""
        return self._by_file.get(file)

    def twin(self, section: Section) -> Section | None:
        """Return the section that says the same in the other language, or None."""
        return self._twins.get(section.id)

    def companion(self, section: Section) -> Section | None:
        """Return the section of the PDF beside its note, or of the note beside its PDF, that says most on it.

        None if there is none; a PDF that has a note always has one of its sections.
        """
        beside = self._beside.get(section.file)
        if not beside:
            return None
        said: defaultdict[str, float] = defaultdict(float)
        for hit in self.search(section.title, limit=_LOOKED_AT).hits:
            said[hit.section.id] += TITLE_SHARE * hit.score
        for place, share in self._kinship.nearest(section, _LOOKED_AT):
            said[self.sections[place].id] += share
        found = (one for file in beside for one in self._by_file[file].sections)
        best = max(found, key=lambda one: (said.get(one.id, 0.0), one.language == section.language), default=None)
        enough = best is not None and said.get(best.id, 0.0) >= SAYS_SOMETHING
        return best if enough or section.page is not None else None

    def parts(self, section: Section) -> tuple[Section, ...]:
        """Return all parts of the section's heading, in order; just the section if it is whole."""
        if not section.part:
            return (section,)
        note = self._by_file.get(section.file)
        numbered = enumerate(note.sections if note else ())
        # Parts stand in a row: where their row begins tells the parts of one heading from those of an equal one.
        rows = [(place - other.part, other) for place, other in numbered if other.headings == section.headings]
        start = next((begun for begun, other in rows if other.id == section.id), None)
        return tuple(other for begun, other in rows if begun == start and other.part) or (section,)

    def neighbours(self, section: Section, limit: int = 5) -> tuple[Section, ...]:
        """Return sections to read beside *section*, nearest first."""
        return related.neighbours(section, self._surroundings, limit)

    def search(self, query: str, *, limit: int = 8, language: Language | None = None) -> Results:
        """Return the sections that answer *query*, at most *limit*; *language* overrides the question's own."""
        read = self._reader.read(query, language)
        if not read.spans or not self.sections:
            return Results(read.text, read.language, found=False)
        ranked = self._ranking.rank(read.spans)
        scores = self._preferred(read, ranked)
        best = _best(scores, max(limit, MAX_SUGGESTIONS))
        found = bool(best) and read.telling and ranked.certainty(best[0][0]) >= FOUND
        ranking = tuple(Hit(self.sections[ranked.places[place]], score) for place, score in best)
        hits = self._led_by_their_subject(ranking, read)
        hits = self._in_their_language(hits, language) if language else hits
        return Results(read.text, read.language, found, hits[:limit], () if found else _suggestions(hits))

    def _led_by_their_subject(self, hits: tuple[Hit, ...], query: Query) -> tuple[Hit, ...]:
        """Put before a first hit that stands below the heading that was asked for the section of that heading."""
        if not hits:
            return hits
        first, scores = hits[0], {hit.section.id: hit.score for hit in hits}
        above = subject(first.section, self._by_file[first.section.file], query, scores, self._analyzer)
        if above is None:
            return hits
        return (Hit(above, first.score), *(hit for hit in hits if hit.section.id != above.id))

    def _in_their_language(self, hits: tuple[Hit, ...], language: Language) -> tuple[Hit, ...]:
        """Put before a first hit in another *language* the section that says the same in it."""
        twin = self.twin(hits[0].section) if hits else None
        if twin is None or twin.language != language or hits[0].section.language == language:
            return hits
        return (Hit(twin, hits[0].score), *(hit for hit in hits if hit.section.id != twin.id))

    def complete(self, typed: str, *, limit: int = 25) -> tuple[Completion, ...]:
        """Return what *typed* may become, best first; () for an empty text."""
        return self._completions.complete(typed, limit=limit)

    @cached_property
    def _by_id(self) -> Mapping[str, Section]:
        return {section.id: section for section in self.sections}

    @cached_property
    def _by_file(self) -> Mapping[str, Note]:
        return {note.file: note for note in self.notes}

    @cached_property
    def _beside(self) -> Mapping[str, tuple[str, ...]]:
        """The PDFs beside each note that has its name, and the notes beside each of them."""
        found: dict[str, tuple[str, ...]] = {}
        for paper, notes in companions(note.file for note in self.notes).items():
            found[paper] = notes
            found.update((file, (*found.get(file, ()), paper)) for file in notes)
        return found

    @cached_property
    def _surroundings(self) -> Surroundings:
        sections, kinship = self.sections, self._kinship  # no self in it: see __init__

        def alike(section: Section, limit: int) -> list[tuple[Section, float]]:
            return [(sections[place], share) for place, share in kinship.nearest(section, limit)]

        return Surroundings(self._by_file, self._twins, alike)

    @cached_property
    def _by_heading(self) -> dict[str, list[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, section in enumerate(self.sections):
            for key in heading_keys(section.title):
                places[key].append(place)
        return dict(places)

    def _preferred(self, query: Query, ranked: Ranked) -> NDArray[np.float32]:
        """Return the scores with what the sections count beside their words: language, standing, the very heading."""
        scores: NDArray[np.float32] = ranked.scores * self._standings[query.language][ranked.places]
        exact = self._by_heading.get(query.key)
        if exact is not None:
            scores[np.isin(ranked.places, exact)] *= EXACT_HEADING
        return scores


def _fields(section: Section, terms: SectionTerms) -> Document:
    return (
        # Who asks for a heading wants to begin at its first part.
        (HEADING_WEIGHT if section.part <= 1 else LATER_PART_WEIGHT, terms.heading.split(" ") if terms.heading else ()),
        (ANCESTORS_WEIGHT, terms.ancestors.split(" ") if terms.ancestors else ()),
        (NAME_WEIGHT, terms.name.split(" ") if terms.name else ()),
        (BOLD_WEIGHT, terms.bold.split(" ") if terms.bold else ()),
        (BODY_WEIGHT, terms.body.split(" ") if terms.body else ()),
    )


def _best(scores: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
    """Return places and scores of the best above 0, best first, equal ones in order of file and line.

    They are compared as they are shown: to four places, and as shares of 1 where preferences lift them above it.
    """
    places = np.flatnonzero(scores)
    if len(places) > limit:
        found = scores[places]
        places = places[found >= np.partition(found, len(found) - limit)[len(found) - limit] - ROUNDING]
    values = scores[places].tolist()
    top = max([1.0, *values])
    shown = [(place, round(value / top, 4)) for place, value in zip(places.tolist(), values, strict=True)]
    return sorted(shown, key=lambda hit: (-hit[1], hit[0]))[:limit]


def _suggestions(hits: Iterable[Hit]) -> tuple[Suggestion, ...]:
    found: dict[str, Suggestion] = {}
    for hit in hits:
        found.setdefault(hit.section.title, Suggestion(hit.section.title, hit.section.id))
    return tuple(found.values())[:MAX_SUGGESTIONS]
