"""From a section that was found to an answer: the whole passage, its twin, and what to read next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, takewhile
from typing import Final, Protocol

from knowledge.escaping import escaped
from knowledge.kinship import nearly_the_same, words_of
from knowledge.model import Answer, Block, BlockKind, Note, Section

MAX_RELATED = 10
PARTS_BEFORE, PARTS_AFTER = 5, 40
"""Of one heading's parts, such as the pages of a PDF, that are shown around the one that answers."""


LITTLE: Final = 400
"""Characters under which a heading is thought to lead to those below it."""
MOST_BELOW: Final = 2_500


class Source(Protocol):
    """What an answer needs of the index."""

    def note(self, file: str) -> Note | None:
        """Return the note of *file*, or None."""

    def twin(self, section: Section) -> Section | None:
        """Return the section that says the same in the other language, or None."""

    def companion(self, section: Section) -> Section | None:
        """Return the section of the PDF beside its note, or of the note beside its PDF, that says most on it."""

    def parts(self, section: Section) -> tuple[Section, ...]:
        """Return all parts of the section's heading, in order."""

    def neighbours(self, section: Section, limit: int = 5) -> tuple[Section, ...]:
        """Return sections to read beside *section*, nearest first."""


def compose(index: Source, section: Section, related: Sequence[Section] = ()) -> Answer:
    """Return *section* as an answer, with the parts of its heading around it.

    Args:
        index: that the section is from.
        section: the one that answers.
        related: what else was found, best first; neighbours of the section fill it up to 10.
    """
    parts = index.parts(section)
    place = next((number for number, part in enumerate(parts) if part.id == section.id), 0)
    first = max(0, place - PARTS_BEFORE)
    parts, place = parts[first : place + PARTS_AFTER], place - first
    note = index.note(section.file)
    twin = index.twin(section)
    below = tuple(_below(note, section))
    twins = [other for one in (section, *below) if (other := index.twin(one)) is not None]
    told = {part.id for part in (section, *parts, *below, *chain(*map(index.parts, twins)))}
    others = chain(related, _more(index, section, limit=MAX_RELATED + len(told)))
    return Answer(
        section=section,
        blocks=(*(block for part in parts for block in part.blocks), *_headed(below)),
        start=sum(len(part.blocks) for part in parts[:place]),
        note_title=note.title if note else section.headings[0],
        twin=twin,
        companion=index.companion(section),
        related=tuple(islice(_distinct(index, others, section, told), MAX_RELATED)),
        below=below[-1] if below else None,
    )


def _below(note: Note | None, section: Section) -> Iterator[Section]:
    """Yield what stands under the headings below a section that says little itself, as far as it is short."""
    if note is None or section.part or section.overview or not 0 < len(section.text) < LITTLE:
        return
    place = next((number for number, one in enumerate(note.sections) if one.id == section.id), len(note.sections))
    deeper = takewhile(lambda one: one.level > section.level > 0, note.sections[place + 1 :])
    room = MOST_BELOW
    for one in deeper:
        room -= len(one.text)
        if room < 0:
            return
        if not one.overview:
            yield one


def _headed(sections: Iterable[Section]) -> Iterator[Block]:
    """Yield what stands in *sections*, with their headings; that of several parts once."""
    for one in sections:
        if one.part <= 1:
            title = one.title if one.page is None else escaped(one.title)
            yield Block(BlockKind.TEXT, f"### {title}", (one.lines[0], one.lines[0]))
        yield from one.blocks


def _more(index: Source, section: Section, *, limit: int) -> Iterator[Section]:
    """Yield the neighbours; they are looked for only where they are needed."""
    yield from index.neighbours(section, limit)


def _distinct(index: Source, sections: Iterable[Section], answer: Section, told: set[str]) -> Iterator[Section]:
    """Yield the sections not yet told: of the parts of one heading and of twins the first to come, of copies one."""
    texts = [words_of(answer)]
    for section in sections:
        words = words_of(section)
        if section.id in told or (words and any(nearly_the_same(words, one) for one in texts)):
            continue
        twin = index.twin(section)
        told.update(part.id for one in (section, twin) if one is not None for part in (one, *index.parts(one)))
        texts.append(words)
        yield section
