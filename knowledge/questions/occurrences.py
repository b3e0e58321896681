"""Which terms of a glossary notes really use, and where each is at home: in a heading, in bold, or in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.companions import is_pdf
from knowledge.glossary import Glossary, Term
from knowledge.mining import plain_heading
from knowledge.model import BlockKind, Language, Note, Section
from knowledge.text import HAN_RUN, LATIN_WORD, fold, singular

MOST_SECTIONS: Final = 1_500
"""Sections looked at, about a second's worth: of more notes, the first."""
_MOST_WORDS: Final = 6
_LONGEST_HAN: Final = 14
_BOLD: Final = re.compile(r"\*\*([^*\n]{2,60})\*\*")


@dataclass(frozen=True, slots=True)
class Home:
    """The section in which a term is at home, and the note of that."""

    section: Section
    note: Note


class Occurrences:
    """The terms that notes use.

    Attributes:
        keys: of all names that occur anywhere.
        homes: by term and language, for the terms that stand in a heading or in bold; headings go before bold.
    """

    def __init__(self, notes: Sequence[Note], glossary: Glossary) -> None:
        self._glossary = glossary
        self._names = _Names(glossary)
        self.keys: set[str] = set()
        self._by_file: defaultdict[str, set[str]] = defaultdict(set)
        self._twins = _pairs(notes)
        in_headings: dict[tuple[Term, Language], Home] = {}
        in_bold: dict[tuple[Term, Language], Home] = {}
        for note, section in own_sections(notes):
            home = Home(section, note)
            for term in self._terms(plain_heading(section.title), note):
                in_headings.setdefault((term, section.language), home)
            for text in texts(section):
                self._by_file[note.file].update(self._names.keys(text))
                for term in self._terms(" | ".join(_BOLD.findall(text)), note):
                    in_bold.setdefault((term, section.language), home)
        self.keys.update(*self._by_file.values())
        self.homes = {**in_bold, **in_headings}

    def home(self, term: Term, language: Language) -> Home | None:
        """Return where *term* is at home, in *language* if it is there; None if no heading or bold text has it."""
        other: Language = "en" if language == "zh" else "zh"
        return self.homes.get((term, language)) or self.homes.get((term, other))

    def has(self, name: str) -> bool:
        """Tell whether a name of the glossary occurs in the notes."""
        return self._glossary.key(name) in self.keys

    def called(self, names: Iterable[str], note: Note, language: Language) -> str:
        """Return the first of *names* that the notes use; empty if they use none.

        What *note* and its twin call something counts before what others do, and of the two the one in *language*.
        """
        pair = sorted((note.file, self._twins.get(note.file, "")), key=lambda file: file == note.file)
        if note.language == language:
            pair.reverse()
        places = (*(self._by_file.get(file, set()) for file in pair), self.keys)
        keys = {name: self._glossary.key(name) for name in names}
        return next((name for place in places for name, key in keys.items() if key in place), "")

    def _terms(self, text: str, note: Note) -> Iterator[Term]:
        for key in self._names.keys(text):
            self._by_file[note.file].add(key)
            yield from self._glossary.named(key)


def _pairs(notes: Sequence[Note]) -> Mapping[str, str]:
    """Return, by file, that of the same note in the other language, whichever of the two names the other."""
    named = {note.twin: note.file for note in reversed(notes) if note.twin}
    return {**named, **{note.file: note.twin for note in notes if note.twin}}


def own_sections(notes: Sequence[Note]) -> Iterator[tuple[Note, Section]]:
    """Yield the sections that say something themselves: no overview, no table of contents, no PDF of somebody else."""
    left = MOST_SECTIONS
    for note in notes:
        for section in () if note.contents or is_pdf(note.file) else note.sections:
            left -= 1
            if left < 0:
                return
            if not section.overview:
                yield note, section


def texts(section: Section) -> Iterable[str]:
    """Yield the words of a section, without its code and formulas."""
    return (block.text for block in section.blocks if block.kind in {BlockKind.TEXT, BlockKind.TABLE})


class _Names:
    """Finds the names of a glossary in texts, by dictionaries of how they begin."""

    def __init__(self, glossary: Glossary) -> None:
        self._keys = frozenset(glossary.keys)
        self._begins = {key[:2] for key in self._keys if HAN_RUN.match(key)}
        names = (LATIN_WORD.findall(glossary.folded(name).casefold()) for name in glossary.spelled)
        self._first = {word for words in names if words for word in (words[0], singular(words[0]))}

    def keys(self, text: str) -> set[str]:
        """Return the keys of the names in *text*, those inside longer ones too."""
        folded = fold(text).casefold()
        found = {key for run in HAN_RUN.findall(folded) for key in self._in_han(run)}
        words = LATIN_WORD.findall(folded)
        found.update(
            key for place, word in enumerate(words) if word in self._first for key in self._in_words(words, place)
        )
        return found

    def _in_han(self, run: str) -> Iterator[str]:
        for start in range(len(run) - 1):
            if run[start : start + 2] in self._begins:
                ends = range(start + 2, min(len(run), start + _LONGEST_HAN) + 1)
                yield from (run[start:end] for end in ends if run[start:end] in self._keys)

    def _in_words(self, words: Sequence[str], start: int) -> Iterator[str]:
        joined = ""
        for word in words[start : start + _MOST_WORDS]:
            key = joined + singular(word)
            if key in self._keys:
                yield key
            joined += word
