"""Finds fenced code in a note's lines, also where its author closed it wrongly or not at all.

CommonMark is followed but for three cases in which it hides the headings after the code:
a fence opened in a list and closed, or continued, at the margin belongs together; a fence that is never closed ends
before a heading that cannot be a comment of its code; so does one whose next fence line opens another block of code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

ATX_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+\S")

# Markers of more than 30 characters are decoration; the bound keeps nested unclosed fences from being read many times.
_OPENING = re.compile(
    r"((?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*)(`{3,30}|~{3,30})(?![`~])[ \t]*(.*)"
)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_QUOTE = re.compile(r"[ \t]{0,8}>")

_HASH_COMMENT_LANGUAGES = (
    "python py python3 bash sh shell zsh console fish yaml yml toml ini conf cfg r ruby rb perl pl make makefile "
    "dockerfile docker cmake nginx powershell ps1 julia jl elixir tcl awk nim properties env gitignore text txt"
)
_HASH_COMMENTS = frozenset(_HASH_COMMENT_LANGUAGES.split())
_MARKUP = frozenset(("markdown", "md", "mdx", "rst"))
_LISTS = frozenset(("yaml", "yml", "toml", "text", "txt"))
_LOOK_BACK = 50  # lines searched for the list item that a fence stands in

_MARKED_UP = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+\S|\*\*|>|\||!\[|\$\$|\\\[")
_CODE_SIGNS = re.compile(r"[=;{}<>$`]|\w\(|^\s*(?:def|class|import|from|return|for|if|while|print)\b")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Fence:
    """Lines ``start`` to ``end - 1`` (from 0) of fenced code, its marker lines included.

    Attributes:
        indent: columns before the marker, those of list marks among them.
        info: first word after the opening marker.
        quoted: it stands in a block quote, each line of it behind a ``>``.
    """

    start: int
    end: int
    indent: int
    marker: str
    info: str
    quoted: bool


def find(lines: Sequence[str], first: int = 0) -> list[Fence]:
    """Return the fences from line *first* (counted from 0) on, in order."""
    found: list[Fence] = []
    last_comment_end = max((i for i, line in enumerate(lines) if "-->" in line), default=-1)
    at = first
    while at < len(lines):
        opened = _opening(lines[at])
        if opened is not None:
            found.append(_Extent(lines, at, opened).fence())
            at = found[-1].end
        elif at < last_comment_end and lines[at].lstrip().startswith("<!--") and "-->" not in lines[at]:
            at = next(i for i in range(at + 1, len(lines)) if "-->" in lines[i])
        else:
            at += 1
    return found


def columns(prefix: str) -> int:
    """Return how many columns *prefix* takes, tabs reaching to the next fourth."""
    return len(prefix.expandtabs(4))


def _opening(line: str) -> re.Match[str] | None:
    if "```" not in line and "~~~" not in line:
        return None
    found = _OPENING.match(line)
    return None if found is None or (found[2][0] == "`" and "`" in found[3]) else found


class _Extent:
    """One opened fence and the lines from it on: finds where it ends."""

    def __init__(self, lines: Sequence[str], start: int, opened: re.Match[str]) -> None:
        self._lines = lines
        self._start = start
        self._prefix: str = opened[1]
        self._marker: str = opened[2]
        self._info = opened[3].split(maxsplit=1)[0].strip("{}.") if opened[3].strip() else ""
        self._indent = columns(self._prefix)

    def fence(self) -> Fence:
        quoted = ">" in self._prefix
        end = self._quoted_end() if quoted else self._end()
        return Fence(self._start, end, self._indent, self._marker, self._info, quoted)

    def _quoted_end(self) -> int:
        for i in range(self._start + 1, len(self._lines)):
            if _QUOTE.match(self._lines[i]) is None:
                return i
            if self._closes(self._lines[i]):
                return i + 1
        return len(self._lines)

    def _end(self) -> int:
        heading: int | None = None
        listed = self._indent > 0 and self._in_list()
        for i in range(self._start + 1, len(self._lines)):
            line = self._lines[i]
            if not line.strip():
                continue
            if self._closes(line):
                return i + 1
            if heading is not None and self._opens_another(line):
                return heading
            if listed and _indent(line) < self._indent:
                if self._leaves_list(i):
                    return i
                listed = False  # code continued at the margin: from here on the indent says nothing
            if heading is None and self._is_heading(i):
                heading = i
        return len(self._lines) if heading is None else heading

    def _closes(self, line: str) -> bool:
        rest = line.lstrip(" \t>").rstrip()
        return len(rest) >= len(self._marker) and not rest.strip(self._marker[0])

    def _opens_another(self, line: str) -> bool:
        opened = _opening(line)
        return opened is not None and opened[2][0] == self._marker[0] and bool(opened[3].strip())

    def _in_list(self) -> bool:
        if self._prefix.strip():
            return True
        nearest = range(self._start - 1, max(-1, self._start - 1 - _LOOK_BACK), -1)
        for i in nearest:
            if self._lines[i].strip() and _indent(self._lines[i]) < self._indent:
                return _ITEM.match(self._lines[i]) is not None
        return False

    def _leaves_list(self, i: int) -> bool:
        """Tell whether line *i*, left of a fence in a list, ends the list; else the code just lost its indent."""
        line = self._lines[i]
        return not self._lines[i - 1].strip() or bool(_ITEM.match(line)) or bool(ATX_HEADING.match(line))

    def _is_heading(self, i: int) -> bool:
        """Tell whether line *i* can only be a heading of the note, not a comment of the code."""
        found = ATX_HEADING.match(self._lines[i])
        if found is None or self._lines[i - 1].strip() or self._info.lower() in _MARKUP:
            return False
        if self._info.lower() in _HASH_COMMENTS and len(found[1]) == 1:
            return False
        return self._is_prose(self._following(i))

    def _following(self, i: int) -> str:
        """Return the first line with text after the heading *i* and those directly under it."""
        for j in range(i + 1, min(i + 20, len(self._lines))):
            line = self._lines[j]
            below_blank = not self._lines[j - 1].strip()
            if line.strip() and not (below_blank and ATX_HEADING.match(line)):
                return line.strip()
        return ""

    def _is_prose(self, line: str) -> bool:
        if _MARKED_UP.match(line):
            return self._info.lower() not in _LISTS
        if line.startswith("#") or _CODE_SIGNS.search(line):
            return False
        return _HAN.search(line) is not None or (line[:1].isupper() and len(line.split()) >= 4)


def _indent(line: str) -> int:
    return columns(line[: len(line) - len(line.lstrip(" \t"))])
