"""Takes from the Markdown parser what would make it slow, or let one line swallow the rest of a note.

Only what the parser reads is changed, never what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_LINE = 4_000  # characters of a line that are parsed: what a line is shows at its beginning
MAX_COLUMN = 60  # that a mark of a list or quote may stand at, which bounds how deep lists nest over lines
MAX_MARKS = 12  # of lists and quotes on one line
MAX_NESTING = 250  # levels; with these bounds never reached: beyond it the parser passes over the rest of the note

_MARK = re.compile(r"[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))")
_RAW = re.compile(r" {0,3}<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE)


def tamed(lines: Sequence[str], cover: str) -> list[str]:
    """Return *lines* as the parser can bear them, in equal number."""
    kept = [_shallow(line, cover)[:MAX_LINE] for line in lines]
    for start, end in _raw(kept):
        kept[start:end] = [cover] * (end - start)
    return kept


def _shallow(line: str, cover: str) -> str:
    """Return *line* with the marks covered that nest too deeply."""
    at = number = 0
    while found := _MARK.match(line, at):
        if number >= MAX_MARKS or found.end() > MAX_COLUMN:
            is_rule = not (line.strip("- \t") and line.strip("* \t"))
            return line if is_rule else line[: found.end() - 1] + cover
        at, number = found.end(), number + 1
    return line


def _raw(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the lines, from and up to, of HTML in which no Markdown stands; unclosed, it is taken for text."""
    found: list[tuple[int, int]] = []
    unclosed: set[str] = set()
    at = 0
    while at < len(lines):
        opening = _RAW.match(lines[at]) if "<" in lines[at] else None
        if opening is not None and (name := opening[1].lower()) not in unclosed:
            end = _line_with(lines, at, f"</{name}>")
            if end is None:
                unclosed.add(name)
            else:
                found.append((at, end + 1))
                at = end
        at += 1
    return found


def _line_with(lines: Sequence[str], start: int, closing: str) -> int | None:
    return next((number for number in range(start, len(lines)) if closing in lines[number].lower()), None)
