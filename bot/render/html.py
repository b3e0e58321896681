r"""Markdown as HTML for other programs: formulas as MathJax reads them, raw HTML shown as it is written."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from bot.render.markdown import clean
from knowledge.loaders.formulas import SpanKind, find
from knowledge.model import Block, BlockKind
from knowledge.questions.blocks import blocks

_OPENING, _CLOSING = "\ue000", "\ue001"
_MARKER: Final = re.compile(f"{_OPENING}([0-9]{{1,6}}){_CLOSING}")
_FENCE: Final = re.compile(r"\s*(`{3,}|~{3,})[^\n]*\n?")
_DELIMITERS: Final = (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$"))
_TAG: Final = re.compile(r"<[^<>]*>")


def html_of(text: str) -> str:
    """Return a Markdown text as HTML; its pictures are named only. Nothing in it is run by who shows it."""
    unmarked = clean(text).replace(_OPENING, "").replace(_CLOSING, "")
    # What is one line is prose: looking for blocks takes twice as long as all the rest.
    made = "".join(map(_block, blocks(unmarked))) if "\n" in unmarked.strip() else _prose(unmarked.strip())
    return _TAG.sub(lambda tag: " ".join(tag[0].split()), made).strip()


def _block(block: Block) -> str:
    match block.kind:
        case BlockKind.CODE:
            return f"<pre><code>{html.escape(_unfenced(block.text))}</code></pre>"
        case BlockKind.MATH:
            return _displayed(_unfenced(block.text))
        case BlockKind.IMAGE:
            return f"<p>🖼 {html.escape(block.picture.alt)}</p>" if block.picture else _prose(block.text)
        case _:
            return _prose(block.text)


def _prose(text: str) -> str:
    found: list[str] = []
    out: list[str] = []
    at = 0
    for span in find(text):
        out.append(text[at : span.start])
        at = span.end
        source = text[span.start : span.end]
        match span.kind:
            case SpanKind.CODE:
                out.append(source)
            case SpanKind.INLINE | SpanKind.DISPLAY:
                out.append(f"{_OPENING}{len(found)}{_CLOSING}")
                found.append(_displayed(source) if span.kind is SpanKind.DISPLAY else _inline(source))
            case SpanKind.COMMENT:
                continue
    rendered = _MARKDOWN.render("".join(out) + text[at:])
    return _MARKER.sub(lambda marker: found[int(marker[1])], rendered)


def _named(_renderer: RendererProtocol, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType) -> str:
    return f"🖼 {html.escape(tokens[at].content)}"


def _inline(source: str) -> str:
    return f"\\({html.escape(_bare(source))}\\)"


def _displayed(source: str) -> str:
    return f"\\[{html.escape(_bare(source))}\\]"


def _bare(source: str) -> str:
    formula = source.strip()
    for opening, closing in _DELIMITERS:
        if formula.startswith(opening) and formula.endswith(closing) and len(formula) >= len(opening + closing):
            return formula[len(opening) : -len(closing)].strip()
    return formula


def _unfenced(text: str) -> str:
    opening = _FENCE.match(text)
    if opening is None:
        return text.strip("\n")
    return text[opening.end() :].rstrip().removesuffix(opening[1]).rstrip("\n")


def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    made.add_render_rule("image", _named)
    return made


_MARKDOWN: Final = _parser()
