"""What the notes know of words: names for pinyin and slips, terms by their beginning, things to complete to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Generic, TypeVar

from knowledge.bm25 import PostingsBM25
from knowledge.completion import Candidate
from knowledge.glossary import Glossary, name_key
from knowledge.mining import plain_heading
from knowledge.model import Note, Section
from knowledge.pinyin import PinyinNames
from knowledge.spans import Lexicon
from knowledge.spelling import HanSpelling, LatinSpelling
from knowledge.text import HAN_RUN, LATIN_WORD, fold

MAX_WORD_NAMES = 20_000  # words of the notes that are known by their pinyin
_HEADING, _GLOSSARY, _CONTENTS = range(3)

T = TypeVar("T")


def lexicon(words: PostingsBM25, glossary: Glossary, sections: Sequence[Section]) -> Lexicon:
    """Return the lexicon of notes with these *words* and *sections*."""
    names = Lazy(lambda: chain(_heading_names(sections), (name for name in glossary.han_names if name in words)))
    return Lexicon(
        glossary=glossary,
        known=words,
        starting=Beginnings(words).starting,
        latin=LatinSpelling(
            Lazy(lambda: filter(LATIN_WORD.fullmatch, chain(words.terms, glossary.keys))), words.document_count
        ),
        han=HanSpelling(Lazy(lambda: chain(names, glossary.han_names))),
        pinyin=PinyinNames(Lazy(lambda: chain(names, glossary.han_names, _frequent_han(words)))),
    )


def candidates(notes: Sequence[Note], glossary: Glossary, words: PostingsBM25) -> Iterator[Candidate]:
    """Yield all that autocomplete offers: each heading once a note, then the glossary's terms that the notes hold."""
    for note in notes:
        rank = _CONTENTS if note.contents else _HEADING
        for section in note.sections:
            if section.part <= 1:
                yield Candidate(_shown(section, note), plain_heading(section.title), section.id, rank)
        for alias in note.aliases:
            yield Candidate(f"{alias} · {note.title}", alias, note.sections[0].id if note.sections else "", rank)
    for term in glossary.terms:
        held = next((name for name in term.names if name_key(name) in words), None)
        if held is not None:
            for name in term.names:
                yield Candidate(name, name, "", _GLOSSARY)


def _shown(section: Section, note: Note) -> str:
    return section.title if section.title == note.title else f"{section.title} · {note.title}"


def _heading_names(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        heading = fold(plain_heading(section.title))
        yield from (run for run in HAN_RUN.findall(heading) if 2 <= len(run) <= 8)


def _frequent_han(words: PostingsBM25) -> Sequence[str]:
    han = [term for term in words.terms if len(term) > 1 and HAN_RUN.fullmatch(term)]
    return sorted(han, key=words.document_count, reverse=True)[:MAX_WORD_NAMES]


class Beginnings:
    """Finds the terms of the notes by their first character. Immutable; its table is made when first needed."""

    def __init__(self, words: PostingsBM25) -> None:
        self._words = words

    def starting(self, letter: str) -> Sequence[str]:
        """Return the terms that begin with *letter*, the most frequent first."""
        return sorted(self._by_first.get(letter, ()), key=self._words.document_count, reverse=True)

    @cached_property
    def _by_first(self) -> Mapping[str, Sequence[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for term in self._words.terms:
            found[term[0]].append(term)
        return found


class Lazy(Generic[T]):
    """Things in order, each once, made when first looked at: most questions need none of these tables.

    Unlike an iterator it may be gone through again, and by several threads at once.
    """

    def __init__(self, make: Callable[[], Iterable[T]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[T]:
        return iter(self._found)

    @cached_property
    def _found(self) -> tuple[T, ...]:
        return tuple(dict.fromkeys(self._make()))
