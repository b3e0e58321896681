"""Wrong choices that are worth a thought: terms of the same field that are not the answer."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Final

from knowledge.glossary import Glossary, Term, name_key
from knowledge.model import Language
from knowledge.questions.definitions import Definition
from knowledge.questions.occurrences import Occurrences
from knowledge.text import HAN_RUN, LATIN_WORD, singular

_REACH: Final = 40
"""Entries of a glossary to either side: they stand by field there."""
_MOST_WORDS: Final = 6
"""Words of a name that are looked for in longer ones."""


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of one concept or several, ready to be compared.

    Attributes:
        keys: of the names.
        runs: keys of all words that follow each other in a name without Han.
        han: keys of the names with Han.
    """

    keys: frozenset[str]
    runs: frozenset[str]
    han: frozenset[str]

    @classmethod
    def read(cls, names: Iterable[str], glossary: Glossary) -> _Names:
        """Return *names*, most of them of the *glossary*."""
        folded = {name: glossary.folded(name).casefold() for name in names}
        keys = {name: glossary.key(name) for name in folded}
        han = frozenset(keys[name] for name, text in folded.items() if HAN_RUN.search(text))
        latin = (LATIN_WORD.findall(text) for text in folded.values() if not HAN_RUN.search(text))
        return cls(frozenset(keys.values()), frozenset(chain.from_iterable(map(_runs, latin))), han)

    @classmethod
    def together(cls, all_names: Sequence[_Names]) -> _Names:
        """Return all of them as one."""
        if len(all_names) == 1:
            return all_names[0]
        return cls(
            frozenset(chain.from_iterable(names.keys for names in all_names)),
            frozenset(chain.from_iterable(names.runs for names in all_names)),
            frozenset(chain.from_iterable(names.han for names in all_names)),
        )

    def apart(self, other: _Names) -> bool:
        """Tell whether no name holds one of the others, as 层归一化 holds 归一化: either may answer a question for one.

        English ones hold whole words, Chinese ones characters.
        """
        if not (self.keys.isdisjoint(other.runs | other.keys) and other.keys.isdisjoint(self.runs)):
            return False
        pairs = chain(product(self.han, other.keys), product(other.han, self.keys))
        return not any(short in long for long, short in pairs)


def _runs(words: Sequence[str]) -> Iterator[str]:
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
        own = self._of(*chain.from_iterable(map(self._glossary.named, map(self._key, term.names))))
        found = {""}
        for other in self._near(term, last=self._short):
            names = other.en if language == "en" else tuple(filter(HAN_RUN.fullmatch, other.zh))
            name = _first(names, self._has)
            key = self._key(name)
            fair = _is_proper(term) or not _is_proper(other)
            if key not in found and fair and own.apart(self._of(other)):
                found.add(key)
                yield name

    def alike(self, definition: Definition, terms: Iterable[Term]) -> tuple[str, ...]:
        """Return names like that of a definition, of terms that neither are nor hold nor stand in what it describes."""
        terms = tuple(terms)
        own = self._of(*terms, Term(en=(definition.name,)))
        told = name_key(definition.sentence)
        found: dict[str, str] = {}
        for term in terms:
            for other in self._near(term):
                name = of_form(other, definition.name, self._has)
                if name and own.apart(self._of(other)) and not any(self._key(one) in told for one in other.names):
                    found.setdefault(name_key(name), name)
        return tuple(found.values())

    def _words_of(self, place: int) -> tuple[str, ...]:
        return self._terms[place].zh + self._terms[place].en

    def _of(self, *terms: Term) -> _Names:
        for term in terms:
            if term not in self._read:
                self._read[term] = _Names.read(term.names, self._glossary)
        return _Names.together([self._read[term] for term in terms])

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
