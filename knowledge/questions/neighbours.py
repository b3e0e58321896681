"""Wrong choices that are worth a thought: terms of the same field that are not the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from knowledge.glossary import Glossary, Term, name_key
from knowledge.model import Language
from knowledge.questions.definitions import Definition
from knowledge.questions.occurrences import Occurrences
from knowledge.text import HAN_RUN

_REACH: Final = 40
"""Entries of a glossary to either side: they stand by field there."""


class Neighbours:
    """Finds the terms that stand near others in a glossary, those that the notes use first."""

    def __init__(self, glossary: Glossary, used: Occurrences) -> None:
        self._terms = glossary.terms
        self._key = glossary.key
        self._places = {term: place for place, term in reversed(list(enumerate(self._terms)))}
        self._used = {place for place, term in enumerate(self._terms) if any(map(used.has, term.names))}

    def names(self, term: Term, language: Language) -> tuple[str, ...]:
        """Return names in *language* of other terms of the field, nearest first; each means something else."""
        own = set(map(self._key, term.names))
        found: dict[str, str] = {}
        for other in self._near(term):
            name = next(iter(other.zh if language == "zh" else other.en), "")
            key = self._key(name)
            if key and own.isdisjoint(map(self._key, other.names)) and (language == "en" or HAN_RUN.fullmatch(name)):
                found.setdefault(key, name)
        return tuple(found.values())

    def alike(self, definition: Definition, terms: Iterable[Term]) -> tuple[str, ...]:
        """Return names like that of a definition, of terms that neither are nor hold nor stand in what it describes."""
        own = {self._key(name) for term in terms for name in term.names} | {name_key(definition.name)}
        told = name_key(definition.sentence)
        found: dict[str, str] = {}
        for term in terms:
            for other in self._near(term):
                name = of_form(other, definition.name)
                keys = set(map(self._key, other.names))
                apart = not any(_overlap(key, mine) for key in keys for mine in own)
                if name and apart and not any(key in told for key in keys):
                    found.setdefault(name_key(name), name)
        return tuple(found.values())

    def _near(self, term: Term) -> Iterator[Term]:
        """Yield the terms around *term*: those that occur in the notes first, and of both the nearest first."""
        place = self._places.get(term)
        if place is None:
            return
        around = range(max(0, place - _REACH), min(len(self._terms), place + _REACH + 1))
        nearest = sorted((other for other in around if other != place), key=lambda other: abs(other - place))
        shown = sorted(nearest, key=lambda other: other not in self._used)
        yield from (self._terms[other] for other in shown if not self._terms[other].aspect)


def _overlap(key: str, own: str) -> bool:
    """Tell whether one name holds the other, such as 归一化 and 层归一化: either may answer a question for one."""
    return key in own or own in key


def of_form(term: Term, like: str) -> str:
    """Return the first name of *term* written as *like* is: in Han, as an abbreviation, in words; empty if it has none.

    Only the first letter follows the case of *like*: choices that differ in case would tell which is from the notes.
    """
    if HAN_RUN.search(like):
        names: tuple[str, ...] = term.zh
    elif like.isupper():
        names = term.abbr
    else:
        names = term.en
    name = next(iter(names), "")
    return name[:1].upper() + name[1:] if like[:1].isupper() else name
