"""LaTeX as people write it in notes, made into what an engine reads."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 3_000
"""Characters of a formula that is drawn or set in a line; longer ones are shown as written."""
_MARKS: Final = (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$"))
_FENCE: Final = re.compile(r"\A\s*(`{3,}|~{3,})[^\n]*\n(.*?)(?:\n\s*\1\s*)?\Z", re.DOTALL)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")
_ESCAPED_LOW: Final = re.compile(r"\\_(?=\{)")
_ROUND: Final = re.compile(r"([\^_])(?:\(([^()]{1,200})\)|\[([^\[\]]{1,200})\])")
_RAISED: Final = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ", "0123456789+-=()in", strict=True))
_LOWERED: Final = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ", "0123456789+-=()aeoxhklmnpstijruv", strict=True))
_RAISED_RUN: Final = re.compile(f"[{''.join(_RAISED)}]+")
_LOWERED_RUN: Final = re.compile(f"[{''.join(_LOWERED)}]+")


def bare(written: str) -> str:
    """Return a formula without its delimiters, whichever they are."""
    fence = _FENCE.match(written)
    text = (fence[2] if fence else written).strip()
    for opening, closing in _MARKS:
        if text.startswith(opening) and text.endswith(closing) and len(text) >= len(opening + closing):
            return text[len(opening) : -len(closing)].strip()
    return text


def normal(tex: str) -> str:
    """Return *tex*, without delimiters, as the engine is to read it: on one line, its scripts as LaTeX has them."""
    # A line feed before an i would be read as a damaged \ni.
    text = _CONTROL.sub("", " ".join(tex.split()))
    text = _ESCAPED_LOW.sub("_", text)
    text = _RAISED_RUN.sub(lambda run: _script("^", run[0], _RAISED), text)
    text = _LOWERED_RUN.sub(lambda run: _script("_", run[0], _LOWERED), text)
    # Who writes no command at all means x^(i) to be one script, as on paper.
    return text if "\\" in text else _ROUND.sub(lambda found: f"{found[1]}{{{found[2] or found[3]}}}", text)


def _script(sign: str, run: str, letters: dict[str, str]) -> str:
    return f"{sign}{{{''.join(letters[letter] for letter in run)}}}"
