"""Chinese names by how they are typed without a Chinese keyboard: whole pinyin, or its initials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

MIN_INITIALS = 3  # two letters are the initials of too much


def syllables(name: str) -> tuple[str, ...]:
    """Return the pinyin of *name*, a syllable a character, without tones, ``v`` for ü; Latin letters stay."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - loads 0.3 s of phrases, which most questions do without

    return tuple(syllable.casefold() for syllable in lazy_pinyin(name, style=Style.NORMAL, v_to_u=False))


def initials(name: str) -> str:
    """Return the first letter of each syllable of *name*: ``jhhs`` for 激活函数."""
    return "".join(syllable[:1] for syllable in syllables(name))


class PinyinNames:
    """Finds Chinese names by their pinyin. Immutable; the tables are made when first needed (20 µs a name).

    Args:
        names: folded Chinese names, the most important first.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))

    @cached_property
    def _whole(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((("".join(spelled), name) for name, spelled in self._spelled.items()))

    @cached_property
    def _initials(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((("".join(part[:1] for part in spelled), name) for name, spelled in self._spelled.items()))

    @cached_property
    def _spelled(self) -> Mapping[str, tuple[str, ...]]:
        return {name: syllables(name) for name in self._names}

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
