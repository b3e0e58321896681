"""What a misspelt word was meant to be, among the words that the notes and the glossary have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.pinyin import syllables

MIN_LATIN = 4  # a shorter word has too many neighbours
MIN_HAN = 2  # for another character of the same sound
MIN_HAN_WRONG = 4  # for a character that sounds otherwise: shorter names have too many neighbours
MAX_HAN = 10
MIN_STEM = 4
_ENDINGS = (
    *(
        "ization",
        "isation",
        "izing",
        "ising",
        "ations",
        "ation",
        "izer",
        "iser",
        "ized",
        "ised",
        "ions",
        "ings",
        "ment",
    ),
    *("ize", "ise", "ion", "ing", "ers", "ors", "ive", "ity", "ate", "ed", "er", "or", "es", "ly", "al", "e", "s", ""),
)
LONG_LATIN = 8  # from here on two slips are likely enough


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that may be meant.

    Attributes:
        distance: letters inserted, left out, changed or swapped with their neighbour; 0 for the same sound.
    """

    word: str
    distance: int


class LatinSpelling:
    """Corrects Latin words. Immutable; tables are made when first needed.

    Args:
        words: all known words, lower case.
        frequency: how many sections hold a word; of equally near words the more frequent is meant.
    """

    def __init__(self, words: Iterable[str], frequency: Callable[[str], int]) -> None:
        self._words = words
        self._frequency = frequency

    @cached_property
    def _shelves(self) -> Mapping[tuple[str, int], tuple[str, ...]]:
        # By first letter and length: a slip seldom hits the first letter, and the whole list takes too long.
        shelves: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._words:
            if len(word) >= MIN_LATIN - 1 and word.isalpha() and word.isascii():
                shelves[word[0], len(word)].append(word)
        return {shelf: tuple(words) for shelf, words in shelves.items()}

    @cached_property
    def _families(self) -> Mapping[str, tuple[str, ...]]:
        families: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._words:
            if len(word) >= MIN_STEM and word.isalpha() and word.isascii():
                families[word[:MIN_STEM]].append(word)
        return {stem: tuple(words) for stem, words in families.items()}

    def relatives(self, word: str, *, limit: int = 4) -> tuple[str, ...]:
        """Return known words that are *word* with another ending: for hallucinate, hallucination."""
        stem = next((word[: -len(end)] for end in _ENDINGS if end and word.endswith(end)), word)
        if len(stem) < MIN_STEM:
            return ()
        family = self._families.get(stem[:MIN_STEM], ())
        found = [known for known in family if known.startswith(stem) and known[len(stem) :] in _ENDINGS]
        ranked = sorted(found, key=self._frequency, reverse=True)
        return tuple(known for known in ranked if known != word)[:limit]

    def corrections(self, word: str, *, limit: int = 3) -> tuple[Correction, ...]:
        """Return the words that *word* may be meant to be, nearest first; () for a short one or a number."""
        if len(word) < MIN_LATIN or not word.isalpha():
            return ()
        farthest = 2 if len(word) >= LONG_LATIN else 1
        found: list[Correction] = []
        for length in range(len(word) - farthest, len(word) + farthest + 1):
            shelf = self._shelves.get((word[0], length), ())
            near = process.extract(word, shelf, scorer=OSA.distance, score_cutoff=farthest, limit=limit)
            found.extend(Correction(text, int(distance)) for text, distance, _ in near)
        found.sort(key=lambda near: (near.distance, -self._frequency(near.word), near.word))
        return tuple(found[:limit])


class HanSpelling:
    """Corrects Chinese names: another character of the same sound (归一话), or one character wrong. Immutable.

    Args:
        names: folded Chinese names, the most important first.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._all = names

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(name for name in dict.fromkeys(self._all) if MIN_HAN <= len(name) <= MAX_HAN)

    @cached_property
    def _by_sound(self) -> Mapping[tuple[str, ...], str]:
        return {syllables(name): name for name in reversed(self._names)}

    @cached_property
    def _by_gap(self) -> Mapping[str, str]:
        return {gap: name for name in reversed(self._names) if len(name) >= MIN_HAN_WRONG for gap in _gaps(name)}

    def correction(self, text: str) -> Correction | None:
        """Return the name that *text*, of the same length, may be meant to be."""
        if not MIN_HAN <= len(text) <= MAX_HAN:
            return None
        name = self._by_sound.get(syllables(text))
        if name is not None and name != text:
            return Correction(name, 0)
        if len(text) < MIN_HAN_WRONG:
            return None
        near = next((self._by_gap[gap] for gap in _gaps(text) if gap in self._by_gap), None)
        return Correction(near, 1) if near is not None and near != text else None


def _gaps(name: str) -> Iterable[str]:
    return (f"{name[:place]}_{name[place + 1 :]}" for place in range(len(name)))
