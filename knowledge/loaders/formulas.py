r"""Finds in Markdown text what is not prose: code spans, HTML comments and formulas.

No Markdown parser finds the formulas of real notes, so this scanner runs before it. What is a formula: ``$$…$$``,
``\[…\]``, ``\(…\)``, ``$…$`` within one paragraph that is no price and no shell variable, and a bare
``\begin…\end``. It takes time in proportion to the text, whatever the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

MAX_DISPLAY = 10_000  # characters; a longer "formula" is a mark that was never closed
MAX_INLINE = 2_000
MAX_ENVIRONMENTS = 50  # different names looked for in one text: each costs one search through it

_DELIMITER = re.compile(r"\\[\\`$]|`+|<!--|(?:(?<=\s)|^)%%|\$\$?|\\\[|\\\(|\\begin\{([A-Za-z]{1,20}\*?)\}")
# Neither a code span nor an inline formula reaches over a blank line, a heading, a list item or a row of a table.
_PARAGRAPH_END = re.compile(r"\n(?=[ \t>]*(?:\n|$|[-*+][ \t]|\d{1,9}[.)][ \t]|\|)| {0,3}#{1,6}[ \t])")
_BLANK_LINE = re.compile(r"\n[ \t>]*\n")
_HEADING = re.compile(r"\n {0,3}#{1,6}[ \t]")
_ASIDE_MARK = re.compile(r"^[ \t>]*%%[ \t]*$", re.MULTILINE)
# What has a blank before it and a word after it begins a comment rather than ends one: "use %%time and %%bash".
_ASIDE_END = re.compile(r"(?<!\s)%%|%%(?!\w)")
_DOLLAR = re.compile(r"(?<!\\)\$")
_LINE_START = re.compile(r"(?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])*")
_SECOND_WORD = re.compile(r"\s[A-Za-z]{2,}|[\u3400-\u9fff|]")
_CURRENCY = re.compile(r"\s(?:US|HK|NT|AU|CA|NZ|SG|[ACRS])$")
_FORMULA_SIGN = re.compile(r"[\\=^_]")
_DISPLAYED = re.compile(r"\\begin\{|\\\\")
_JOINS_NAMES = frozenset(" \t:/,;=-@")


class SpanKind(Enum):
    """What a span of a text is."""

    CODE = auto()
    COMMENT = auto()
    INLINE = auto()
    DISPLAY = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """A span of a text with its delimiters: ``text[start:end]``."""

    kind: SpanKind
    start: int
    end: int


def find(text: str, *, asides: bool = True) -> Iterator[Span]:
    """Yield the spans of *text*, which holds no fenced code, in order; they neither overlap nor nest.

    Args:
        text: Markdown.
        asides: whether ``%%…%%`` is a comment, as it is in Obsidian; other programs know none.
    """
    scanner = _Scanner(text, asides=asides)
    at = 0
    while (found := _DELIMITER.search(text, at)) is not None:
        span = scanner.span(found)
        if span is not None:
            yield span
        at = span.end if span is not None else found.end()


class _Scanner:
    """Knows one text and where its next closing delimiters are, so that none is searched for twice."""

    def __init__(self, text: str, *, asides: bool) -> None:
        self._text = text
        self._asides = asides
        self._next: dict[str, int] = {}
        self._next_end: dict[re.Pattern[str], int] = {}
        self._ticks: dict[int, list[int]] = {}
        for run in re.finditer(r"`+", text):
            self._ticks.setdefault(run.end() - run.start(), []).append(run.start())

    def span(self, found: re.Match[str]) -> Span | None:
        """Return the span that the delimiter opens, None if it is a plain character."""
        opening = found[0]
        if opening[0] == "`":
            return self._code(found)
        if opening in ("<!--", "%%"):
            return self._comment(found.start()) if opening == "<!--" else self._aside(found.start())
        if opening in ("$$", "\\["):
            return self._display(found)
        if opening == "\\(":
            return self._parenthesis(found)
        if opening == "$":
            return self._dollar(found.start())
        return self._environment(found) if found[1] else None

    def _code(self, found: re.Match[str]) -> Span | None:
        runs = self._ticks.get(length := found.end() - found.start(), [])
        place = bisect_left(runs, found.end())
        if place == len(runs) or runs[place] > self._before(_PARAGRAPH_END, found.end()):
            return None
        return Span(SpanKind.CODE, found.start(), runs[place] + length)

    def _comment(self, start: int) -> Span | None:
        for short in ("<!-->", "<!--->"):
            if self._text.startswith(short, start):
                return Span(SpanKind.COMMENT, start, start + len(short))
        end = self._after("-->", start + 4)
        return None if end is None else Span(SpanKind.COMMENT, start, end)

    def _aside(self, start: int) -> Span | None:
        """Return a comment as Obsidian has them: within a paragraph, or between two marks that have lines of their own.

        Obsidian itself lets any two marks reach over all that is between them; notes of others would lose whole
        sections because they name ``%%time`` in one and ``%%bash`` in another.
        """
        if not self._asides:
            return None
        closing = self._before(_ASIDE_END, start + 2)
        if closing >= self._before(_PARAGRAPH_END, start + 2):
            if not self._is_mark_alone(start):
                return None
            line = self._before(_ASIDE_MARK, start + 2)
            closing = self._text.find("%%", line)
        within = start < closing <= start + MAX_DISPLAY
        return Span(SpanKind.COMMENT, start, closing + 2) if within else None

    def _display(self, found: re.Match[str]) -> Span | None:
        closing = "$$" if found[0] == "$$" else "\\]"
        end = self._bounded(closing, found)
        if end is None:
            return None
        content = self._text[found.end() : end - 2]
        begins_line = self._begins_line(found.start())
        if not content.strip() or not (begins_line or _BLANK_LINE.search(content) is None):
            return None
        if closing == "\\]" and not _FORMULA_SIGN.search(content) and not begins_line:
            return None  # an escaped bracket of a link or a quotation
        return Span(SpanKind.DISPLAY, found.start(), end)

    def _parenthesis(self, found: re.Match[str]) -> Span | None:
        end = self._after("\\)", found.end())
        if end is None or end - found.start() > MAX_INLINE or end > self._before(_PARAGRAPH_END, found.end()):
            return None
        return Span(SpanKind.INLINE, found.start(), end)

    def _dollar(self, start: int) -> Span | None:
        limit = min(self._before(_PARAGRAPH_END, start + 1), start + MAX_INLINE)
        closing = _DOLLAR.search(self._text, start + 1, limit)
        if closing is None:
            return None
        content = self._text[start + 1 : closing.start()]
        before, after = self._text[max(0, start - 1) : start], self._text[closing.end() : closing.end() + 1]
        if not content.strip() or _is_plain_text(content, before, after):
            return None
        return Span(SpanKind.DISPLAY if _DISPLAYED.search(content) else SpanKind.INLINE, start, closing.end())

    def _environment(self, found: re.Match[str]) -> Span | None:
        closing = f"\\end{{{found[1]}}}"
        if closing not in self._next and len(self._next) > MAX_ENVIRONMENTS:
            return None
        end = self._bounded(closing, found)
        return None if end is None else Span(SpanKind.DISPLAY, found.start(), end)

    def _bounded(self, closing: str, found: re.Match[str]) -> int | None:
        """Return where the displayed formula ends, None if that is too far or behind a heading."""
        end = self._after(closing, found.end())
        if end is None or end - found.start() > MAX_DISPLAY or end > self._before(_HEADING, found.end()):
            return None
        return end

    def _after(self, needle: str, start: int) -> int | None:
        """Return the end of the first *needle* from *start* on."""
        place = self._next.get(needle, -1)
        if place < start:
            place = self._text.find(needle, start)
            self._next[needle] = place = len(self._text) if place < 0 else place
        return None if place >= len(self._text) else place + len(needle)

    def _before(self, pattern: re.Pattern[str], start: int) -> int:
        """Return the start of the first *pattern* from *start* on, else the end of the text."""
        place = self._next_end.get(pattern, -1)
        if place < start:
            found = pattern.search(self._text, start)
            self._next_end[pattern] = place = found.start() if found else len(self._text)
        return place

    def _is_mark_alone(self, start: int) -> bool:
        return not self._text[start + 2 : start + 100].partition("\n")[0].strip() and self._begins_line(start)

    def _begins_line(self, start: int) -> bool:
        before = self._text[max(0, start - 100) : start].rpartition("\n")[2]
        return _LINE_START.fullmatch(before) is not None


def _is_plain_text(content: str, before: str, following: str) -> bool:
    """Tell whether ``$content$`` is a price or a shell variable that only looks like a formula."""
    if content[0] in "@#?!" and not (content[1:2].isalnum() or content[1:2] == "\\"):  # $@ and $?
        return True
    if content[0].isdigit() and "\\" not in content:
        return following.isdigit() or _SECOND_WORD.search(content) is not None
    if following.isdigit() and (content != content.strip() or _CURRENCY.search(content)):  # for $5, US$20
        return True
    # $HOME:$PATH, $(pwd) $(ls) and "$A $B": the second dollar opens a name rather than closing a formula.
    if content[-1] in _JOINS_NAMES and following.isascii() and (following.isalnum() or following in tuple("_{($")):
        return True
    # "A$ and NZ$" or "^a$ and ^b$": what ends a word begins no formula with a blank at this edge alone.
    return before.isalnum() and content[0].isspace() and not content[-1].isspace()
