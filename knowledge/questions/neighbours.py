"""Wrong choices that are worth a thought: terms of the same field that are not the answer."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from knowledge.glossary import Glossary, Term, name_key
from knowledge.model import Language
from knowledge.questions.definitions import Definition
from knowledge.questions.occurrences import Occurrences
from knowledge.text import HAN_RUN, LATIN_WORD, singular

_REACH: Final = 40
"""Entries of a glossary to either side: they stand by field there."""
_MOST_WORDS: Final = 6
"""Words of a name that is looked for in longer ones."""
_MOST_HAN: Final = 12
_MOST_ENTRIES: Final = 20
"""Entries that share one name: a broken glossary may have thousands."""


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a concept, ready to be compared.

    Attributes:
        keys: of the names.
        parts: keys of all that the names hold: words that follow each other, of Chinese ones characters.
    """

    keys: frozenset[str]
    parts: frozenset[str]

    @classmethod
    def read(cls, names: Iterable[str], glossary: Glossary) -> _Names:
        """Return *names*, most of them of the *glossary*."""
        keys = frozenset(map(glossary.key, names))
        return cls(keys, keys.union(chain.from_iterable(_parts(glossary.folded(name).casefold()) for name in names)))

    def apart(self, other: _Names) -> bool:
        """Tell whether no name holds one of the others, as 层归一化 holds 归一化, so that it may be meant as well."""
        return self.keys.isdisjoint(other.parts) and other.keys.isdisjoint(self.parts)


def _parts(folded: str) -> Iterator[str]:
    if HAN_RUN.search(folded):
        text = "".join(filter(str.isalnum, folded))
        for start in range(len(text)):
            yield from (text[start:end] for end in range(start + 1, min(len(text), start + _MOST_HAN) + 1))
        return
    words = LATIN_WORD.findall(folded)
    for end, last in enumerate(words):
        for start in range(max(0, end + 1 - _MOST_WORDS), end + 1):
            yield "".join((*words[start:end], singular(last)))


class Neighbours:
    """Finds the terms that stand near others in a glossary, those that the notes use first."""

    def __init__(self, glossary: Glossary, used: Occurrences) -> None:
        self._glossary = glossary
        self._terms = glossary.terms
        self._key = glossary.key
        self._has = used.has
        self._places = {term: place for place, term in reversed(list(enumerate(self._terms)))}
        self._used = {place for place, term in enumerate(self._terms) if any(map(used.has, term.names))}
        self._short = {place for place in self._used if not any(map(used.has, self._words_of(place)))}
        self._read: dict[Term, _Names] = {}

    def names(self, term: Term, language: Language) -> Iterator[str]:
        """Yield names in *language* of other terms of the field, nearest first: none holds *term* or is held by it.

        Of a term the name comes which the notes use. Last are those of which they use no name but an abbreviation.
        Proper names, such as that of a model, stand beside proper names alone.
        """
        own = (term, *islice(self._sharing(term), _MOST_ENTRIES))
        found = {""}
        for other in self._near(term, last=self._short):
            names = other.en if language == "en" else tuple(filter(HAN_RUN.fullmatch, other.zh))
            name = _first(names, self._has)
            key = self._key(name)
            fair = _is_proper(term) or not _is_proper(other)
            if key not in found and fair and self._apart(other, own):
                found.add(key)
                yield name

    def alike(self, definition: Definition, terms: Iterable[Term]) -> tuple[str, ...]:
        """Return names like that of a definition, of terms that neither are nor hold nor stand in what it describes."""
        terms = tuple(islice(terms, _MOST_ENTRIES))
        own = (*terms, Term(en=(definition.name,)))
        told = name_key(definition.sentence)
        found: dict[str, str] = {}
        for term in terms:
            for other in self._near(term):
                name = of_form(other, definition.name, self._has)
                if name and self._apart(other, own) and not any(self._key(one) in told for one in other.names):
                    found.setdefault(name_key(name), name)
        return tuple(found.values())

    def _sharing(self, term: Term) -> Iterator[Term]:
        """Yield the terms that have a name in common with *term*."""
        yield from chain.from_iterable(map(self._glossary.named, map(self._key, term.names)))

    def _words_of(self, place: int) -> tuple[str, ...]:
        return self._terms[place].zh + self._terms[place].en

    def _of(self, term: Term) -> _Names:
        if term not in self._read:
            self._read[term] = _Names.read(term.names, self._glossary)
        return self._read[term]

    def _apart(self, other: Term, own: Iterable[Term]) -> bool:
        return all(self._of(term).apart(self._of(other)) for term in own)

    def _near(self, term: Term, last: Container[int] = ()) -> Iterator[Term]:
        """Yield the terms around *term*: those that occur in the notes first, those at the places *last* at the end.

        Of each the nearest come first.
        """
        place = self._places.get(term)
        if place is None:
            return
        around = range(max(0, place - _REACH), min(len(self._terms), place + _REACH + 1))
        nearest = sorted((other for other in around if other != place), key=lambda other: abs(other - place))
        shown = sorted(nearest, key=lambda other: (other in last, other not in self._used))
        yield from (self._terms[other] for other in shown if not self._terms[other].aspect)


def _is_proper(term: Term) -> bool:
    """Tell whether *term* is called in English by one word with a capital, as BERT is, but not Gini impurity."""
    name = next(iter(term.en), "")
    return name[:1].isupper() and len(name.split()) == 1


def of_form(term: Term, like: str, preferred: Callable[[str], bool]) -> str:
    """Return a name of *term* written as *like* is: in Han, as an abbreviation, in words; empty if it has none.

    That is the first that is *preferred*, else the first. Only the first letter follows the case of *like*: choices
    that differ in case would tell which is from the notes.
    """
    if HAN_RUN.search(like):
        names: tuple[str, ...] = term.zh
    elif like.isupper():
        names = term.abbr
    else:
        names = term.en
    name = _first(names, preferred)
    return name[:1].upper() + name[1:] if like[:1].isupper() else name


def _first(names: Sequence[str], preferred: Callable[[str], bool]) -> str:
    return next(filter(preferred, names), next(iter(names), ""))
