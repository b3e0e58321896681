"""BM25 over fields: rank-bm25's Okapi model, scored over postings.

A field's weight w counts each of its terms w times, so that the scores are exactly those which rank-bm25 gives for
documents that repeat the term so often (a test holds them to each other); only sections that hold a query term are
touched, so a query costs what its postings cost.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

Document = Sequence[tuple[int, Sequence[str]]]
"""One section for the model: (weight, terms) of each field."""

_LEAST_IDF = 0.01  # in a handful of documents all terms are common; rank-bm25 would make them count against
_MOST = 65_535  # documents of a batch, and of times that a term counts: they fit 16 bits
_BATCH = 1 << 18  # terms counted at once: bounds what building takes beside the postings


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term stands.

    Attributes:
        documents: positions of the documents that hold it, ascending, int32.
        impacts: its BM25 score in each of them, float32.
        bound: what no score of the term can reach: idf * (k1 + 1).
    """

    documents: NDArray[np.int32]
    impacts: NDArray[np.float32]
    bound: float


class PostingsBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 has no types
    """BM25 (Okapi) over weighted fields. Immutable once built.

    Args:
        corpus: the documents in order; read once.
        k1: how slowly a repeated term saturates.
        b: how much long documents are held back, 0 to 1.
    """

    def __init__(self, corpus: Iterable[Document], *, k1: float = 2.0, b: float = 0.6) -> None:
        self._numbers: dict[str, int] = {}
        super().__init__(corpus, k1=k1, b=b)

    def spliced(self, places: NDArray[np.int64], added: Mapping[int, Document], size: int) -> PostingsBM25:
        """Return the model of other documents, most of which are these: as if built anew, but for the terms' order.

        Args:
            places: for each document its number among the others, -1 if it is not one of them; ascending.
            added: the documents that are new, by their numbers, ascending.
            size: how many documents there are then.
        """
        made = PostingsBM25((), k1=self.k1, b=self.b)
        numbers: defaultdict[str, int] = defaultdict(None, self._numbers)
        # Numbers of terms that nothing holds any longer are not given again.
        numbers.default_factory = count(len(self._starts) - 1).__next__
        batch = _Batch()
        for document in added.values():
            batch.add(document, numbers)
        held = made._merge(self, places, batch.counts(0), np.fromiter(added, np.int64, len(added)), size)
        made._numbers = {term: number for term, number in numbers.items() if held[number]}
        made._calc_idf(held)
        return made

    def __contains__(self, term: object) -> bool:
        return term in self._numbers

    def __len__(self) -> int:
        return int(self.corpus_size)

    @property
    def terms(self) -> Mapping[str, int]:
        """Every term with its number, in order of first appearance."""
        return self._numbers

    @property
    def highest_idf(self) -> float:
        """The idf of a term that no document holds: what an unknown word of a query weighs."""
        return math.log(self.corpus_size + 0.5) - math.log(0.5)

    def weight(self, term: str) -> float:
        """Return the term's idf; that of an unknown term is the highest there is."""
        number = self._numbers.get(term)
        return self.highest_idf if number is None else float(self._idf[number])

    def document_count(self, term: str) -> int:
        """Return in how many documents *term* stands."""
        number = self._numbers.get(term)
        return 0 if number is None else int(self._starts[number + 1] - self._starts[number])

    def postings(self, term: str) -> Postings | None:
        """Return where *term* stands, or None for an unknown one. The documents are a view: do not write to them."""
        number = self._numbers.get(term)
        if number is None:
            return None
        span = slice(int(self._starts[number]), int(self._starts[number + 1]))
        documents, counts = self._documents[span], self._counts[span].astype(np.float32)
        divisor = self._norms[documents] + counts
        counts *= self._idf[number] * np.float32(self.k1 + 1)
        counts /= divisor
        return Postings(documents, counts, float(self._idf[number]) * (self.k1 + 1))

    def get_scores(self, query: Iterable[str]) -> NDArray[np.float32]:
        """Return the score of every document for the terms of *query*, as rank-bm25 does."""
        scores = np.zeros(self.corpus_size, dtype=np.float32)
        for term in query:
            found = self.postings(term)
            if found is not None:
                scores[found.documents] += found.impacts
        return scores

    def _initialize(self, corpus: Iterable[Document]) -> NDArray[np.int64]:
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        counted = list(_count(corpus, numbers))
        self._numbers = dict(numbers)
        return self._arrange(counted, len(numbers))

    def _arrange(self, counted: list[Counts], terms: int) -> NDArray[np.int64]:
        """Order the counts by term, then document, using *counted* up; return each term's number of documents."""
        self._measure(np.concatenate([chunk.lengths for chunk in counted] or [np.zeros(0, np.float32)]))
        frequency = np.zeros(terms, np.int64)
        for chunk in counted:
            frequency += np.bincount(chunk.terms, minlength=terms)
        self._starts = np.concatenate([[0], np.cumsum(frequency)])
        self._documents = np.empty(self._starts[-1], np.int32)
        self._counts = np.empty(self._starts[-1], np.uint16)
        self._place(counted)
        return frequency

    def _measure(self, lengths: NDArray[np.float32]) -> None:
        self.doc_len = lengths
        self.corpus_size = len(lengths)
        self.avgdl = float(lengths.mean()) if self.corpus_size else 0.0

    def _merge(
        self, before: PostingsBM25, places: NDArray[np.int64], added: Counts, numbers: NDArray[np.int64], size: int
    ) -> NDArray[np.int64]:
        """Take over what *before* has, and put in what was *added* as documents *numbers*; as _arrange() does."""
        lengths = np.zeros(size, np.float32)
        lengths[places[places >= 0]] = before.doc_len[places >= 0]
        lengths[numbers] = added.lengths
        self._measure(lengths)
        documents = places.astype(np.int32)[before._documents]
        kept = documents >= 0
        terms = np.repeat(np.arange(len(before._starts) - 1, dtype=np.int32), np.diff(before._starts))[kept]
        documents, new = documents[kept], numbers.astype(np.int32)[added.documents]
        most = max(len(before._starts) - 1, int(added.terms.max(initial=-1)) + 1)
        held = np.bincount(terms, minlength=most)
        starts = np.concatenate([[0], np.cumsum(held)])
        # The documents of a term are in order: what is new is put between.
        at = np.array(
            [
                starts[term] + np.searchsorted(documents[starts[term] : starts[term + 1]], document)
                for term, document in zip(added.terms.tolist(), new.tolist(), strict=True)
            ],
            np.int64,
        )
        self._documents = np.insert(documents, at, new)
        self._counts = np.insert(before._counts[kept], at, added.counts)
        frequency = held + np.bincount(added.terms, minlength=most)
        self._starts = np.concatenate([[0], np.cumsum(frequency)])
        return frequency

    def _place(self, counted: list[Counts]) -> None:
        # Chunk by chunk, each freed when placed: one sort of everything would take three times the memory.
        free = self._starts[:-1].copy()
        counted.reverse()
        while counted:
            chunk = counted.pop()
            terms, first, entries = np.unique(chunk.terms, return_index=True, return_counts=True)
            places = np.arange(len(chunk.terms)) + np.repeat(free[terms] - first, entries)
            self._documents[places] = chunk.documents.astype(np.int32) + np.int32(chunk.first)
            self._counts[places] = chunk.counts
            free[terms] += entries

    def _calc_idf(self, nd: NDArray[np.int64]) -> None:
        # rank-bm25's idf, its floor included, for all terms at once.
        idf = np.log(self.corpus_size - nd + 0.5) - np.log(nd + 0.5)
        self.average_idf = float(idf[nd > 0].mean()) if nd.any() else 0.0
        # Where terms stand in half of the documents or more, as in notes of a page or two, rank-bm25's floor is
        # zero or less; a term that is there must not weigh nothing.
        floor = self.epsilon * (self.average_idf if self.average_idf > 0 else self.highest_idf)
        self._idf = np.where(idf <= 0, floor, idf).astype(np.float32)
        self._norms = (self.k1 * (1 - self.b + self.b * self.doc_len / (self.avgdl or 1.0))).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Counts:
    """Weighted counts of a batch of documents: one entry a pair of term and document, ordered by both.

    Attributes:
        first: number of the batch's first document, from which *documents* count.
    """

    first: int
    terms: NDArray[np.int32]
    documents: NDArray[np.uint16]
    counts: NDArray[np.uint16]
    lengths: NDArray[np.float32]


