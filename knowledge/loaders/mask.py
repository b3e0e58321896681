"""Three readings of a note's lines: as shown, for what stands inside lines, and for the Markdown parser.

Code, comments and formulas are covered before anything parses the text, so that ``_ * | #`` in them mean nothing. A
cover takes as much room as what it covers, so every line and column found in one reading is that of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.loaders import fences, formulas
from knowledge.loaders.fences import Fence
from knowledge.loaders.formulas import Span, SpanKind
from knowledge.loaders.taming import tamed

COVER = "\ue000"

_INK = re.compile(r"\S")
_DATA_ADDRESS = re.compile(r"(data:[\w.+/-]{1,50};base64,)[A-Za-z0-9+/=%]{100,}")
# What may stand before and after a formula that has its lines to itself.
_BEFORE = re.compile(r"[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*){0,6}")
_LONGEST_BEFORE = 100
_AFTER = re.compile(r"[ \t]*[\\,.;，。；]?[ \t]*(?=\n|$)")
_QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Formula:
    """Lines *start* to *end* - 1, counted from 0, that are a displayed formula.

    Attributes:
        text: the formula with its delimiters, without the marks of a list or quote around it.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a note, counted from 0, in equal number in each reading.

    Attributes:
        shown: as written, without front matter and comments; an embedded file's data is cut short.
        plain: column for column as *shown*, with code and formulas covered.
        parsed: what the Markdown parser reads.
        formulas: those that have their lines to themselves.
    """

    shown: Sequence[str]
    plain: Sequence[str]
    parsed: Sequence[str]
    fences: Sequence[Fence]
    formulas: Sequence[Formula]


def mask(lines: Sequence[str], first: int = 0, *, asides: bool = True) -> Sheet:
    """Return the readings of *lines*, of which those before line *first* are front matter.

    Args:
        lines: of a note.
        first: see above.
        asides: whether ``%%…%%`` is a comment.
    """
    masking = _Masking(["" if number < first else line for number, line in enumerate(lines)], asides=asides)
    return masking.result(tuple(fences.find(lines, first)))


class _Masking:
    """The readings while they are made."""

    def __init__(self, lines: list[str], *, asides: bool) -> None:
        self._asides = asides
        self._shown = lines
        self._plain = list(lines)
        self._parsed = list(lines)
        self._formulas: list[Formula] = []

    def result(self, found: Sequence[Fence]) -> Sheet:
        """Return the sheet with the fences *found*."""
        edges = [0, *(edge for fence in found for edge in (fence.start, fence.end)), len(self._shown)]
        for start, end in list(pairwise(edges))[::2]:
            if end > start:
                self._cover_prose(start, end)
        for fence in found:
            self._cover_fence(fence)
        return Sheet(self._shown, self._plain, tamed(self._parsed, COVER), found, self._formulas)

    def _cover_prose(self, start: int, end: int) -> None:
        text = _without_comments(_DATA_ADDRESS.sub("\\1…", "\n".join(self._shown[start:end])), asides=self._asides)
        found = formulas.find(text, asides=self._asides)
        spans = [span for span in found if span.kind is not SpanKind.COMMENT]
        self._shown[start:end] = text.split("\n")
        self._plain[start:end] = _covered(text, spans)
        # A code span over several lines may be two stray marks: the parser decides on those lines itself.
        short = (span for span in spans if span.kind is not SpanKind.CODE or "\n" not in text[span.start : span.end])
        self._parsed[start:end] = _covered(text, short)
        self._add_formulas(text, spans, start)

    def _add_formulas(self, text: str, spans: Iterable[Span], line: int) -> None:
        at = 0
        for span in spans:
            line += text.count("\n", at, span.start)
            at = span.start
            before = text[max(0, at - _LONGEST_BEFORE) : at].rpartition("\n")[2]
            if span.kind is SpanKind.DISPLAY and _BEFORE.fullmatch(before) and _AFTER.match(text, span.end):
                written = text[at : span.end]
                formula = _QUOTE_MARKS.sub("", written) if ">" in before else written
                self._formulas.append(Formula(line, line + written.count("\n") + 1, formula))

    def _cover_fence(self, fence: Fence) -> None:
        """Make the parser see the fence as it was found, whatever the code in it looks like."""
        for number in range(fence.start, fence.end):
            self._plain[number] = _INK.sub(COVER, self._plain[number])
        if fence.quoted:
            return
        indent = " " * fence.indent
        for number in range(fence.start + 1, fence.end):
            self._parsed[number] = f"{indent}x"
        if fence.end - fence.start > 1:
            self._parsed[fence.end - 1] = indent + fence.marker
        else:
            self._parsed[fence.start] = indent + COVER


def _covered(text: str, spans: Iterable[Span]) -> list[str]:
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += (text[at : span.start], _INK.sub(COVER, text[span.start : span.end]))
        at = span.end
    return "".join((*pieces, text[at:])).split("\n")


def _without_comments(text: str, *, asides: bool) -> str:
    """Return *text* without its comments, every line in its place."""
    if "<!--" not in text and "%%" not in text:
        return text
    pieces: list[str] = []
    at = 0
    for span in formulas.find(text, asides=asides):
        if span.kind is SpanKind.COMMENT:
            pieces += (text[at : span.start], "\n" * text.count("\n", span.start, span.end))
            at = span.end
    return "".join((*pieces, text[at:]))
