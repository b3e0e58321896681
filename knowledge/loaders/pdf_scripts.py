"""Digits that stand higher or lower than the letters beside them: marks of footnotes, exponents, indices."""

from __future__ import annotations

import re
from collections.abc import Callable

_SMALLER = 0.85  # than the letter beside it, of its size
_RAISED = (0.15, 0.7)  # of the letter's size, above its baseline
_LOWERED = (-0.5, -0.08)
_DIGITS = "0123456789"
_HIGHER = str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWER = str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉")
_RUN = re.compile("[0-9]+")

Measured = tuple[float, float]
"""The size of a character and the height of its baseline, in points."""


def scripted(text: str, measure: Callable[[int], Measured]) -> str:
    """Return *text* with raised and lowered digits as such; *measure* tells of the character at a place."""
    out = list(text)
    for run in _RUN.finditer(text):
        before = text[: run.start()].rstrip()
        place = len(before) - 1 if before else run.end()
        if place >= len(text) or text[place].isspace():
            place = run.start()
        beside = measure(place)
        for number in range(run.start(), run.end()):
            own = measure(number)
            shown = script(text[number], own, beside)
            out[number] = shown
            if shown == text[number]:
                beside = own  # the digits of a power are raised beside those of its base
    return "".join(out)


def script(digits: str, own: Measured, beside: Measured) -> str:
    """Return *digits* raised or lowered if they stand so *beside* a letter, else as they are."""
    size = beside[0]
    above = own[1] - beside[1]
    if own[0] > _SMALLER * size:
        return digits
    if _RAISED[0] * size <= above <= _RAISED[1] * size:
        return digits.translate(_HIGHER)
    return digits.translate(_LOWER) if _LOWERED[0] * size <= above <= _LOWERED[1] * size else digits
