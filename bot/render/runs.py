"""A cell of a table as runs of plain text, each with its look: for pictures and for aligned columns."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from html.entities import html5
from typing import Final

from drawing.latex import bare
from drawing.lettering import Run
from drawing.lines import line
from knowledge.loaders.formulas import SpanKind, find

_MARK: Final = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<bold>\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w))"
    r"|(?P<struck>~~|==(?=\S)|(?<=\S)==)"
    r"|\*(?=[^\s*])(?P<slanted>[^*\n]{1,300})(?<!\s)\*(?!\*)"
    r"|!?\[\[(?:[^\[\]|\n]{0,300}\|)?(?P<wiki>[^\[\]|\n]{1,300})\]\]"
    r"|\[\^(?P<note>[^\[\]\s]{1,50})\]"
    r"|!?\[(?P<label>(?>[^\[\]\\!]|\\.|!?\[[^\[\]]{0,300}\](?:\([^()\s]{0,500}\))?|!){0,500}+)\]"
    r"\((?>[^()\n]|\([^()\n]{0,300}\)){0,1000}+\)"
    r"|<(?P<address>https?://[^\s<>]{1,1000})>"
    r"|(?P<break><br\s?/?>)"
    r"|</?(?P<tag>a|b|strong|i|em|s|del|u|ins|sub|sup|small|big|mark|font|span|p|div|center|code|kbd|img)"
    r"(?:\s[^<>]{0,1000})?/?>"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    re.IGNORECASE,
)
_OPEN: Final = "\ue100"
_CLOSE: Final = "\ue101"
"""Characters of no meaning around the number of what is no text."""
_PLACE: Final = re.compile(f"[{_OPEN}{_CLOSE}]")
_PLACED: Final = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_DEEPEST: Final = 4
"""Labels within labels that are read."""


def runs(cell: str) -> list[Run]:
    """Return the text of *cell*, plain, bold or code; formulas as Unicode, line breaks as line feeds."""
    cell = _PLACE.sub("", cell)
    kept: list[Run] = []
    out: list[str] = []
    at = 0
    for span in find(cell):
        out += (cell[at : span.start], f"{_OPEN}{len(kept)}{_CLOSE}")
        kept.append(_kept(span.kind, cell[span.start : span.end]))
        at = span.end
    reader = _Reader(kept)
    reader.read("".join((*out, cell[at:])))
    return reader.runs


def _kept(kind: SpanKind, source: str) -> Run:
    match kind:
        case SpanKind.CODE:
            return source.strip("`").replace("\\|", "|").strip() or " ", "code"
        case SpanKind.COMMENT:
            return "", "plain"
        case SpanKind.INLINE | SpanKind.DISPLAY:
            return line(source) or bare(source), "plain"


def plain(cell: str) -> str:
    """Return the text of *cell* on one line."""
    return " ".join("".join(text for text, _ in runs(cell)).split())


class _Reader:
    """Reads Markdown in which *kept* runs have their places; labels are read by themselves."""

    def __init__(self, kept: Sequence[Run]) -> None:
        self.runs: list[Run] = []
        self._kept = kept
        self._bold = False

    def read(self, text: str, depth: int = 0) -> None:
        """Add what *text* says."""
        at = 0
        for found in _MARK.finditer(text):
            self._add(text[at : found.start()])
            self._mark(found, depth)
            at = found.end()
        self._add(text[at:])

    def _mark(self, found: re.Match[str], depth: int) -> None:
        match found.lastgroup:
            case "bold":
                self._bold = not self._bold
            case "tag" if found["tag"].lower() in {"b", "strong"}:
                self._bold = not found[0].startswith("</")
            case "slanted" | "wiki" | "label" if depth < _DEEPEST:
                self.read(found[found.lastgroup], depth + 1)
            case kind:
                self._add(_said(kind, found))

    def _add(self, text: str) -> None:
        for number, part in enumerate(_PLACED.split(text)):
            shown, look = self._kept[int(part)] if number % 2 else (part, "plain")
            if shown:
                self.runs.append((shown, "bold" if self._bold and look == "plain" else look))


def _said(kind: str | None, found: re.Match[str]) -> str:
    match kind:
        case "struck" | "tag":
            return ""
        case "break":
            return "\n"
        case "entity":
            known = found[0][1] == "#" or found[0][1:] in html5
            return html.unescape(found[0]) if known else found[0]
        case "note":
            return f"[{found['note']}]"
        case "escaped" | "address":
            return found[kind]
        case _:
            return found[0]
