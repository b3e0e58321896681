"""How well each section answers a question: the sum over its spans of the best alternative each.

A span's part of the score is its weight (the idf of its rarest word) times the share that the section reaches of
the best BM25 score that the alternative could have. So a score of 1 cannot be passed, alternatives of different
length compare, and "score / best reachable", by which unanswerable questions are told, is the score itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.bm25 import Postings, PostingsBM25
from knowledge.spans import Span, SpanKind

# Measured with `studybot eval` on the project's judged sets.
COVERAGE_POWER = 0.75
ABSENT = 1.2  # a subject that the notes lack weighs more than any they have: it tells that they do not answer
KNOWN = {SpanKind.TOPIC: 1.0, SpanKind.ASPECT: 0.5, SpanKind.EVERYDAY: 0.3}
UNKNOWN = {SpanKind.TOPIC: 1.0, SpanKind.ASPECT: 0.2, SpanKind.EVERYDAY: 0.1}
MORE_WORDS = 0.25  # what each further word of a span adds to its weight

Scores = NDArray[np.float32]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The sections that hold anything of a question.

    Attributes:
        places: of the sections, ascending.
        scores: theirs, 0 to 1.
        covered: the share of the question's weight that each holds.
    """

    places: Places
    scores: Scores
    covered: Scores

    def certainty(self, number: int) -> float:
        """Return how sure it is, 0 to 1, that the section at ``places[number]`` answers: both must be high."""
        return math.sqrt(float(self.scores[number] * self.covered[number]))


@dataclass(frozen=True, slots=True)
class _Reachable:
    """An alternative with the terms of it that the notes have.

    Attributes:
        scale: what turns a BM25 score into a share of the best reachable, doubt in the alternative included.
    """

    parts: tuple[Postings, ...]
    scale: np.float32


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A span: what it weighs, and the alternatives of which the notes have anything."""

    weight: float
    ways: Sequence[_Reachable]


class Ranking:
    """Scores the sections that *words* is a model of. Immutable."""

    def __init__(self, words: PostingsBM25) -> None:
        self._words = words
        self._highest: float = words.highest_idf * (words.k1 + 1)

    def rank(self, spans: Sequence[Span]) -> Ranked:
        """Return the sections that hold anything of *spans*, and how well each answers."""
        weighed = [self._weigh(span) for span in spans]
        places = self._places(part for one in weighed for way in one.ways for part in way.parts)
        # Where each section stands among those found: written only for them, read only for them.
        standing = np.empty(len(self._words), np.int64)
        standing[places] = np.arange(len(places))
        scores = np.zeros(len(places), np.float32)
        covered = np.zeros(len(places), np.float32)
        total = np.float32(sum(one.weight for one in weighed) or 1.0)
        for one in weighed:
            best, held = _best(one.ways, standing, len(places))
            scores += np.float32(one.weight) / total * best
            covered += np.float32(one.weight) / total * held
        return Ranked(places, scores * covered ** np.float32(COVERAGE_POWER), covered)

    def _places(self, parts: Iterable[Postings]) -> Places:
        holds = np.zeros(len(self._words), np.bool_)
        for part in parts:
            holds[part.documents] = True
        return np.flatnonzero(holds)

    def _weigh(self, span: Span) -> _Weighed:
        """Weigh *span* by the idf of its rarest word, if the notes have all words of a name of it."""
        ways, rarest = [], 0.0
        for alternative in span.alternatives:
            found = [self._words.postings(term) for term in alternative.terms]
            parts = tuple(part for part in found if part is not None)
            absent = len(found) - len(parts)
            if not absent:
                rarest = max((rarest, *(part.bound for part in parts)))
            if parts:
                bound = sum(part.bound for part in parts) + absent * self._highest
                ways.append(_Reachable(parts, np.float32(alternative.weight / bound)))
        return _Weighed(self._weight(span, rarest), ways)

    def _weight(self, span: Span, rarest: float) -> float:
        absent = self._highest * ABSENT
        if not rarest:
            return absent * UNKNOWN[span.kind] * _more_words(span)
        return ((rarest + absent) / 2 if span.guessed else rarest) * KNOWN[span.kind] * _more_words(span)


def _more_words(span: Span) -> float:
    return 1 + MORE_WORDS * (span.words - 1)


def _best(found: Sequence[_Reachable], standing: Places, size: int) -> tuple[Scores, Scores]:
    """Return what each section reaches by the best of the alternatives, and the share of it that it holds."""
    best, held = np.zeros(size, np.float32), np.zeros(size, np.float32)
    for alternative in found:
        if len(alternative.parts) == 1:
            _raise_by_one(alternative, standing, best, held)
        elif alternative.parts:
            _raise_by_sum(alternative, standing, best, held)
    return best, held


def _raise_by_one(alternative: _Reachable, standing: Places, best: Scores, held: Scores) -> None:
    (part,) = alternative.parts
    at = standing[part.documents]
    best[at] = np.maximum(best[at], alternative.scale * part.impacts)
    held[at] = np.maximum(held[at], alternative.scale * np.float32(part.bound))


def _raise_by_sum(alternative: _Reachable, standing: Places, best: Scores, held: Scores) -> None:
    score, share = np.zeros_like(best), np.zeros_like(held)
    for part in alternative.parts:
        at = standing[part.documents]
        score[at] += alternative.scale * part.impacts
        share[at] += alternative.scale * np.float32(part.bound)
    np.maximum(best, score, out=best)
    np.maximum(held, share, out=held)
