"""Plain text to sections: paragraphs as they are; headings cannot be told from text, so there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from knowledge.loaders.draft import Draft
from knowledge.loaders.lines import capped
from knowledge.model import Block, BlockKind
from knowledge.sections import Outline, language_of, split


def load(text: str, file: str) -> Draft:
    """Return the paragraphs of *text* under the file's name."""
    title = PurePosixPath(file).stem
    lines, too_long = capped(text, file)
    language = language_of(text if text.strip() else title)
    blocks = tuple(_paragraphs(lines))
    outlines = [Outline(title, 0, 1, blocks)] if blocks else []
    sections, problems = split(outlines, file=file, title=title, language=language)
    return Draft(title, language, sections, problems=(*too_long, *problems))


def _paragraphs(lines: Sequence[str]) -> Iterator[Block]:
    held: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            held.append(line)
        elif held:
            yield Block(BlockKind.TEXT, "\n".join(held), (number - len(held), number - 1), plain=True)
            held = []