def _count(corpus: Iterable[Document], numbers: defaultdict[str, int]) -> Iterator[Counts]:
    """Yield the counts of the documents of *corpus*, a batch at a time, and give each new term a number."""
    first, batch = 0, _Batch()
    for document in corpus:
        batch.add(document, numbers)
        if len(batch.terms) >= _BATCH or batch.documents > _MOST:
            yield batch.counts(first)
            first, batch = first + batch.documents, _Batch()
    if batch.documents:
        yield batch.counts(first)


class _Batch:
    """The terms of some documents, as numbers: a hundred thousand strings would take ten times the memory."""

    def __init__(self) -> None:
        self.documents = 0
        self.terms = array("i")
        self._sizes = array("i")
        self._weights = array("i")
        self._owners = array("i")

    def add(self, document: Document, numbers: defaultdict[str, int]) -> None:
        """Take one document in."""
        for weight, words in document:
            self.terms.extend(map(numbers.__getitem__, words))
            self._sizes.append(len(words))
            self._weights.append(weight)
            self._owners.append(self.documents)
        self.documents += 1

    def counts(self, first: int) -> Counts:
        """Return the counts; *first* is the number of the first document."""
        sizes = np.asarray(self._sizes)
        owners = np.repeat(np.asarray(self._owners), sizes)
        weights = np.repeat(np.asarray(self._weights), sizes)
        # A term that counts w times stands w times: one plain sort then brings equal ones together.
        terms = np.asarray(self.terms, dtype=np.int64)
        keys = np.repeat(terms * self.documents + owners, weights)
        keys.sort()
        starts = np.flatnonzero(np.diff(keys, prepend=-1))
        unique = keys[starts]
        counts = np.diff(starts, append=len(keys)).clip(max=_MOST)
        return Counts(
            first=first,
            terms=(unique // self.documents).astype(np.int32),
            documents=(unique % self.documents).astype(np.uint16),
            counts=counts.astype(np.uint16),
            lengths=np.bincount(owners, weights, self.documents).astype(np.float32),
        )
