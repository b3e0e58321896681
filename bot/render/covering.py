"""Takes code and formulas out of a text while its Markdown is read, so that no mark in them means anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.render.inline import code_span
from drawing.lines import line
from knowledge.loaders.formulas import SpanKind, find

FORMULAS: Final = frozenset({SpanKind.INLINE, SpanKind.DISPLAY})
_FENCE: Final = 3
_MEANS_SOMETHING: Final = re.compile(r"[_^*~|\\<>#`@\[\]]|://")
"""What Discord would not show as it is."""
_OPEN: Final = "\ue100"
_CLOSE: Final = "\ue101"
"""Characters of no meaning that stand around the number of what was taken out."""
_PLACE: Final = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_PLACE_MARKS: Final = re.compile(f"[{_OPEN}{_CLOSE}]")
_STRAY_TICK: Final = re.compile(r"\\.|`", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Covered:
    """A text with a place for each thing that was taken out, and how each is shown."""

    text: str
    shown: Sequence[str]

    def restored(self, text: str) -> str:
        """Return *text*, made of the covered one, with everything in its place."""
        return _PLACE.sub(lambda place: self.shown[int(place[1])], text)


def covered(text: str) -> Covered:
    """Return *text* without its code and formulas; a backquote that opens nothing is escaped in it."""
    text = _PLACE_MARKS.sub("", text)
    if not any(mark in text for mark in "`$\\"):
        return Covered(text, ())
    out: list[str] = []
    shown: list[str] = []
    at = 0
    for span in find(text):
        if span.kind is not SpanKind.COMMENT:
            out += (_without_ticks(text[at : span.start]), f"{_OPEN}{len(shown)}{_CLOSE}")
            source = text[span.start : span.end]
            shown.append(formula(source) if span.kind in FORMULAS else _code(source))
            at = span.end
    return Covered("".join((*out, _without_ticks(text[at:]))), shown)


def formula(source: str) -> str:
    """Return a formula of a running text: as Unicode, in code where Discord would read marks into it."""
    text = line(source)
    if text is None:
        return code_span(source)
    return code_span(text) if _MEANS_SOMETHING.search(text) else text


def _without_ticks(text: str) -> str:
    # Discord would pair it with the next one, wherever that stands.
    return _STRAY_TICK.sub(lambda found: "\\`" if found[0] == "`" else found[0], text) if "`" in text else text


def _code(source: str) -> str:
    ticks = len(source) - len(source.lstrip("`"))
    if ticks >= _FENCE and "\n" in source:
        return source
    inner = " ".join(source[ticks:-ticks].split("\n")).strip()
    if not inner or "``" in inner or ("`" in inner and "`" in inner[0] + inner[-1]):
        return code_span(inner)
    return f"`` {inner} ``" if "`" in inner else f"`{inner}`"
