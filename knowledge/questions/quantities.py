"""Numbers as people type them: ``1e-3``, ``１０^-3``, ``1,000``, ``3/8``, ``50 %``, ``7B``, ``1.1 亿``, ``16 GB``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from knowledge.text import HAN, fold, singular

LONGEST: Final = 100
"""Characters; what is longer is no number."""
_ROUNDING: Final = 1e-9

_SUPERSCRIPT: Final = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_PLAIN: Final = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "×": "*", "⁄": "/", "$": None, "{": None, "}": None, "\\": None}
)
_GROUPED: Final = re.compile(r"(?<![\d.])(\d{1,3})((?:[, _]\d{3})+)(?![\d,])")
_DECIMAL_COMMA: Final = re.compile(r"(?<![\d.,])(\d+),(\d{1,2})(?![\d,])")
_PLAIN_NUMBER: Final = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
_NUMBER: Final = re.compile(
    rf"(?P<number>{_PLAIN_NUMBER})(?:[eE](?P<exponent>[+-]?\d{{1,3}}))?"
    rf"(?:\s*\^\s*(?P<power>[+-]?\d{{1,3}})|\s*\*\s*(?P<base>{_PLAIN_NUMBER})\s*\^\s*(?P<raised>[+-]?\d{{1,3}})"
    rf"|\s*/\s*(?P<below>{_PLAIN_NUMBER}))?"
    rf"(?:\s*-\s*(?=[A-Za-z{HAN}]{{2}})|\s*)(?P<unit>[A-Za-zµμ°%‰ΩÅ{HAN}][A-Za-zµμ°%‰ΩÅ{HAN}/ .]{{0,30}})?"
)
_TIMES: Final = re.compile(r"(?<=\d)\s*times\s*(?=[\d.+-])", re.IGNORECASE)
_VARIABLES: Final = frozenset("dinpqruyz")
"""Letters that stand for no unit: ``4d`` is a formula, and to leave the letter off would be another answer."""
_SCALES: Final = MappingProxyType({
    "百万": 1e6, "千万": 1e7, "十亿": 1e9, "万亿": 1e12, "千": 1e3, "万": 1e4, "亿": 1e8,
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
})  # fmt: skip
_LETTERS: Final = MappingProxyType({"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12})
_UNITS: Final = MappingProxyType({
    "个": "", "种": "", "项": "", "条": "", "次": "", "位": "bit", "比特": "bit", "字节": "byte", "层": "layer",
    "维": "dimension", "dim": "dimension", "倍": "x", "time": "x", "秒": "s", "second": "s", "sec": "s", "毫秒": "ms",
    "millisecond": "ms", "分钟": "min", "minute": "min", "小时": "h", "hour": "h", "天": "day", "percent": "%",
    "头": "head", "轮": "epoch", "步": "step",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """One way to read a number.

    Attributes:
        value: finite.
        unit: in one spelling, lower case; empty if none was given.
        scale: what the written number was multiplied with to get the value.
    """

    value: float
    unit: str = ""
    scale: float = 1.0


def readings(text: str) -> tuple[Quantity, ...]:
    """Return the ways to read *text* as a number, () if it is none: ``7B`` is seven of something, or 7e9."""
    if len(text) > LONGEST:
        return ()
    found = _NUMBER.fullmatch(_tidied(text))
    value = None if found is None or found["unit"] in _VARIABLES else _value(found)
    if found is None or value is None:
        return ()
    return tuple(_scaled(value, (found["unit"] or "").strip(" .")))


def raised(text: str) -> str:
    """Return *text* with raised digits as a power, which other spellings have too: ``x²`` is ``x^2``."""
    return _SUPERSCRIPT.sub(lambda found: "^" + found[0], text)


def agree(given: Sequence[Quantity], accepted: Sequence[Quantity], tolerance: float | None) -> bool:
    """Tell whether a reading of *given* is one of *accepted*: a unit may be left off, but no other one be given.

    Args:
        given: what was typed.
        accepted: the right number.
        tolerance: absolute, in what the accepted number is written in; None stands for the same number.
    """
    return any(_agree(one, other, tolerance or 0.0) for one in given for other in accepted)


def _agree(given: Quantity, accepted: Quantity, tolerance: float) -> bool:
    if given.unit and accepted.unit and given.unit != accepted.unit:
        return False
    allowed = tolerance * accepted.scale + _ROUNDING * max(abs(given.value), abs(accepted.value))
    return abs(given.value - accepted.value) <= allowed


def _tidied(text: str) -> str:
    plain = _TIMES.sub("*", fold(raised(text)).translate(_PLAIN)).strip()
    plain = plain.lstrip("=≈~约 ").rstrip("。.!?, ")
    plain = _GROUPED.sub(lambda found: found[1] + re.sub("[, _]", "", found[2]), plain)
    return _DECIMAL_COMMA.sub(r"\1.\2", plain)


def _value(found: re.Match[str]) -> float | None:
    try:
        value = float(found["number"]) * 10.0 ** int(found["exponent"] or 0)
        if found["power"]:
            value = float(value ** int(found["power"]))
        elif found["base"]:
            value *= float(found["base"]) ** int(found["raised"])
        elif found["below"]:
            value /= float(found["below"])
    except (OverflowError, ZeroDivisionError):
        return None
    return value if math.isfinite(value) else None


def _scaled(value: float, unit: str) -> Iterator[Quantity]:
    yield Quantity(value, _unit(unit))
    if unit == "%":
        yield Quantity(value / 100, "", 0.01)
    elif unit in _LETTERS:
        yield Quantity(value * _LETTERS[unit], "", _LETTERS[unit])
    else:
        word = next((word for word in _SCALES if unit.casefold().startswith(word)), None)
        if word is not None:
            yield Quantity(value * _SCALES[word], _unit(unit[len(word) :]), _SCALES[word])


def _unit(written: str) -> str:
    unit = written.strip(" .").casefold()
    single = singular(unit) if unit.isascii() else unit
    return _UNITS.get(single, single)
