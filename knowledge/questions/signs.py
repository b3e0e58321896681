"""Which signs of an answer mean something: a hyphen joins a name, but parts two symbols of a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from knowledge.text import HAN

_WORD: Final = rf"[^\W_{HAN}]"
_TOKEN: Final = re.compile(rf"\s+|{_WORD}+(?:_{_WORD}+)?|[{HAN}]+|[^\w\s]|_")
_MINUS: Final = re.compile(r"(?:^|(?<=[=(,*/^]))\s*[-–]\s*(?=\w)")
_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)(?:\s*([:/])\s*|([-–])|(\.))(?=\d)")
_EMPHASIS: Final = re.compile(r"(?<!\w)(\*{1,3})(?=\w)([^*]+)(?<=\S)\1(?!\w)")
_NAMED: Final = re.compile(
    rf"\s*({_WORD}{{1,2}}(?:\s*[-–/]\s*{_WORD}{{1,2}})+)((?:[\s-]+{_WORD}{{3,}}+|[\s-]*[{HAN}]++)+\W*)"
)
"""Symbols with nothing but words after them are a name: A/B test, K-V cache."""
_JOINTS: Final = re.compile(r"\s*[-–/]\s*")
_MEANT: Final = MappingProxyType(
    {
        **dict.fromkeys("|∣", "∣"), **dict.fromkeys("/:", "∶"), **dict.fromkeys(",;", "⨟"), **dict.fromkeys("-–", "−"),
        **dict.fromkeys("*×·∗", "⋅"),
    }
)  # fmt: skip
_HYPHENS: Final = frozenset("-–")
_LISTING: Final = frozenset(",;")
_BRACKETS: Final = frozenset("([{")
_OPENING: Final = _BRACKETS | {"√", "−"}
_CLOSING: Final = frozenset(")]}")
_FUNCTIONS: Final = frozenset({"cos", "exp", "log", "max", "min", "sin", "sqrt", "tan"})


def told(text: str) -> str:
    """Return the folded *text* with each sign that means something as a mathematical one, or as ``¡``.

    Those are a minus at the beginning of a term, what parts two numbers, as in ``1:2``, and between symbols, numbers
    and brackets of a formula ``|``, ``/``, ``*`` and ``-``, in brackets also a comma. A symbol has one letter, and but
    for the hyphen, as in ``k-NN``, may have two. A star or ``!`` behind a symbol stays: ``A*`` is not ``A``.
    """
    plain = _EMPHASIS.sub(r"\2", text).replace("||", "|")
    signed = _MINUS.sub("−", plain)
    signed = _BETWEEN_DIGITS.sub(lambda found: "∶" if found[1] else "−" if found[2] else "∙", signed)
    named = _NAMED.fullmatch(signed)
    return "".join(_JOINTS.split(named[1])) + named[2] if named else _in_formula(signed)


def _in_formula(text: str) -> str:
    tokens = _TOKEN.findall(text)
    places = [place for place, token in enumerate(tokens) if not token.isspace()]
    solid = [tokens[place] for place in places]
    depth = 0
    for at, place in enumerate(places):
        depth += (solid[at] in _BRACKETS) - (solid[at] in _CLOSING)
        adjacent = place > 0 and places[at - 1] == place - 1
        tokens[place] = _meant(solid, at, listed=depth <= 0, adjacent=adjacent)
    return "".join(tokens)


def _meant(tokens: Sequence[str], at: int, *, listed: bool, adjacent: bool) -> str:
    """Return the sign that a token stands for.

    Args:
        tokens: all, without spaces.
        at: which one.
        listed: it is outside of brackets, where a comma makes a list.
        adjacent: there is no space before it.
    """
    token = tokens[at]
    if token in _MEANT and not (listed and token in _LISTING) and _parts_symbols(tokens, at):
        return _MEANT[token]
    before = tokens[at - 1] if at else ""
    if adjacent and token == "*" and (before.isalnum() or before in _CLOSING):  # noqa: S105 - no password
        return "⋆"
    if adjacent and token == "!" and (len(before) == 1 and before.isalpha()):  # noqa: S105 - no password
        return "¡"
    return token


def _parts_symbols(tokens: Sequence[str], at: int) -> bool:
    if not 0 < at < len(tokens) - 1:
        return False
    longest = 1 if tokens[at] in _HYPHENS else 2
    before, after = tokens[at - 1], tokens[at + 1]
    called = tokens[at + 2 : at + 3] == ["("]
    return (before in _CLOSING or _is_symbol(before, longest)) and (
        after in _OPENING or called or _is_symbol(after, longest) or after in _FUNCTIONS
    )


def _is_symbol(token: str, longest: int) -> bool:
    """Return whether a token is a number, or a name of so many letters, what stands below the line not counted."""
    name = token.partition("_")[0]
    return name.isdigit() or (name.isalnum() and len(name) <= longest and not re.match(f"[{HAN}]", name))
