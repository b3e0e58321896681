"""The words of a heading: its marks, addresses, entities and escapes are not part of its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.loaders import formulas
from knowledge.loaders.formulas import SpanKind

MAX_HEADING = 300  # characters of its Markdown; a longer "heading" is text

_PLACE = "\ue001"  # stands for a formula while the rest is parsed
_MARKED = re.compile(r"[*_`\[\]<>&\\!~=$]")
_ATTRIBUTES = re.compile(r"\{[#.:][^{}]{0,100}\}$")
_WIKI = re.compile(r"!?\[\[(?:[^\[\]|\n]{0,200}\|)?([^\[\]|\n]{0,200})\]\]")
# Marks that Chinese punctuation keeps from closing stand in the text; they are marks all the same.
_LEFTOVER = re.compile(r"\*\*|~~|==(?=\S)(.*?)==")


def plain_heading(markdown: str) -> str:
    """Return the plain text of a heading on one line; formulas stay as written. Empty if it has no words."""
    source = _ATTRIBUTES.sub("", markdown[:MAX_HEADING].replace(_PLACE, "").strip())
    if not _MARKED.search(source):
        return " ".join(source.split())
    covered, kept = _covered(source)
    tokens = _parser().parseInline(_WIKI.sub(r"\1", covered))
    words = _LEFTOVER.sub(r"\1", "".join(_words(tokens)))
    behind = iter(kept)
    return " ".join(re.sub(_PLACE, lambda _: next(behind, ""), words).split())


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 20})


def _covered(source: str) -> tuple[str, list[str]]:
    """Return *source* with a place for each formula, and the formulas."""
    pieces: list[str] = []
    kept: list[str] = []
    at = 0
    for span in formulas.find(source):
        if span.kind in (SpanKind.INLINE, SpanKind.DISPLAY):
            pieces += (source[at : span.start], _PLACE)
            kept.append(source[span.start : span.end])
            at = span.end
    return "".join((*pieces, source[at:])), kept


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        yield from _words(token.children or ())
