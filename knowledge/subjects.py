"""Whether a heading above a section is what was asked for: then its own section answers before those below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.heading_names import heading_keys
from knowledge.model import Note, Section
from knowledge.query import Query
from knowledge.terms import Analyzer

# Measured on the project's judged sets with `studybot eval`: no answer lost, broad questions led to their headings.
_NEARLY = 0.9
_OUTERMOST = 1
"""The title of a note names all that is in it: it leads nobody anywhere."""


def subject(
    found: Section, note: Note, query: Query, scores: Mapping[str, float], analyzer: Analyzer
) -> Section | None:
    """Return the section of the outermost heading above *found* that names all of the question; None if *found* leads.

    Args:
        found: what a search found first.
        note: of it.
        query: the question.
        scores: of what else was found, by section id.
        analyzer: of the notes.
    """
    if len(found.headings) <= _OUTERMOST + 1 or query.key in heading_keys(found.title):
        return None
    for above in _above(found, note):
        if not _names(query, above.title, analyzer):
            continue
        nearly = scores.get(above.id, 0.0) >= _NEARLY * scores.get(found.id, 0.0)
        return above if nearly or not _names(query, found.title, analyzer) else None
    return None


def _above(found: Section, note: Note) -> Iterator[Section]:
    """Yield the sections of the headings above, the outermost first, without the note's title."""
    for depth in range(_OUTERMOST + 1, len(found.headings)):
        headings = found.headings[:depth]
        yield from (one for one in note.sections if one.headings == headings and one.part <= 1)


def _names(query: Query, heading: str, analyzer: Analyzer) -> bool:
    terms = set(analyzer.terms(heading))
    return all(any(terms.issuperset(one.terms) for one in span.alternatives) for span in query.spans)
