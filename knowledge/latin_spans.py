"""The spans of a run of Latin words: glossary names first, then pinyin, slips and words as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from knowledge.asked import STOP_EN
from knowledge.spans import JOINED, MAX_ALTERNATIVES, SYNONYM, Alternative, Lexicon, Naming, Span, SpanKind, trivial
from knowledge.text import word_parts, word_term

PINYIN = 0.85
CORRECTED = (0.85, 0.75, 0.6)  # by distance
MAX_NAME_WORDS = 6
MAX_SYLLABLES = 8
_SHORTEST_HALF = 3


class LatinSpans:
    """Cuts Latin words of a question into spans. Immutable."""

    def __init__(self, naming: Naming, lexicon: Lexicon) -> None:
        self._naming = naming
        self._lexicon = lexicon

    def of_words(self, words: Sequence[str]) -> Iterator[Span]:
        """Yield the spans of the folded *words*, in their order."""
        start = 0
        while start < len(words):
            for read, most in ((self._named, MAX_NAME_WORDS), (self._pinyin, MAX_SYLLABLES), (self._joined, 2)):
                end, spans = _longest(words, start, most, read)
                if spans:
                    break
            else:
                end, spans = start + 1, [self._word(words[start])]
            yield from spans
            start = end

    def _named(self, words: Sequence[str]) -> list[Span]:
        if all(word.casefold() in STOP_EN for word in words):
            return []
        name = " ".join(words)
        if not self._naming.terms(name):
            return []
        return [self._naming.span(name)] if len(words) == 1 or self._naming.concept_held(name) else []

    def _pinyin(self, words: Sequence[str]) -> list[Span]:
        letters = "".join(words).casefold()
        if not (letters.isalpha() and letters.isascii()) or all(map(self._is_known, words)):
            return []
        pinyin = self._lexicon.pinyin
        names = pinyin.spelled(letters) or (pinyin.abbreviated(letters) if len(words) == 1 else ())
        if names:
            return [_merged(letters, [self._naming.span(name) for name in names[:3]]).doubted(PINYIN)]
        return [self._naming.span(name).doubted(PINYIN) for name in pinyin.split(letters)]

    def _joined(self, words: Sequence[str]) -> list[Span]:
        """Read two words that the notes write as one: ``swi glu``."""
        whole = word_term("-".join(words))
        if len(words) != 2 or any(map(trivial, words)) or whole not in self._lexicon.known:
            return []
        parts = tuple(dict.fromkeys(map(word_term, words)))
        return [Span(" ".join(words), (Alternative((whole,)), Alternative(parts, weight=JOINED)), words=2)]

    def _word(self, word: str) -> Span:
        span = self._naming.span(word)
        if span.kind is SpanKind.EVERYDAY or trivial(word) or self._is_known(word):
            return span
        meant = tuple(self._meant(word_term(word)))
        return replace(span, alternatives=(span.alternatives + meant)[:MAX_ALTERNATIVES], guessed=bool(meant))

    def _is_known(self, word: str) -> bool:
        known = self._lexicon.known
        parts = word_parts(word)
        return word_term(word) in known or (bool(parts) and all(part in known for part in parts))

    def _meant(self, word: str) -> Iterator[Alternative]:
        """Yield what a *word* that the notes do not have may be: two words written as one, or a slip."""
        known = self._lexicon.known
        for cut in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1):
            if word[:cut] in known and word[cut:] in known:
                yield Alternative((word[:cut], word[cut:]), weight=SYNONYM)
        for relative in self._lexicon.latin.relatives(word):
            yield from self._naming.span(relative).doubted(SYNONYM).alternatives
        for correction in self._lexicon.latin.corrections(word):
            weight = CORRECTED[correction.distance]
            yield from self._naming.span(correction.word).doubted(weight).alternatives


def _longest(
    words: Sequence[str], start: int, most: int, read: Callable[[Sequence[str]], list[Span]]
) -> tuple[int, list[Span]]:
    """Return where the longest run of words that *read* makes something of ends, and what it makes."""
    for end in range(min(len(words), start + most), start, -1):
        spans = read(words[start:end])
        if spans:
            return end, spans
    return start, []


def _merged(text: str, spans: Sequence[Span]) -> Span:
    alternatives = [one for span in spans for one in span.alternatives]
    return Span(text, tuple(alternatives[:MAX_ALTERNATIVES]), max(span.words for span in spans))
