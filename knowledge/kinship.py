"""Which sections share rare terms with a section, and which say nearly the same."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np

from knowledge.bm25 import PostingsBM25
from knowledge.glossary import Glossary
from knowledge.mining import plain_heading
from knowledge.model import Section
from knowledge.terms import Analyzer
from knowledge.text import HAN_RUN, LATIN_WORD, searchable

_LOOKED_AT: Final = 1_500
"""Characters of a section that say what it is about."""
_COMPARED: Final = 600
"""Characters likewise that tell a copy."""
_TERMS: Final = 24
"""The rarest and most used of them, which are looked up."""
_HEADING_WEIGHT: Final = 3
_MOST_SHARE: Final = 0.1
"""Of all sections: a term that stands in more of them tells nothing."""
_MOST: Final = 400
"""Sections with a term, likewise, and so that many notes take no longer."""
_NEARLY_THE_SAME: Final = 0.7
"""Share of words in common, of all words of both."""
_FEW_WORDS: Final = 12
"""Below which a text is too short to be a copy."""


class Kinship:
    """Compares sections by their terms. Immutable."""

    def __init__(self, words: PostingsBM25, analyzer: Analyzer, glossary: Glossary) -> None:
        self._words = words
        self._analyzer = analyzer
        self._glossary = glossary

    def nearest(self, section: Section, limit: int) -> list[tuple[int, float]]:
        """Return the places of at most *limit* sections, with the share of the section's rare terms that they hold.

        Best first; the section itself is among them. Takes a millisecond or two, however many sections there are.
        """
        weights = self._rare(section)
        whole = sum(weights.values())
        scores = np.zeros(len(self._words), np.float32)
        for term, weight in weights.items():
            found = self._words.postings(term)
            if found is not None:
                scores[found.documents] += found.impacts * np.float32(weight / (whole * found.bound))
        places = np.flatnonzero(scores)
        best = places[np.argsort(-scores[places], kind="stable")[:limit]]
        return [(int(place), float(scores[place])) for place in best]

    def _rare(self, section: Section) -> dict[str, float]:
        """Return the terms that tell the section from others, by how much they do."""
        counts = Counter(self._analyzer.terms(searchable(section.text[:_LOOKED_AT])))
        for term in self._analyzer.terms(self._subject(section)):
            counts[term] += _HEADING_WEIGHT
        most = min(_MOST, max(2, int(len(self._words) * _MOST_SHARE)))
        weights = {
            term: self._words.weight(term) * count**0.5
            for term, count in counts.items()
            if 2 <= self._words.document_count(term) <= most
        }
        return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:_TERMS])

    def _subject(self, section: Section) -> str:
        """Return the heading that names a subject: many sections are called "Summary" and have nothing in common."""
        for heading in reversed(section.headings):
            key = self._glossary.key(plain_heading(heading))
            if not any(term.aspect for term in self._glossary.named(key)):
                return heading
        return ""


def nearly_the_same(words: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two texts with these ``words_of`` are one, copied."""
    few, many = sorted((len(words), len(others)))
    if few < _FEW_WORDS:
        return words == others
    if few < _NEARLY_THE_SAME * many:
        return False
    common = len(words & others)
    return common >= _NEARLY_THE_SAME * (few + many - common)


def words_of(section: Section) -> frozenset[str]:
    """Return the words at the beginning of a section; of Chinese the pairs of characters."""
    text = section.text[:_COMPARED].casefold()
    runs = HAN_RUN.findall(text)
    pairs = (run[place : place + 2] for run in runs for place in range(len(run) - 1))
    return frozenset((*LATIN_WORD.findall(text), *pairs))
