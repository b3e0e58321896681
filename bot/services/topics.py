"""What the notes hold, arranged to be browsed: category (folder) -> note -> section; and the terms that name sections.

Keys are short digests of paths, because a path may be longer than the 100 characters that a select's value holds.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from typing import Final

from bot.errors import TopicGoneError
from knowledge.model import Note, Section

LONGEST_TERM: Final = 24
"""Characters of a term without its spaces; what is longer is a sentence, which nobody drops into a message."""
_LONGEST_RUN: Final = 6
"""Words that a Latin term has at most."""
_NUMBERING: Final = re.compile(
    r"^\s*(?:[0-9]+(?:\.[0-9]+)*[.、．)）:：]?\s+|第?[0-9一二三四五六七八九十]{1,3}[章节、.．)）:：]\s*)"
)
_BETWEEN_TERMS: Final = re.compile(r"[()（）\[\]【】/|、,，:：;；?？!！]+")
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9+#]*|[\u3400-\u9fff]+")
HAN: Final = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class TopicSection:
    """A heading of a note.

    Attributes:
        depth: 0 for the outermost headings of its note.
    """

    id: str
    title: str
    depth: int


@dataclass(frozen=True, slots=True)
class TopicNote:
    """A note and its headings, in the order of the file."""

    key: str
    title: str
    file: str
    sections: tuple[TopicSection, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """A folder with notes.

    Attributes:
        name: the folder's path below the root with ``/``; empty for the root itself.
    """

    key: str
    name: str
    notes: tuple[TopicNote, ...]


@dataclass(frozen=True, slots=True)
class Topics:
    """Everything there is to browse.

    Attributes:
        categories: the root first, then by path.
        terms: what a heading calls its subject, as *plain* has it -> id of the section.
    """

    categories: tuple[Category, ...]
    terms: dict[str, str]

    def category(self, name: str) -> Category:
        """Return the category with this key or name, or the first whose name holds it.

        Raises:
            TopicGoneError: there is none.
        """
        wanted = name.strip().casefold()
        exact = [one for one in self.categories if wanted in {one.key, one.name.casefold()}]
        near = [one for one in self.categories if wanted in one.name.casefold()]
        if not wanted or not (exact or near):
            raise TopicGoneError
        return (exact or near)[0]

    def note(self, key: str) -> tuple[Category, TopicNote]:
        """Return the note with this key, after the category in which it stands.

        Raises:
            TopicGoneError: there is none.
        """
        for category in self.categories:
            for note in category.notes:
                if note.key == key:
                    return category, note
        raise TopicGoneError


def arrange(notes: Iterable[Note]) -> Topics:
    """Return the notes as categories, each folder's notes in order of their files; a table of contents comes last."""
    ordered = sorted(
        (note for note in notes if note.sections), key=lambda note: (_folder(note), note.contents, note.file)
    )
    categories = tuple(
        Category(_key(folder), folder, tuple(_topic_note(note) for note in group))
        for folder, group in groupby(ordered, key=_folder)
    )
    return Topics(categories, _terms(ordered))


def plain(text: str) -> str:
    """Return *text* so that spellings of one term are equal: compatibility forms, case, spaces and hyphens folded."""
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def terms_in(text: str, terms: dict[str, str]) -> tuple[str, ...]:
    """Return the ids of the sections whose terms stand in *text*, the longest term first, then in order of the text.

    A term that is part of a longer one found at the same place is left out.
    """
    found: dict[str, int] = {}
    for run in _runs(unicodedata.normalize("NFKC", text).casefold()):
        for term in _longest_terms(run, terms):
            found.setdefault(terms[term], _weight(term))
    return tuple(sorted(found, key=lambda section_id: -found[section_id]))


def _runs(text: str) -> Iterator[list[str]]:
    """Yield stretches in which a term may stand: each a list of Latin words, or of single Han characters."""
    run: list[str] = []
    end = 0
    for word in _WORD.finditer(text):
        pieces = list(word[0]) if HAN.match(word[0]) else [word[0]]
        joined = text[end : word.start()] in {"", " ", "-", "_", "&"} and bool(run) and _same_script(run[-1], pieces[0])
        if run and not joined:
            yield run
            run = []
        if joined:
            run.extend(pieces)
        else:
            run = pieces
        end = word.end()
    if run:
        yield run


def _same_script(left: str, right: str) -> bool:
    return bool(HAN.match(left)) == bool(HAN.match(right))


def _longest_terms(run: list[str], terms: dict[str, str]) -> Iterator[str]:
    longest = LONGEST_TERM if HAN.match(run[0]) else _LONGEST_RUN
    start = 0
    while start < len(run):
        for length in range(min(longest, len(run) - start), 0, -1):
            term = "".join(run[start : start + length])
            if term in terms:
                yield term
                start += length
                break
        else:
            start += 1


def _weight(term: str) -> int:
    return sum(2 if HAN.match(character) else 1 for character in term)


def _folder(note: Note) -> str:
    parent = str(PurePosixPath(note.file).parent)
    return "" if parent == "." else parent


def _key(path: str) -> str:
    return hashlib.blake2s(path.encode(), digest_size=8).hexdigest()


def _topic_note(note: Note) -> TopicNote:
    shown = [section for section in note.sections if section.part <= 1]
    outermost = min((len(section.headings) for section in shown), default=1)
    sections = tuple(TopicSection(section.id, section.title, len(section.headings) - outermost) for section in shown)
    return TopicNote(_key(note.file), note.title, note.file, sections)


def _terms(notes: Iterable[Note]) -> dict[str, str]:
    terms: dict[str, str] = {}
    sections = [section for note in notes if not note.contents for section in note.sections if section.part <= 1]
    for section in sorted(sections, key=lambda section: section.overview):
        for term in _names(section):
            terms.setdefault(term, section.id)
    return terms


def _names(section: Section) -> Iterator[str]:
    for piece in _BETWEEN_TERMS.split(_NUMBERING.sub("", section.title)):
        term = plain(piece)
        if 2 <= len(term) <= LONGEST_TERM and not term.isdigit():
            yield term
