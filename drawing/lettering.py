"""Runs of text as letters that can be measured and broken into lines, Chinese between characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import regex

from drawing import glyphs

Run = Sequence[str]
"""A text and its look: plain, bold or code."""
SMALL: Final = 0.68
"""Size of a raised or lowered letter beside the others."""
_GRAPHEME: Final = regex.compile(r"\X")
_LONGEST_GRAPHEME: Final = 12
_MOST_FOREIGN: Final = 60
"""Different characters that our font lacks: each costs a look at all fonts of the machine."""
_NOT_FIRST: Final = frozenset("，。、；：？！…—）》〉」』】〕”’％%,.;:?!)]}")
_NOT_LAST: Final = frozenset("（《〈「『【〔“‘([{")
_AFTER_THESE: Final = frozenset("/-–·|_")
"""Signs after which even a word may be broken."""
_SIGNS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        **dict.fromkeys("✅✔☑", ("✓", "good")),
        **dict.fromkeys("❌✖✕❎", ("✗", "bad")),
        **dict.fromkeys("⭐🌟", ("★", "gold")),
    }
)
"""Emoji that tables are full of, as signs of our own font."""
_HEIGHTS: Final[Mapping[str, int]] = MappingProxyType({"<super>": 1, "<sub>": -1})
_UNDRAWN: Final = frozenset({"Cc", "Cs", "Cn"})
"""Categories that XML or fonts know nothing of: controls, halves of pairs, unassigned."""


class NoFontError(Exception):
    """No font has a character of the text."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands together for a reader.

    Attributes:
        look: plain, bold, code, good, bad or gold.
        width: in ems of the text around it.
        height: 1 if it is raised, -1 if it is lowered.
    """

    text: str
    look: str
    width: float
    height: int = 0


Line = Sequence[Letter]


def letters(runs: Iterable[Run]) -> list[Letter]:
    """Return the letters of *runs*; a line feed is one of its own.

    Raises:
        NoFontError: one cannot be drawn.
    """
    kept = [(text, look) for text, look in runs]
    if len({one for text, _ in kept for one in text if not glyphs.is_ours(one)}) > _MOST_FOREIGN:
        raise NoFontError("too many")
    return [letter for text, look in kept for found in _GRAPHEME.findall(text) for letter in _letters(found, look)]


def lines(text: Sequence[Letter], room: float) -> list[Line]:
    """Return *text* as lines of at most *room* ems; a longer word is cut. Blanks at their ends are left out."""
    made: list[Line] = []
    for paragraph in _paragraphs(text):
        made.extend(_broken(paragraph, room))
    return made or [[]]


def width(line: Iterable[Letter]) -> float:
    """Return the ems of *line*."""
    return sum(letter.width for letter in line)


def words(text: Sequence[Letter]) -> Iterator[Line]:
    """Yield what cannot be broken but inside a word, in order."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or text[place].text.isspace() or _may_break(text[place - 1], text[place]):
            yield text[start:place]
            start = place


def _letters(grapheme: str, look: str) -> Iterator[Letter]:
    grapheme = grapheme[:_LONGEST_GRAPHEME]
    if grapheme[0] in _SIGNS:
        text, look = _SIGNS[grapheme[0]]
        yield Letter(text, look, glyphs.advance(text))
    elif grapheme == "\n":
        yield Letter("\n", look, 0)
    elif len(grapheme) > 1:
        shown = "".join(one for one in grapheme if _is_shown(one))
        yield Letter(shown, look, max(map(glyphs.advance, grapheme)))
    elif grapheme.isspace():
        yield Letter(" ", look, glyphs.advance(" "))
    elif unicodedata.category(grapheme) not in _UNDRAWN:
        yield from _of_ours(grapheme, look)


def _is_shown(character: str) -> bool:
    if not glyphs.is_drawn(character):
        raise NoFontError(ascii(character))
    return unicodedata.category(character) not in _UNDRAWN


def _of_ours(character: str, look: str) -> Iterator[Letter]:
    """Yield *character*; where our font lacks it, by that of which Unicode says that it means the same."""
    kind = unicodedata.decomposition(character).partition(" ")[0]
    same = unicodedata.normalize("NFKC", character)
    if glyphs.is_ours(character) or not kind.startswith("<") or not all(map(glyphs.is_ours, same)):
        if _is_shown(character):
            yield Letter(character, look, glyphs.advance(character))
        return
    height = _HEIGHTS.get(kind, 0)
    size = SMALL if height else 1
    for one in same:
        yield Letter(one, look, glyphs.advance(one) * size, height)


def _paragraphs(text: Sequence[Letter]) -> Iterator[Sequence[Letter]]:
    start = 0
    for place, letter in enumerate(text):
        if letter.text == "\n":
            yield text[start:place]
            start = place + 1
    yield text[start:]


def _broken(paragraph: Sequence[Letter], room: float) -> Iterator[Line]:
    start = place = 0
    used = 0.0
    allowed = 0
    while place < len(paragraph):
        letter = paragraph[place]
        if place > start and _may_break(paragraph[place - 1], letter):
            allowed = place
        if used + letter.width > room and place > start and not letter.text.isspace():
            cut = allowed if allowed > start else place
            yield _trimmed(paragraph[start:cut])
            start = place = cut
            used = 0.0
            continue
        used += letter.width
        place += 1
    yield _trimmed(paragraph[start:])


def _may_break(before: Letter, after: Letter) -> bool:
    if after.text.isspace() or after.text in _NOT_FIRST or before.text in _NOT_LAST or after.height:
        return False
    wide = before.width >= 1 or after.width >= 1
    return before.text.isspace() or before.text in _AFTER_THESE or (wide and not before.height)


def _trimmed(line: Sequence[Letter]) -> Line:
    start, end = 0, len(line)
    while start < end and line[start].text.isspace():
        start += 1
    while start < end and line[end - 1].text.isspace():
        end -= 1
    return line[start:end]
