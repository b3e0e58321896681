"""Which lines of a PDF are code: those in letters of one width, and what stands between them in another font."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from knowledge.loaders.pdf_line import Line

_GAP = 1.9  # times the size: a blank line
_MOST_WRAPPED = 6  # lines of code that go on in another font, as those with Chinese do


def code_lines(found: Sequence[Line], first: int, end: int) -> frozenset[int]:
    """Return the lines of code, with those between two of them that differ in their font alone."""
    code = [number for number in range(first, end) if found[number].mono]
    between = (
        number
        for before, after in pairwise(code)
        if before + 1 < after <= before + _MOST_WRAPPED + 1 and _is_tight(found[before : after + 1])
        for number in range(before + 1, after)
    )
    return frozenset((*code, *between))


def _is_tight(held: Sequence[Line]) -> bool:
    pairs = list(pairwise(held))
    alike = all(abs(line.size - held[0].size) < 0.5 for line in held)
    return alike and all(0 < before.base - line.base <= _GAP * held[0].size for before, line in pairs)
