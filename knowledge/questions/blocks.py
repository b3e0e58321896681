"""The blocks of a question's texts: formulas, code and tables apart from prose, as in a note."""

from __future__ import annotations

from knowledge.loaders import markdown
from knowledge.model import Block, BlockKind


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text, in order; one of plain text if it defies reading. Takes milliseconds."""
    if not text.strip():
        return ()
    plain = (Block(BlockKind.TEXT, text, (1, text.count("\n") + 1)),)
    try:
        sections = markdown.load(text.replace("\r\n", "\n").replace("\r", "\n"), "question.md").sections
    except RecursionError:
        return plain
    return tuple(block for section in sections for block in section.blocks) or plain
