"""What is new in notes, compared with a state of them of which only digests were kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.index import Index
from knowledge.model import Note, Section

_DIGEST: Final = 8
"""Bytes of an id, and of what stands for a text."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of notes.

    Attributes:
        state: 16 hexadecimal digits that stand for all of it.
        seen: of each section the id and a digest of what it says.
    """

    state: str
    seen: bytes


@dataclass(frozen=True, slots=True)
class News:
    """A topic that is new, or says something else than before.

    Attributes:
        note: the title of its note; empty if that is not known.
        file: of its note; empty if that is not known.
        above: the heading under which its own stands; empty if there is none.
    """

    section_id: str
    title: str
    new: bool
    note: str = ""
    file: str = ""
    above: str = ""


def snapshot(index: Index) -> Snapshot:
    """Return the state of the notes of *index*."""
    pairs = sorted(_id(section) + _said(section) for note in index.notes for section in _told(note))
    seen = b"".join(pairs)
    return Snapshot(hashlib.blake2b(seen, digest_size=8).hexdigest(), seen)


def since(index: Index, seen: bytes) -> tuple[News, ...]:
    """Return what is new since a state, in order of the notes, what is new before what has changed.

    A section that only moved, or was renamed with its file, is not new. A note that is new as a whole is one topic.
    """
    width = 2 * _DIGEST
    known = [seen[at : at + width] for at in range(0, len(seen), width)]
    ids, texts = {one[:_DIGEST] for one in known}, {one[_DIGEST:] for one in known}
    found: list[News] = []
    for note in index.notes:
        others = [section for section in _told(note) if _said(section) not in texts]
        new = [section for section in others if _id(section) not in ids]
        if new and len(new) == len(_told(note)):
            found.append(News(new[0].id, note.title, new=True, note=note.title, file=note.file))
        else:
            found += _each(note, others, ids)
    return tuple(sorted(found, key=lambda one: not one.new))


def _each(note: Note, sections: Sequence[Section], ids: set[bytes]) -> Iterator[News]:
    """Yield a topic for each heading: a long text under one heading is several sections."""
    named: set[tuple[str, ...]] = set()
    for section in sections:
        if section.headings not in named:
            named.add(section.headings)
            new, above = _id(section) not in ids, "".join(section.headings[-2:-1])
            yield News(section.id, section.title, new=new, note=note.title, file=note.file, above=above)


def _told(note: Note) -> Sequence[Section]:
    """Return the sections that say something of their own."""
    return () if note.contents else [section for section in note.sections if not section.overview]


def _id(section: Section) -> bytes:
    return bytes.fromhex(section.id)[:_DIGEST]


def _said(section: Section) -> bytes:
    said = "\0".join((*section.headings, section.text))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()
