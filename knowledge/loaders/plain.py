"""Plain text to sections: paragraphs as they are; headings cannot be told from text, so there are none."""

from __future__ import annotations

from pathlib import PurePosixPath

from knowledge.loaders.draft import Draft
from knowledge.model import Block, BlockKind
from knowledge.sections import Outline, language_of, split


def load(text: str, file: str) -> Draft:
    """Return the paragraphs of *text* under the file's name."""
    title = PurePosixPath(file).stem
    language = language_of(text)
    outline = Outline(title, 0, 1, _paragraphs(text))
    return Draft(title, language, split([outline], file=file, title=title, language=language)[0])


def _paragraphs(text: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    held: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            held.append(line)
        elif held:
            blocks.append(Block(BlockKind.TEXT, "\n".join(held), (number - len(held), number - 1)))
            held = []
    return tuple(blocks)
