"""Which lines of a PDF are items, rows of numbers in a table, or entries of a list such as the references."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from knowledge.loaders.pdf_line import Line

ITEM = re.compile(r"[•·▪◦‣●○–—*-]\s|\(?\d{1,2}[.)、]\s|[①-⑳]")
_INDENT, _DEEPEST = 0.5, 2.0  # times the size: of what hangs below the beginning of an entry
_FEWEST_LINES = 5  # that tell how a list is set
_NUMBER = re.compile(r"[-–—]|[+-]?\d[\d.,/:%±]*[kKMB%]?")


def rows(held: Sequence[Line]) -> frozenset[int]:
    """Return the lines that are rows of numbers, as far as two follow each other."""
    numeric = [_is_row(line.text) for line in held]
    return frozenset(
        place
        for place, one in enumerate(numeric)
        if one and (numeric[place - 1 : place] == [True] or numeric[place + 1 : place + 2] == [True])
    )


def _is_row(text: str) -> bool:
    cells = [_NUMBER.fullmatch(cell) is not None for cell in text.split()]
    return len(cells) > 2 and all(cells[-2:]) and any(cell.isdigit() for cell in text)


def entries(held: Sequence[Line]) -> Mapping[int, bool]:
    """Return, of columns in which most lines are indented alike, as in lists of references, what begins an entry."""
    columns: defaultdict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(held):
        if not line.note:
            columns[line.column].append(place)
    found: dict[int, bool] = {}
    for places in columns.values():
        margin = min(held[place].left for place in places)
        indents = [(held[place].left - margin) / max(held[place].size, 1.0) for place in places]
        if _hang(indents) and not any(ITEM.match(held[place].text) for place in places):
            found.update((place, indent <= _INDENT) for place, indent in zip(places, indents, strict=True))
    return found


def _hang(indents: Sequence[float]) -> bool:
    hanging = [indent for indent in indents if indent > _INDENT]
    most = len(indents) >= _FEWEST_LINES and 2 * len(hanging) > len(indents)
    return most and max(hanging) <= _DEEPEST and max(hanging) - min(hanging) < _INDENT / 2
