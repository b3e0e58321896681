"""The lines of a note, as many as are read."""

from __future__ import annotations

from knowledge.errors import Problem

MAX_LINES = 50_000  # a parser of 10,000 blocks a second is then done in seconds


def capped(text: str, file: str) -> tuple[list[str], tuple[Problem, ...]]:
    """Return the lines of *text* up to the limit, and the problem if there are more."""
    lines = text.split("\n")
    if len(lines) <= MAX_LINES:
        return lines, ()
    values = (("lines", len(lines)), ("limit", MAX_LINES))
    problem = Problem("This file has {lines} lines; only the first {limit} are read.", file, MAX_LINES + 1, values)
    return lines[:MAX_LINES], (problem,)
