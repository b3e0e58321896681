"""Autocomplete: what a few typed characters may become, from memory, in well under 5 ms for 10,000 headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.model import Completion
from knowledge.pinyin import syllables
from knowledge.text import HAN, HAN_RUN, fold

MAX_TEXT = 100  # Discord's limit for the name and the value of a choice
MIN_TYPO = 4
_PIECE = 5_000
_ENOUGH = 200  # candidates looked at a level, before they are ordered
# A letter or digit after what is none, or after one of the other script: the R of 大模型RAG begins a word.
_WORD_START = re.compile(rf"(?<![^\W_])(?=[^\W_])|(?<=[{HAN}])(?=[^\W_{HAN}])|(?<=[^\W_{HAN}])(?=[{HAN}])")
_AFTER_EVERY_KEY = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that may be completed to.

    Attributes:
        text: as shown.
        key: what is typed to get it; compared folded and without case.
        section_id: empty if choosing it searches for its text.
        rank: smaller comes first among equals.
    """

    text: str
    key: str
    section_id: str
    rank: int = 0


class Completions:
    """Completes from memory. Immutable; its tables are made by ``warm`` or when first needed."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._all = candidates

    @cached_property
    def _candidates(self) -> tuple[Candidate, ...]:
        return tuple(self._all)

    def warm(self) -> None:
        """Make the tables now; takes about 40 µs a heading, so on a thread."""
        _ = (self._starts, self._sounds, self._joined, self._by_first)

    def complete(self, typed: str, *, limit: int) -> tuple[Completion, ...]:
        """Return the completions of *typed*: prefix, word start, pinyin, substring, slip, in this order."""
        wanted = _key(typed)
        if not wanted:
            return ()
        found: dict[str, Completion] = {}
        for level in (self._at_start, self._by_sound, self._inside, self._nearly):
            if len(found) < limit and not (found and level == self._nearly):
                for number in level(wanted):
                    candidate = self._candidates[number]
                    text = cut(candidate.text)
                    found.setdefault(text, Completion(text, candidate.section_id))
        return tuple(islice(found.values(), limit))

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(_key(candidate.key) for candidate in self._candidates)

    @cached_property
    def _starts(self) -> tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]]:
        # The wholes apart from what begins inside them: thousands of the latter must not crowd out the former.
        wholes = [(key, 0, number) for number, key in enumerate(self._keys)]
        inner = [(key[place:], 1, number) for key, _, number in wholes for place in _word_starts(key)]
        return _sorted(wholes), _sorted(inner)

    @cached_property
    def _sounds(self) -> list[tuple[str, int, int]]:
        sounds = []
        for number, key in enumerate(self._keys):
            if HAN_RUN.search(key):
                spelled = syllables("".join(character for character in key if character.isalnum()))
                sounds.append(("".join(part[:1] for part in spelled), 0, number))
                sounds.append(("".join(spelled), 1, number))
        return _sorted(sounds)

    @cached_property
    def _by_first(self) -> Mapping[str, Sequence[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, key in enumerate(self._keys):
            found[key[:1]].append(number)
        return found

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        offsets, place = [], 0
        for key in self._keys:
            offsets.append(place)
            place += len(key) + 1
        return "\n".join(self._keys), offsets

    def _at_start(self, wanted: str) -> Iterator[int]:
        for starts in self._starts:
            yield from sorted((number for _, _, number in islice(_between(starts, wanted), _ENOUGH)), key=self._order)

    def _by_sound(self, wanted: str) -> Iterator[int]:
        letters = wanted.replace(" ", "")
        if len(letters) < 2 or not (letters.isascii() and letters.isalpha()):
            return
        found = {number for _, _, number in islice(_between(self._sounds, letters), _ENOUGH)}
        yield from sorted(found, key=self._order)

    def _inside(self, wanted: str) -> Iterator[int]:
        text, offsets = self._joined
        found: dict[int, None] = {}
        place = text.find(wanted)
        while place >= 0 and len(found) < _ENOUGH:
            found[bisect_left(offsets, place + 1) - 1] = None
            place = text.find(wanted, place + 1)
        yield from sorted(found, key=self._order)

    def _nearly(self, wanted: str) -> Iterator[int]:
        if len(wanted) < MIN_TYPO:
            return
        # The first character is seldom the wrong one, and looking at all headings takes milliseconds.
        numbers = self._by_first.get(wanted[0], ())
        beginnings = [self._keys[number][: len(wanted)] for number in numbers]
        slips = 1 + len(wanted) // 8
        near = process.extract(wanted, beginnings, scorer=OSA.distance, score_cutoff=slips, limit=_ENOUGH)
        found = ((distance, numbers[place]) for _, distance, place in near)
        yield from (number for _, number in sorted(found, key=lambda hit: (hit[0], *self._order(hit[1]))))

    def _order(self, number: int) -> tuple[int, int, int]:
        return self._candidates[number].rank, len(self._keys[number]), number


def _sorted(entries: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Return *entries* in order, sorted piece by piece: one long sort would hold up every other thread."""
    pieces = [sorted(entries[first : first + _PIECE]) for first in range(0, len(entries), _PIECE)]
    return list(merge(*pieces))


def cut(text: str, limit: int = MAX_TEXT) -> str:
    """Return *text* in at most *limit* characters, cut between graphemes with an ellipsis."""
    if len(text) <= limit:
        return text
    import regex  # noqa: PLC0415 - loads 0.1 s, and few texts are so long

    kept = ""
    for grapheme in regex.findall(r"\X", text[: limit * 2]):
        if len(kept) + len(grapheme) > limit - 1:
            break
        kept += grapheme
    return kept.rstrip() + "…"


def _key(text: str) -> str:
    return " ".join(fold(text[:200]).casefold().split())


def _word_starts(key: str) -> Iterator[int]:
    return (match.start() for match in _WORD_START.finditer(key) if match.start() > 0)


def _between(entries: Sequence[tuple[str, int, int]], wanted: str) -> Iterator[tuple[str, int, int]]:
    """Yield the sorted *entries* that begin with *wanted*."""
    first = bisect_left(entries, (wanted,))
    last = bisect_left(entries, (wanted + _AFTER_EVERY_KEY,))
    return (entries[place] for place in range(first, last))
