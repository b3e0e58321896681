"""Reads small made-up notes for the tests of the loaders."""

from __future__ import annotations

from knowledge.loaders import LOADERS, Draft
from knowledge.model import Block, BlockKind, Section

FILE = "notes/a.md"


def draft(text: str, file: str = FILE) -> Draft:
    return LOADERS[".md"](text, file)


def own(text: str) -> list[Section]:
    """Return the sections that are no overviews."""
    return [section for section in draft(text).sections if not section.overview]


def headings(text: str) -> list[str]:
    return [section.title for section in own(text) if section.level]


def blocks(text: str) -> list[Block]:
    return [block for section in own(text) for block in section.blocks]


def kinds(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in blocks(text)]


def shown(text: str) -> str:
    return "\n".join(block.text for block in blocks(text))


def messages(text: str) -> list[tuple[str, int | None]]:
    return [(problem.message, problem.line) for problem in draft(text).problems]
