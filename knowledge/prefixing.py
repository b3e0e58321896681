"""Puts the name of its collection before the files of a reading, so that several can stand in one index."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from knowledge.model import Block, Note, Section
from knowledge.sources import Reading


def prefixed(reading: Reading, prefix: str) -> Reading:
    """Return *reading* with *prefix* before every name, and with other ids, as they are made of names.

    Args:
        reading: of a whole collection.
        prefix: with ``/`` at its end; an empty one changes nothing.
    """
    if not prefix:
        return reading
    return replace(
        reading,
        notes=tuple(_note(note, prefix) for note in reading.notes),
        problems=tuple(replace(problem, file=prefix + problem.file) for problem in reading.problems),
        questions=tuple((prefix + name, path) for name, path in reading.questions),
        waiting=tuple(prefix + name for name in reading.waiting),
        kept={},
    )


def _note(note: Note, prefix: str) -> Note:
    return replace(
        note,
        file=prefix + note.file,
        twin=prefix + note.twin if note.twin else None,
        links=tuple(prefix + link for link in note.links),
        sections=tuple(_section(section, prefix) for section in note.sections),
    )


def _section(section: Section, prefix: str) -> Section:
    section_id = hashlib.sha256(f"{prefix}\0{section.id}".encode()).hexdigest()[:16]
    blocks = tuple(_block(block, prefix) if block.picture is not None else block for block in section.blocks)
    return replace(section, id=section_id, file=prefix + section.file, blocks=blocks)


def _block(block: Block, prefix: str) -> Block:
    picture = block.picture
    if picture is None or not picture.path:
        return block
    return replace(block, picture=replace(picture, path=prefix + picture.path))
