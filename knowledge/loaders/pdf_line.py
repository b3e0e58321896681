"""A line of print on a page of a PDF."""

from __future__ import annotations

from dataclasses import dataclass

HYPHEN = "\ufffe"
"""Stands in a line for the hyphen at which a word was broken."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page.

    Attributes:
        size: of its letters in points; 0 where it does not run from left to right.
        mono: all of its characters are equally wide, as in code.
        left, right: its edges in points, from the lower left corner of the page.
        base, end: the baselines of its first and its last character.
        page: counted from 1.
        column: 0; on a page with two columns 1 for the right one, and 2 for what goes over both.
        note: it belongs to a footnote.
    """

    text: str
    size: float
    bold: bool
    mono: bool
    left: float
    right: float
    base: float
    end: float
    page: int
    column: int = 0
    note: bool = False
