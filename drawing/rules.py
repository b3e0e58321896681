"""Puts the upright rules of arrays in their places, which mathra (1.5) draws too low.

It stacks the pieces of a rule, one for each row, with each height twice, and from the baseline instead of the top of
the array. tests/drawing/golden holds an array: once mathra draws it right, this module goes.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

_RECT: Final = re.compile(r'<rect x="([-\d.]+)" y="([-\d.]+)" width="40" height="([\d.]+)"/>')
_RUN: Final = re.compile(rf"(?:{_RECT.pattern})+")
_AXIS: Final = 258.0
"""Thousandths of an em from the baseline up to the middle of what is displayed, in the engine's font."""


def mended(drawn: str) -> str:
    """Return the drawing with its upright rules where they belong."""
    return _RUN.sub(_stacked, drawn)


def _stacked(run: re.Match[str]) -> str:
    pieces = [(float(x), float(y), float(height)) for x, y, height in _RECT.findall(run[0])]
    return "".join(_rule([piece[1:] for piece in rule], x) for x, rule in groupby(pieces, key=lambda piece: piece[0]))


def _rule(pieces: list[tuple[float, float]], x: float) -> str:
    (first, first_height), whole = pieces[0], sum(height for _, height in pieces)
    bottom = first + first_height + whole / 2 + _AXIS - whole
    return f'<rect x="{x}" y="{bottom}" width="40" height="{whole}"/>'
