"""From a note's headings and blocks to sections: what is found and shown is of a size that a chat can hold."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.cutting import cut_block
from knowledge.errors import Problem
from knowledge.model import Block, BlockKind, Language, Section
from knowledge.text import fold, han_share, searchable

MAX_CHARACTERS = 3_500  # of one section; a longer text makes parts
MAX_OVERVIEW = 4_000
MAX_SECTIONS = 5_000
CHINESE_SHARE = 0.35
FOREIGN_SHARE = 0.08
_ENOUGH_LETTERS = 150
_WORDY = (BlockKind.TEXT, BlockKind.TABLE)
_SAMPLE = 20_000  # characters looked at to tell the language


@dataclass(frozen=True, slots=True)
class Outline:
    """A heading with the blocks up to the next one.

    Attributes:
        level: 1 to 6; 0 for the text before the first heading.
        line: the heading's own, counted from 1.
        written: the line of the heading as it is in the file; an underlined one with number signs instead.
        last: last line of the heading, where that is not *line*.
    """

    heading: str
    level: int
    line: int
    blocks: tuple[Block, ...]
    written: str = ""
    last: int = 0

    @property
    def whole(self) -> tuple[Block, ...]:
        """The heading as a block of text, and the blocks."""
        heading = Block(BlockKind.TEXT, self.written, (self.line, max(self.line, self.last)))
        return (heading, *self.blocks) if self.written else self.blocks


def language_of(text: str, fallback: Language = "en") -> Language:
    """Return the language of *text* by its share of Han characters; *fallback* if it has no letters."""
    sample = fold(text[:_SAMPLE])
    if not any(character.isalpha() for character in sample):
        return fallback
    return "zh" if han_share(sample) >= CHINESE_SHARE else "en"


def _own_language(text: str, language: Language) -> Language:
    """Return the language of a section: the note's, unless enough of its words are clearly of the other."""
    words = fold(searchable(text[:_SAMPLE]))
    share = han_share(words)
    if sum(character.isalpha() for character in words) < _ENOUGH_LETTERS:
        return language
    if language == "zh":
        return "en" if share < FOREIGN_SHARE else "zh"
    return "zh" if share > 1 - FOREIGN_SHARE * 5 else "en"


def split(
    outlines: Sequence[Outline],
    *,
    file: str,
    title: str,
    language: Language,
    breaks: frozenset[int] = frozenset(),
) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """Return the sections of a note, in its order, and what had to be left out.

    Args:
        outlines: all headings in order.
        file: the note's name; part of the ids.
        title: the note's; heads a text before the first heading.
        language: the note's; that of a section without words.
        breaks: lines at which a section ends and another part of it begins: those on which pages begin.
    """
    sections: list[Section] = []
    seen: Counter[tuple[str, ...]] = Counter()
    for place, headings in _paths(outlines, title):
        # A text above the first heading carries the title, and must not change the id of the heading that says it.
        named = headings if outlines[place].level else (*headings, "")
        key = (*named, str(seen[named]))
        seen[named] += 1
        draft = _draft(outlines, place, headings, language=language, file=file)
        sections.extend(replace(part, id=_id(file, key, part.part)) for part in _parts(draft, breaks))
        if len(sections) > MAX_SECTIONS:
            values = (("limit", MAX_SECTIONS),)
            problem = Problem(
                "The note has more than {limit} sections; the rest is left out.", file, outlines[place].line, values
            )
            return tuple(sections[:MAX_SECTIONS]), (problem,)
    return tuple(sections), ()


def _paths(outlines: Sequence[Outline], title: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the place of each outline that makes a section, with the headings from the outermost in.

    A heading with neither text nor deeper headings under it makes none: there is nothing to show.
    """
    stack: list[Outline] = []
    for place, outline in enumerate(outlines):
        while stack and stack[-1].level >= outline.level:
            stack.pop()
        if outline.level:
            stack.append(outline)
        if outline.blocks or any(True for _ in _below(outlines, place)):
            yield place, tuple(above.heading for above in stack) or (title,)


def _below(outlines: Sequence[Outline], place: int) -> Iterator[Outline]:
    """Yield the outlines under the one at *place*."""
    level = outlines[place].level
    for number in range(place + 1, len(outlines)):
        if not 0 < level < outlines[number].level:
            return
        yield outlines[number]


def _draft(
    outlines: Sequence[Outline], place: int, headings: tuple[str, ...], *, language: Language, file: str
) -> Section:
    outline = outlines[place]
    overview = not outline.blocks
    blocks = tuple(_fitting(_below(outlines, place))) if overview else outline.blocks
    last = blocks[-1].lines[1] if blocks else outline.line
    words = "\n".join([outline.heading, *(block.text for block in blocks if block.kind in _WORDY)])
    lines = (outline.line if outline.level else blocks[0].lines[0], last)
    return Section("", file, headings, outline.level, lines, blocks, _own_language(words, language), overview)


def _fitting(outlines: Iterable[Outline]) -> Iterator[Block]:
    """Yield headings and blocks of *outlines* as far as an overview holds them: each whole, but for a huge first."""
    room = MAX_OVERVIEW
    for outline in outlines:
        pieces = [piece for block in outline.whole for piece in cut_block(block, MAX_CHARACTERS)]
        if room < MAX_OVERVIEW and sum(len(piece.text) for piece in pieces) > room:
            return
        for piece in pieces:
            room -= len(piece.text)
            if room < 0:
                return
            yield piece


def _parts(section: Section, breaks: frozenset[int]) -> Iterator[Section]:
    """Cut a section that is too long at its blocks, and a block that is too long inside."""
    blocks = [piece for block in section.blocks for piece in cut_block(block, MAX_CHARACTERS)]
    groups: list[list[Block]] = [[]]
    size = 0
    for block in blocks:
        ends = size + len(block.text) > MAX_CHARACTERS or block.lines[0] in breaks
        if groups[-1] and ends and not section.overview:
            groups.append([])
            size = 0
        groups[-1].append(block)
        size += len(block.text)
    if len(groups) == 1:
        yield replace(section, blocks=tuple(blocks))
        return
    for number, group in enumerate(groups, start=1):
        first = section.lines[0] if number == 1 else group[0].lines[0]
        yield replace(section, blocks=tuple(group), lines=(first, group[-1].lines[1]), part=number)


def _id(file: str, key: tuple[str, ...], part: int) -> str:
    return hashlib.sha256("\0".join((file, *key, str(part))).encode("utf-8", "surrogatepass")).hexdigest()[:16]
