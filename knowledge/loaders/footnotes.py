"""Footnotes stand at the end of a note, and are wanted where they are referred to: by the section that is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from knowledge.model import Block, BlockKind
from knowledge.sections import Outline

MAX_NOTES = 500  # of one file
MAX_CHARACTERS = 1_000  # of a footnote that is repeated
MAX_BORROWED = 3_000  # characters that one section brings along; the rest stands where it is written

_DEFINITION = re.compile(r" {0,3}\[\^([^\[\]\s]{1,50})\]:")
_REFERENCE = re.compile(r"\[\^([^\[\]\s]{1,50})\](?!:)")
_PROSE = (BlockKind.TEXT, BlockKind.TABLE)


def brought_along(outlines: Sequence[Outline]) -> list[Outline]:
    """Return *outlines*, each with the footnotes at its end that it refers to and that are written elsewhere."""
    written = dict(_written(outlines))
    return [_with(outline, written) for outline in outlines] if written else list(outlines)


def _with(outline: Outline, written: Mapping[str, str]) -> Outline:
    texts = [block.text for block in outline.blocks if block.kind in _PROSE]
    if not any("[^" in text for text in texts):
        return outline
    own = {label for text in texts for label, _ in _definitions(text)}
    wanted = dict.fromkeys(label for text in texts for label in _REFERENCE.findall(text))
    told = list(_fitting(written[label] for label in wanted if label in written and label not in own))
    if not told:
        return outline
    # The section is where its own text is, whatever it borrows.
    last = outline.blocks[-1].lines[1]
    return replace(outline, blocks=(*outline.blocks, Block(BlockKind.TEXT, "\n".join(told), (last, last))))


def _fitting(texts: Iterable[str]) -> Iterator[str]:
    """Yield the first of *texts*, as many as one section brings along."""
    left = MAX_BORROWED
    for text in texts:
        left -= len(text)
        if left < 0:
            return
        yield text


def _written(outlines: Sequence[Outline]) -> Iterator[tuple[str, str]]:
    count = 0
    for outline in outlines:
        for block in outline.blocks:
            if block.kind is BlockKind.TEXT and "[^" in block.text:
                for label, text in _definitions(block.text):
                    count += 1
                    if count > MAX_NOTES:
                        return
                    if len(text) <= MAX_CHARACTERS:
                        yield label, text


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield the labels of the footnotes that *text* holds, and each with the lines that go on indented."""
    held: list[str] = []
    label = ""
    for line in [*text.split("\n"), ""]:
        found = _DEFINITION.match(line)
        if held and (found or not line.startswith(" ") or not line.strip()):
            yield label, "\n".join(held)
            held = []
        if found:
            label, held = found[1], [line]
        elif held:
            held.append(line)
