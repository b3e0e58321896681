"""The words of a heading: its marks, addresses, entities and escapes are not part of its name."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.loaders.mask import Cover, mask

MAX_HEADING = 300


def plain_heading(markdown: str) -> str:
    """Return the plain text of a heading on one line; formulas stay as written."""
    source = markdown[:MAX_HEADING]
    pieces, at = [], 0
    for part in mask(source).parts:
        if part.kind is not Cover.COMMENT:
            pieces += [_plain(source[at : part.start]), source[part.start : part.end]]
        else:
            pieces.append(_plain(source[at : part.start]))
        at = part.end
    words = " ".join("".join([*pieces, _plain(source[at:])]).split())
    # Marks that Chinese punctuation keeps from closing stand in the text; they are marks all the same.
    return words.replace("**", "").replace("__", "").strip() or source.strip() or "…"


def _plain(markdown: str) -> str:
    before = markdown[: len(markdown) - len(markdown.lstrip())]
    after = markdown[len(markdown.rstrip()) :] if markdown.strip() else ""
    tokens = MarkdownIt("commonmark", {"maxNesting": 20}).parseInline(markdown)
    return before + "".join(_words(child) for token in tokens for child in token.children or []) + after


def _words(token: Token) -> str:
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    if token.type == "image":
        return token.content
    return " " if token.type in ("softbreak", "hardbreak") else ""
