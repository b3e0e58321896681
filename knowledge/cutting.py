"""Cuts a block that is longer than a section may be: at lines, then sentences, then anywhere but in a grapheme.

Each piece can be shown by itself: fenced code is closed at a cut and opened again after it, a table gets its head
again, and a formula too long to be drawn becomes code. So the pieces say more than the block by these lines only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.model import Block, BlockKind

_SENTENCE = re.compile(r"(?<=[。！？；.!?;])")
_FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})")
_WINDOW = 64  # characters looked at for the end of a grapheme; longer ones are torn


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around every piece of a block.

    Attributes:
        first, end: the lines of the block, counted from 0, that are cut; those outside are in the frame.
    """

    before: str
    after: str
    first: int
    end: int

    @property
    def size(self) -> int:
        return len(self.before) + len(self.after)


def cut_block(block: Block, limit: int) -> Iterator[Block]:
    """Yield *block* in pieces of at most *limit* characters, in order; nothing of it is lost.

    Args:
        block: of any kind.
        limit: at least twice as long as a fence or the head of a table; else that is text like the rest.
    """
    if len(block.text) <= limit:
        yield block
        return
    lines = block.text.split("\n")
    frame = _frame(block, lines)
    if frame.size * 2 > limit:
        frame = _Frame("", "", 0, len(lines))
    if block.kind is BlockKind.MATH:
        block = replace(block, kind=BlockKind.CODE, info="tex")
    groups = list(_groups(lines[frame.first : frame.end], limit - frame.size))
    for place, (start, end, text) in enumerate(groups):
        first = block.lines[0] + (frame.first + start if place else 0)
        last = block.lines[0] + frame.first + end if place < len(groups) - 1 else block.lines[1]
        yield replace(block, text=frame.before + text + frame.after, lines=(first, last))


def _frame(block: Block, lines: Sequence[str]) -> _Frame:
    whole = _Frame("", "", 0, len(lines))
    if block.kind is BlockKind.TABLE and len(lines) > 2:
        return _Frame("\n".join(lines[:2]) + "\n", "", 2, len(lines))
    if block.kind is BlockKind.MATH:
        return replace(whole, before="```tex\n", after="\n```")
    fence = _FENCE.match(lines[0]) if block.kind is BlockKind.CODE else None
    if fence is None or len(lines) < 2:
        return whole
    end = len(lines) - (lines[-1].strip().startswith(fence[2]) and not lines[-1].strip(f" \t{fence[2][0]}"))
    return _Frame(f"{lines[0]}\n", f"\n{fence[1]}{fence[2]}", 1, end)


def _groups(lines: Iterable[str], limit: int) -> Iterator[tuple[int, int, str]]:
    """Yield first and last line, counted from 0, and the text of each piece."""
    held: list[str] = []
    size = start = last = 0
    for number, line in enumerate(lines):
        for piece in _pieces(line, limit):
            if held and size + len(piece) > limit:
                yield start, last, "\n".join(held)
                held, size, start = [], 0, number
            held.append(piece)
            size += len(piece) + 1
            last = number
    yield start, last, "\n".join(held)


def _pieces(line: str, limit: int) -> Iterator[str]:
    if len(line) <= limit:
        yield line
        return
    held = ""
    for sentence in _SENTENCE.split(line):
        for part in _hard(sentence, limit):
            if held and len(held) + len(part) > limit:
                yield held
                held = ""
            held += part
    if held:
        yield held


def _hard(text: str, limit: int) -> Iterator[str]:
    """Yield *text* in pieces that end between graphemes, so that no emoji is torn."""
    import regex  # noqa: PLC0415 - loads 0.1 s, and few lines are so long

    start = 0
    while len(text) - start > limit:
        window = text[start : start + limit]
        tail = window[-_WINDOW:]
        *_, last = regex.finditer(r"\X", tail)
        # A grapheme that begins before the tail may be torn; one that fills it is torn anyway.
        end = len(window) - len(tail) + last.start() if last.start() else len(window)
        yield text[start : start + end]
        start += end
    yield text[start:]
