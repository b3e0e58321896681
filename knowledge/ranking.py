"""How well each section answers a question: the sum over its spans of the best alternative each.

A span's part of the score is its weight (the idf of its rarest word) times the share that the section reaches of
the best BM25 score that the alternative could have. So a score of 1 cannot be passed, alternatives of different
length compare, and "score / best reachable", by which unanswerable questions are told (search.md, section 3), is
the score itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.bm25 import Postings, PostingsBM25
from knowledge.spans import Alternative, Span, SpanKind

# Measured on the project's judged sets with `studybot eval`; search.md section 3 tells where each was first tried.
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


@dataclass(frozen=True, slots=True)
class _Reachable:
    """An alternative with the terms of it that the notes have.

    Attributes:
        scale: what turns a BM25 score into a share of the best reachable, doubt in the alternative included.
    """

    parts: tuple[Postings, ...]
    scale: np.float32


class Ranking:
    """Scores the sections that *words* is a model of. Immutable."""

    def __init__(self, words: PostingsBM25) -> None:
        self._words = words

    def rank(self, spans: Sequence[Span]) -> Ranked:
        """Return the sections that hold anything of *spans*, and how well each answers."""
        read = [(self._weight(span), [self._reachable(one) for one in span.alternatives]) for span in spans]
        places = self._places(part for _, found in read for one in found for part in one.parts)
        # Where each section stands among those found: written only for them, read only for them.
        standing = np.empty(len(self._words), np.int64)
        standing[places] = np.arange(len(places))
        scores = np.zeros(len(places), np.float32)
        covered = np.zeros(len(places), np.float32)
        for weight, found in read:
            best, held = _best(found, standing, len(places))
            scores += weight * best
            covered += weight * held
        total = sum(weight for weight, _ in read) or 1.0
        covered /= total
        return Ranked(places, scores / total * covered**COVERAGE_POWER, covered)

    def _places(self, parts: Iterable[Postings]) -> Places:
        holds = np.zeros(len(self._words), np.bool_)
        for part in parts:
            holds[part.documents] = True
        return np.flatnonzero(holds)

    def _weight(self, span: Span) -> float:
        """Return what the span weighs: the idf of its rarest word, if the notes have all words of a name of it."""
        rarest = [max(map(self._words.weight, one.terms)) for one in span.alternatives if self._held(one)]
        idf = max(rarest) if rarest else self._words.highest_idf * ABSENT
        known = KNOWN if rarest else UNKNOWN
        return idf * known[span.kind] * (1 + MORE_WORDS * (span.words - 1))

    def _held(self, alternative: Alternative) -> bool:
        return all(term in self._words for term in alternative.terms)

    def _reachable(self, alternative: Alternative) -> _Reachable:
        bound = sum(map(self._words.weight, alternative.terms)) * (self._words.k1 + 1) or 1.0  # no notes, no weights
        found = map(self._words.postings, alternative.terms)
        parts = tuple(postings for postings in found if postings is not None)
        return _Reachable(parts, np.float32(alternative.weight / bound))


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
