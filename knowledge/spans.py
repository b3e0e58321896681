"""The spans of a question: what it names, each with the spellings and names under which the notes may hold it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.asked import STOP_EN, STOP_ZH, everyday_words
from knowledge.glossary import Glossary, Term, name_key
from knowledge.pinyin import PinyinNames
from knowledge.spelling import HanSpelling, LatinSpelling
from knowledge.terms import Analyzer
from knowledge.text import HAN_RUN, LATIN_COMPOUND, fold, word_parts, word_term

# What a name counts beside the one asked for. 0.8 for a translation is measured (search.md, section 3).
TRANSLATED = 0.8
SYNONYM = 0.9
JOINED = 0.95
PARTIAL = 0.6
MAX_ALTERNATIVES = 16


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
    """

    text: str
    alternatives: tuple[Alternative, ...]
    words: int = 1
    kind: SpanKind = SpanKind.TOPIC

    def doubted(self, weight: float) -> Span:
        """Return the span with its alternatives counting *weight* times as much."""
        return replace(self, alternatives=tuple(replace(one, weight=one.weight * weight) for one in self.alternatives))


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

    def span(self, name: str) -> Span:
        """Return the span of a folded *name* with all that the glossary knows of it."""
        own = list(self.alternatives(name, 1.0))
        others = [other for term in self.terms(name) for other in self._others(term, name)]
        ranked = sorted(own + others, key=lambda one: -one.weight)
        unique = {one.terms: one for one in reversed(ranked)}
        ranked = list(reversed(unique.values()))[:MAX_ALTERNATIVES]
        span = Span(name, tuple(ranked), max(1, len(self._words(name))), self._kind(name))
        # Of a subject that the notes do not have, a part is little: 网络 is not 图神经网络.
        return span.doubted(PARTIAL) if self.terms(name) and not self.concept_held(name) else span

    def _kind(self, name: str) -> SpanKind:
        terms = self.terms(name)
        if terms:
            return SpanKind.ASPECT if all(term.aspect for term in terms) else SpanKind.TOPIC
        return SpanKind.EVERYDAY if everyday(name) else SpanKind.TOPIC

    def terms(self, name: str) -> tuple[Term, ...]:
        """Return the concepts of the glossary that have this name."""
        return self._lexicon.glossary.named(name_key(name))

    def held(self, name: str) -> bool:
        """Return whether the notes have every word of *name* in one of its spellings."""
        return any(all(term in self._lexicon.known for term in one.terms) for one in self.alternatives(name, 1.0))

    def concept_held(self, name: str) -> bool:
        """Return whether the notes have *name* or another name of its concept, each word of it."""
        return self.held(name) or any(self.held(other) for term in self.terms(name) for other in term.names)

    def alternatives(self, name: str, weight: float) -> Iterator[Alternative]:
        """Yield the spellings of one *name*: as one word, and as its words."""
        folded = fold(name)
        if HAN_RUN.search(folded):
            found = [term for term in self._analyzer.terms(folded) if term not in STOP_ZH]
            terms = dict.fromkeys(found or self._analyzer.segmenter.words(folded))
            yield Alternative(tuple(terms), weight)
            return
        words = LATIN_COMPOUND.findall(folded)
        whole = word_term("-".join(words)) if words else folded.casefold()
        yield Alternative((whole,), weight=weight)
        parts = tuple(
            dict.fromkeys(part for part in word_parts("-".join(words)) if part not in STOP_EN and part != whole)
        )
        if parts:
            yield Alternative(parts, weight=weight * JOINED)

    def _others(self, term: Term, asked: str) -> Iterable[Alternative]:
        key, chinese = name_key(asked), bool(HAN_RUN.search(asked))
        for name in term.names:
            same_language = bool(HAN_RUN.search(name)) is chinese
            weight = SYNONYM if same_language else TRANSLATED
            # The same name in another spelling (leakyrelu, Leaky ReLU) is what was asked.
            yield from self.alternatives(name, 1.0 if name_key(name) == key else weight)

    def _words(self, name: str) -> Sequence[str]:
        return self._analyzer.segmenter.words(name) if HAN_RUN.search(name) else LATIN_COMPOUND.findall(name)


def everyday(word: str) -> bool:
    """Return whether *word* is one of common talk rather than of a subject."""
    return word.casefold() in everyday_words()


def trivial(word: str) -> bool:
    """Return whether *word* says nothing about what is asked for."""
    return word in STOP_ZH or word.casefold() in STOP_EN
