"""The spans of a run of Chinese characters: glossary names first, then what is nearly one, then words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from knowledge.segment import Segmenter
from knowledge.spans import Lexicon, Naming, Span, everyday, trivial
from knowledge.spelling import Correction

CORRECTED = (0.85, 0.75)  # same sound; one character wrong
_LONGEST_CORRECTED = 8
_TORN = 3  # characters of a name that may stand in the middle of what the dictionary takes for words


class HanSpans:
    """Cuts Han runs of a question into spans. Immutable."""

    def __init__(self, naming: Naming, lexicon: Lexicon, segmenter: Segmenter) -> None:
        self._naming = naming
        self._lexicon = lexicon
        self._segmenter = segmenter

    def of_run(self, run: str) -> Iterator[Span]:
        """Yield the spans of the folded *run*, in its order."""
        done = 0
        # Slips first: 梯度载剪 holds the name 梯度, and means 梯度裁剪.
        for start, end, correction in self._corrections_in(run):
            yield from self._of_sound(run[done:start])
            yield self._naming.span(correction.word).doubted(CORRECTED[correction.distance])
            done = end
        yield from self._of_sound(run[done:])

    def _of_sound(self, run: str) -> Iterator[Span]:
        borders = frozenset(accumulate(map(len, self._segmenter.words(run)), initial=0))
        start = unnamed = 0
        while start < len(run):
            end = self._name_end(run, start, borders)
            if end is None:
                start += 1
                continue
            yield from self._words(run[unnamed:start])
            yield self._naming.span(run[start:end])
            start = unnamed = end
        yield from self._words(run[unnamed:])

    def _words(self, run: str) -> Iterator[Span]:
        return map(self._naming.span, self._segmenter.words(run))

    def _name_end(self, run: str, start: int, borders: frozenset[int]) -> int | None:
        """Return where the longest name that begins at *start* ends; a short one must not tear words: 项|目的|难点."""
        longest = min(len(run), start + self._lexicon.glossary.longest_han)
        for end in range(longest, start + 1, -1):
            whole = start in borders and end in borders
            if (whole or end - start > _TORN) and self._is_name(run[start:end]):
                return end
        return None

    def _is_name(self, text: str) -> bool:
        return bool(self._naming.terms(text))

    def _corrections_in(self, run: str) -> Sequence[tuple[int, int, Correction]]:
        """Return the rows of words in *run* that are nearly a name that the notes have; of two that overlap the longer.

        Each is where it starts, where it ends and what is meant, in order.
        """
        words = self._segmenter.words(run)
        ends = list(accumulate(map(len, words), initial=0))
        near = ((i, j) for i in range(len(ends)) for j in range(i + 1, min(len(ends), i + 1 + _LONGEST_CORRECTED)))
        rows = [(i, j) for i, j in near if 1 < ends[j] - ends[i] <= _LONGEST_CORRECTED]
        found: list[tuple[int, int, Correction]] = []
        for i, j in sorted(rows, key=lambda row: ends[row[0]] - ends[row[1]]):
            free = all(ends[j] <= start or end <= ends[i] for start, end, _ in found)
            if free and not self._makes_sense(words[i:j]):
                correction = self._lexicon.han.correction(run[ends[i] : ends[j]])
                if correction is not None:
                    found.append((ends[i], ends[j], correction))
        return sorted(found, key=lambda one: one[0])

    def _makes_sense(self, words: Sequence[str]) -> bool:
        """Return whether *words* are one word of the dictionary, or all known to the notes, or words that ask."""
        if len(words) == 1 or self._naming.terms("".join(words)):
            return True
        known = self._lexicon.known
        return all(trivial(word) or everyday(word) or (len(word) > 1 and word in known) for word in words)
