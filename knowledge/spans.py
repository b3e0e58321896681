"""The spans of a question: what it names, each with the spellings and names under which the notes may hold it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from knowledge.asked import STOP_EN, STOP_ZH, everyday_words
from knowledge.glossary import Glossary, Term
from knowledge.pinyin import PinyinNames
from knowledge.spelling import HanSpelling, LatinSpelling
from knowledge.terms import Analyzer
from knowledge.text import HAN_RUN, LATIN_COMPOUND, word_parts, word_term

# What a name counts beside the one asked for; measured on judged queries.
TRANSLATED = 0.8
SYNONYM = 0.9
JOINED = 0.95
PARTIAL = 0.6
MAX_ALTERNATIVES = 16
SPANS_KEPT = 2_048


class SpanKind(StrEnum):
    """What a part of a question is for: how much its presence or absence says."""

    TOPIC = "topic"
    ASPECT = "aspect"  # what may be asked of any topic: drawbacks, difference
    EVERYDAY = "everyday"  # common talk; that the notes lack it says nothing


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which the notes may say what was asked.

    Attributes:
        terms: words that say it, each once.
        weight: 0 to 1, how likely it is that this was meant.
    """

    terms: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the question that names one thing; a section holds it by the best of its alternatives.

    Attributes:
        words: how many words of the question it covers.
        guessed: the notes do not have what was typed, only what it may have been meant to be.
    """

    text: str
    alternatives: tuple[Alternative, ...]
    words: int = 1
    kind: SpanKind = SpanKind.TOPIC
    guessed: bool = False

    def doubted(self, weight: float) -> Span:
        """Return the span with its alternatives counting *weight* times as much."""
        return replace(
            self, alternatives=tuple(Alternative(one.terms, one.weight * weight) for one in self.alternatives)
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a reader must know of the notes.

    Attributes:
        known: the terms that the notes hold.
        starting: gives the terms of the notes that begin with a character, the most frequent first.
    """

    glossary: Glossary
    known: Container[str]
    starting: Callable[[str], Sequence[str]]
    latin: LatinSpelling
    han: HanSpelling
    pinyin: PinyinNames


class Naming:
    """Makes spans of names: a name in its own terms, then the other names of the same thing. Immutable."""

    def __init__(self, analyzer: Analyzer, lexicon: Lexicon) -> None:
        self._analyzer = analyzer
        self._lexicon = lexicon
        # The spellings of the glossary's names, made once each: so it is bounded, and the same for every thread.
        self._spelled: dict[str, tuple[Alternative, ...]] = {}
        # A group asks about the same few subjects all the time.
        self.span = lru_cache(maxsize=SPANS_KEPT)(self._span)

    def _span(self, name: str) -> Span:
        """Return the span of a folded *name* with all that the glossary knows of it."""
        key = self._lexicon.glossary.key(name)
        terms = self._lexicon.glossary.named(key)
        found = list(self.alternatives(name, 1.0))
        for term in terms:
            found.extend(self._others(term, key, chinese=bool(HAN_RUN.search(name))))
        best = {one.terms: one for one in sorted(found, key=lambda one: one.weight)}
        ranked = sorted(best.values(), key=lambda one: -one.weight)[:MAX_ALTERNATIVES]
        span = Span(name, tuple(ranked), max(1, len(self._words(name))), _kind(name, terms))
        # Of a subject that the notes do not have, a part is little: 网络 is not 图神经网络.
        return span.doubted(PARTIAL) if terms and not any(map(self._is_held, found)) else span

    def terms(self, name: str) -> tuple[Term, ...]:
        """Return the concepts of the glossary that have this name."""
        return self._lexicon.glossary.named(self._lexicon.glossary.key(name))

    def concept_held(self, name: str) -> bool:
        """Return whether the notes have *name* or another name of its concept, each word of it."""
        names = (name, *(other for term in self.terms(name) for other in term.names))
        return any(self._is_held(one) for other in names for one in self.alternatives(other, 1.0))

    def alternatives(self, name: str, weight: float) -> Iterator[Alternative]:
        """Yield the spellings of one *name*: as one word, and as its words."""
        known = self._spelled.get(name)
        if known is None:
            known = tuple(self._spell(self._lexicon.glossary.folded(name)))
            if name in self._lexicon.glossary:
                self._spelled[name] = known
        return (Alternative(one.terms, one.weight * weight) for one in known)

    def warm(self) -> None:
        """Spell every name of the glossary now."""
        for term in self._lexicon.glossary.terms:
            for name in term.names:
                self.alternatives(name, 1.0)

    def _spell(self, folded: str) -> Iterator[Alternative]:
        if HAN_RUN.search(folded):
            found = [term for term in self._analyzer.terms_of_folded(folded) if term not in STOP_ZH]
            yield Alternative(tuple(dict.fromkeys(found or self._analyzer.segmenter.words(folded))))
            return
        words = LATIN_COMPOUND.findall(folded)
        whole = word_term("-".join(words)) if words else folded.casefold()
        yield Alternative((whole,))
        parts = _telling_parts(words, whole)
        if parts:
            yield Alternative(parts, JOINED)

    def _is_held(self, alternative: Alternative) -> bool:
        return all(term in self._lexicon.known for term in alternative.terms)

    def _others(self, term: Term, key: str, *, chinese: bool) -> Iterable[Alternative]:
        """Yield the names of *term* beside the one with *key*; *chinese* tells the language of that one."""
        for name in term.names:
            weight = SYNONYM if bool(HAN_RUN.search(name)) is chinese else TRANSLATED
            # The same name in another spelling (leakyrelu, Leaky ReLU) is what was asked.
            yield from self.alternatives(name, 1.0 if self._lexicon.glossary.key(name) == key else weight)

    def _words(self, name: str) -> Sequence[str]:
        return self._analyzer.segmenter.words(name) if HAN_RUN.search(name) else LATIN_COMPOUND.findall(name)


def _kind(name: str, terms: Sequence[Term]) -> SpanKind:
    if terms:
        return SpanKind.ASPECT if all(term.aspect for term in terms) else SpanKind.TOPIC
    return SpanKind.EVERYDAY if everyday(name) else SpanKind.TOPIC


def _telling_parts(words: Sequence[str], whole: str) -> tuple[str, ...]:
    """Return the parts of a name that say together what it says, or none.

    k and mean are not k-means, end is not what end-to-end means, word and vec are not word2vec.
    """
    if len(words) == 1 and any(character.isdigit() for character in words[0]):
        return ()
    found = dict.fromkeys(part for part in word_parts("-".join(words)) if part not in STOP_EN and part != whole)
    return tuple(found) if len(found) > 1 and all(len(part) > 1 for part in found) else ()


def everyday(word: str) -> bool:
    """Return whether *word* is one of common talk rather than of a subject."""
    return word.casefold() in everyday_words()


def trivial(word: str) -> bool:
    """Return whether *word* says nothing about what is asked for."""
    return word in STOP_ZH or word.casefold() in STOP_EN
