"""How alike two sections in two languages are: by what a translation leaves alone, and by how they are built.

Names, numbers, formulas, code and pictures are the same in both languages; headings are compared through the glossary,
too. A sign counts only if both notes have it, and the more, the fewer sections have it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final

from knowledge.glossary import Glossary
from knowledge.model import Block, BlockKind, Section
from knowledge.ordinals import ordinal
from knowledge.text import HAN_RUN, LATIN_WORD, fold, latin_terms

_BODY: Final = re.compile(r"\d+(?:\.\d+)+|\d{2,}|\\[a-zA-Z]+|[A-Za-z][A-Za-z0-9]+")
_SPACE: Final = re.compile(r"\s+")
_LONGEST_TITLE: Final = 200
_LONGEST_NAME: Final = 4
"""Words of an English name that is looked up."""
_SHORTEST_LINE: Final = 6
"""Characters of a line of code that is a sign of its own."""
_MOST_SIGNS: Final = 4_000
"""Of a section: a page of code has no more."""

# Measured on two bilingual repositories, with sections taken out of either side (tests/knowledge/test_twins_real.py).
_NOTHING_IN_COMMON: Final = 0.35
_SAME_LEVEL: Final = 0.15
_SAME_NUMBER: Final = 0.2
_SAME_KINDS: Final = 0.15
_SAME_LENGTH: Final = 0.1
_FEW: Final = 3
"""Signs of a text below which having none in common says nothing."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells a section.

    Attributes:
        heading: names and concepts in its heading.
        body: names, numbers, formulas, lines of code and pictures in its text.
        number: that its heading begins with; 0 for none.
        depth: of its level among those that the note has.
        kinds: how many blocks of each kind it has.
        length: characters of its text.
    """

    heading: frozenset[str]
    body: frozenset[str]
    number: str
    depth: int
    kinds: tuple[int, ...]
    length: int


class Likeness:
    """Compares the sections of two notes.

    Args:
        mine: of one note.
        theirs: of its twin.
        glossary: names of concepts in both languages.
    """

    def __init__(self, mine: Sequence[Section], theirs: Sequence[Section], glossary: Glossary) -> None:
        both = (_all_signs(mine, glossary), _all_signs(theirs, glossary))
        self._headings = _weights([[one.heading for one in side] for side in both])
        self._bodies = _weights([[one.body for one in side] for side in both])
        self._ratio = math.log(_length(both[0]) / _length(both[1]))
        self._mine, self._theirs = ([self._weighing(one) for one in side] for side in both)
        self._own = tuple(
            [(_sum(one.heading, self._headings), _sum(one.body, self._bodies)) for one in side]
            for side in (self._mine, self._theirs)
        )

    def __call__(self, place: int, other: int) -> float:
        """Return how alike my section at *place* and their section at *other* are: -0.7 to 2.6, more is liker."""
        one, two = self._mine[place], self._theirs[other]
        (heading, body), (their_heading, their_body) = self._own[0][place], self._own[1][other]
        of_heading = _common(one.heading & two.heading, self._headings, heading, their_heading)
        of_body = _common(one.body & two.body, self._bodies, body, their_body)
        if of_body < 0 and min(len(one.body), len(two.body)) < _FEW:
            of_body = 0.0
        return of_heading + of_body + self._build(one, two)

    def _weighing(self, one: Signs) -> Signs:
        """Leave out of *one* what the other note has nowhere: once, rather than with each section of that."""
        heading, body = one.heading.intersection(self._headings), one.body.intersection(self._bodies)
        return replace(one, heading=heading, body=body)

    def _build(self, one: Signs, two: Signs) -> float:
        alike = _SAME_LEVEL if one.depth == two.depth else 0.0
        if one.number and two.number:
            alike += _SAME_NUMBER if one.number == two.number else -_SAME_NUMBER / 2
        most = sum(map(max, one.kinds, two.kinds))
        alike += _SAME_KINDS * (sum(map(min, one.kinds, two.kinds)) / most if most else 1.0)
        stretch = abs(math.log((one.length + 20) / (two.length + 20)) - self._ratio)
        return alike + _SAME_LENGTH * max(0.0, 1.0 - stretch)


def _common(shared: frozenset[str], weights: Mapping[str, float], mine: float, theirs: float) -> float:
    """Return 1 for all in common, less than 0 for nothing, 0 where one side has nothing to be compared."""
    if not mine or not theirs:
        return 0.0
    share = 2 * _sum(shared, weights) / (mine + theirs)
    return share - _NOTHING_IN_COMMON * (1 - share) ** 3


def _sum(signs: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(map(weights.__getitem__, signs))


def _weights(sides: Sequence[Sequence[frozenset[str]]]) -> Mapping[str, float]:
    """Return what each sign weighs that both sides have."""
    mine, theirs = (Counter(sign for signs in side for sign in signs) for side in sides)
    count = sum(map(len, sides))
    return {sign: math.log(1 + count / (mine[sign] + theirs[sign])) for sign in mine.keys() & theirs.keys()}


def _length(side: Sequence[Signs]) -> int:
    return sum(one.length for one in side) + 20


def _all_signs(sections: Sequence[Section], glossary: Glossary) -> list[Signs]:
    depths = {level: depth for depth, level in enumerate(sorted({section.level for section in sections}))}
    return [_signs(section, depths[section.level], glossary) for section in sections]


def _signs(section: Section, depth: int, glossary: Glossary) -> Signs:
    number, title = ordinal(section.title[:_LONGEST_TITLE])
    return Signs(
        heading=frozenset((*latin_terms(fold(title)), *_concepts(title, glossary))),
        body=frozenset(islice(chain(*map(_of_block, section.blocks)), _MOST_SIGNS)),
        number=number,
        depth=depth,
        kinds=tuple(map([block.kind for block in section.blocks].count, BlockKind)),
        length=len(section.text),
    )


def _of_block(block: Block) -> Iterator[str]:
    yield from map(str.lower, _BODY.findall(block.text))
    if block.kind is BlockKind.MATH:
        yield "$" + _SPACE.sub("", block.text)
    elif block.kind is BlockKind.CODE:
        lines = map(str.strip, block.text.splitlines())
        yield from (line for line in lines if len(line) >= _SHORTEST_LINE and line.isascii())
    elif block.picture is not None:
        yield "!" + block.picture.path


def _concepts(title: str, glossary: Glossary) -> Iterator[str]:
    folded = fold(title)
    for run in HAN_RUN.findall(folded):
        for begin in range(len(run)):
            for end in range(begin + 2, min(len(run), begin + glossary.longest_han) + 1):
                yield from _named(run[begin:end], glossary)
    words = LATIN_WORD.findall(folded)
    for begin in range(len(words)):
        for end in range(begin + 1, min(len(words), begin + _LONGEST_NAME) + 1):
            yield from _named(glossary.key(" ".join(words[begin:end])), glossary)


def _named(key: str, glossary: Glossary) -> Iterator[str]:
    return ("=" + "\0".join(term.names) for term in glossary.named(key))
