"""Chinese names by how they are typed without a Chinese keyboard: whole pinyin, or its initials."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

MIN_INITIALS = 3  # two letters are the initials of too much


# Characters that pypinyin reads the other way in words of the field: 微调 as wei diao, 重排 as zhong pai.
_MISREAD = re.compile("((?<=微)调|调(?=[参优])|重(?=[排采参构]))")
_READ = {"调": "tiao", "重": "chong"}


@lru_cache(maxsize=8_192)  # a question asks for the same few characters over and over
def syllables(name: str) -> tuple[str, ...]:
    """Return the pinyin of *name*, a syllable a character, without tones, ``v`` for ü; Latin letters stay."""
    pieces = _MISREAD.split(name)
    read = [[_READ[piece]] if number % 2 else _read(piece) for number, piece in enumerate(pieces)]
    return tuple(syllable.casefold() for piece in read for syllable in piece)


def _read(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - loads 0.3 s of phrases, which most questions do without

    return lazy_pinyin(text, style=Style.NORMAL, v_to_u=False) if text else []


class PinyinNames:
    """Finds Chinese names by their pinyin. Immutable; the tables are made when first needed (20 µs a name).

    Args:
        names: folded Chinese names, the most important first.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = names

    @cached_property
    def _whole(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((("".join(spelled), name) for name, spelled in self._spelled.items()))

    @cached_property
    def _initials(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((("".join(part[:1] for part in spelled), name) for name, spelled in self._spelled.items()))

    @cached_property
    def _spelled(self) -> Mapping[str, tuple[str, ...]]:
        return {name: syllables(name) for name in dict.fromkeys(self._names)}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._whole), default=0)

    def spelled(self, letters: str) -> tuple[str, ...]:
        """Return the names whose whole pinyin is *letters*."""
        return self._whole.get(letters, ())

    def abbreviated(self, letters: str) -> tuple[str, ...]:
        """Return the names whose initials are *letters*; () for fewer than three letters."""
        return self._initials.get(letters, ()) if len(letters) >= MIN_INITIALS else ()

    def split(self, letters: str) -> tuple[str, ...]:
        """Return names whose pinyin together is *letters*, the longest first at each place; () if there are none.

        ``jueceshujianzhi`` gives 决策树, 剪枝.
        """
        names: list[str] = []
        start = 0
        while start < len(letters):
            end = next((end for end in self._ends(start, len(letters)) if letters[start:end] in self._whole), start)
            if end == start:
                return ()
            names.append(self._whole[letters[start:end]][0])
            start = end
        return tuple(names)

    def _ends(self, start: int, stop: int) -> Iterable[int]:
        # A single syllable is not worth a guess: two letters at the least, and four for a part of several.
        return range(min(stop, start + self._longest), start + 3, -1)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in pairs:
        found[key].append(name)
    return {key: tuple(names) for key, names in found.items()}
