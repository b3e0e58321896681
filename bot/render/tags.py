"""HTML inside lines as Discord Markdown; what it would do to whole lines is done in htmllines."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Final

from drawing.lines import line

BREAK: Final = "\u200b"
"""A zero-width space: where it stands, Discord sees no mention."""
TAG: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,11})(?:\s[^<>]{0,1000})?/?>")
SCRIPT: Final = re.compile(r"<su([bp])>([^<>\n]{1,40})</su\1>", re.IGNORECASE)
ANCHOR: Final = re.compile(r"<a\s([^<>]{0,1000})>([^<>]{0,300})</a>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""\b(href|src|alt)\s?=\s?(?:"([^"]{0,1000})"|'([^']{0,1000})')""", re.IGNORECASE)
_LATEX: Final = re.compile(r"[\\{}$^_%#&~]")
TAGS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("br", "hr"), "\n"),
    **dict.fromkeys(("b", "strong", "mark"), "**"),
    **dict.fromkeys(("i", "em"), "*"),
    **dict.fromkeys(("s", "del", "strike"), "~~"),
    **dict.fromkeys(("code", "kbd", "tt"), "`"),
    **dict.fromkeys(("u", "ins"), "__"),
    **dict.fromkeys(
        ("a", "p", "div", "span", "font", "center", "sub", "sup", "small", "big", "details", "summary", "table",
         "thead", "tbody", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "section", "article",
         "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "picture", "source", "video", "audio", "iframe"),
        BREAK,  # not nothing, or what stands around it could join to a mention
    ),
}  # fmt: skip


def attributes(tag: str) -> dict[str, str]:
    """Return the address and the words of a tag by their names in lower case."""
    return {name.lower(): html.unescape(quoted or single) for name, quoted, single in _ATTRIBUTE.findall(tag)}


def script(found: re.Match[str]) -> str:
    """Return what a match of SCRIPT raises or lowers, as plain text."""
    mark, text = ("_" if found[1].lower() == "b" else "^"), html.unescape(found[2])
    shown = None if _LATEX.search(text) else line(f"{{}}{mark}{{{text}}}")
    return shown if shown and not shown.startswith(mark) else f"{mark}{text}" if text.isalnum() else f"{mark}({text})"
