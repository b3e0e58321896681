"""Footnotes of a PDF: told by their place and size, and read after the text that they stand below."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from knowledge.loaders.pdf_line import Line

MARK = re.compile(r"[⁰¹²³⁴-⁹*∗†‡§¶]")
_SMALLER = 0.9  # than the text
_ENDS = re.compile(r"[.!?。！？][\"'”’）)]?$|https?://\S+$")


def notes_last(found: Sequence[Line], starts: Iterable[int], body: float) -> list[Line]:
    """Return the lines with the footnotes of a page behind those of their section that stand on it.

    Args:
        found: in reading order.
        starts: the numbers of the lines at which sections begin.
        body: size of the text.
    """
    notes = _notes(found, body)
    begun = frozenset(starts)
    out: list[Line] = []
    held: list[Line] = []
    for number, line in enumerate(found):
        if number in begun or (held and held[-1].page != line.page):
            out += held
            held = []
        if number in notes:
            held.append(replace(line, note=True))
        else:
            out.append(line)
    return out + held


def _notes(found: Sequence[Line], body: float) -> frozenset[int]:
    columns: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, line in enumerate(found):
        columns[line.page, line.column].append(number)
    notes: list[int] = []
    for column in columns.values():
        foot = list(_foot(found, column, body))
        goes_on = bool(notes) and not _ENDS.search(found[notes[-1]].text)
        marked = next((place for place, number in enumerate(foot) if MARK.match(found[number].text)), len(foot))
        notes += foot[0 if goes_on else marked :]
    return frozenset(notes)


def _foot(found: Sequence[Line], column: Sequence[int], body: float) -> Iterator[int]:
    """Yield the lines in small letters below all others of a column."""
    others = [found[number].base for number in column if found[number].size > _SMALLER * body]
    lowest = min(others, default=0.0)
    yield from (number for number in column if found[number].base < lowest)
