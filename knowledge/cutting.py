"""Cuts a block that is longer than a section may be: at lines, then sentences, then anywhere but in a grapheme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import regex

from knowledge.model import Block

_SENTENCE = re.compile(r"(?<=[。！？；.!?;])")


def cut_block(block: Block, limit: int) -> Iterator[Block]:
    """Yield *block* in pieces of at most *limit* characters, in order; nothing of it is lost."""
    if len(block.text) <= limit:
        yield block
        return
    first = block.lines[0]
    held: list[str] = []
    size = 0
    number = 0
    start = 0
    for number, line in enumerate(block.text.split("\n")):
        for piece in _pieces(line, limit):
            if held and size + len(piece) + 1 > limit:
                yield replace(block, text="\n".join(held), lines=(first + start, first + max(start, number - 1)))
                held, size, start = [], 0, number
            held.append(piece)
            size += len(piece) + 1
    yield replace(block, text="\n".join(held), lines=(first + start, first + number))


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
    start = 0
    while len(text) - start > limit:
        window = text[start : start + limit]
        *_, last = regex.finditer(r"\X", window[-64:])
        # A grapheme that begins before the window's last characters may be torn; one that fills them is torn anyway.
        end = len(window) - 64 + last.start() if last.start() else len(window)
        yield text[start : start + end]
        start += end
    yield text[start:]
