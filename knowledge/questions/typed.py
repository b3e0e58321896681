"""Compares typed answers: the spelling is forgiven, another answer is not, and a list of guesses earns nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.questions import quantities, signs
from knowledge.questions.quantities import Quantity
from knowledge.questions.slips import LONGEST_EXACT, is_slip
from knowledge.text import HAN, HAN_RUN, LATIN_COMPOUND, fold, word_term

LONGEST: Final = 500
"""Characters of an answer that are looked at."""
_MOST_SLIPS: Final = 3
_TOKEN: Final = re.compile(rf"{LATIN_COMPOUND.pattern}|[{HAN}]+|[^\w\s]")
_MARKS: Final = frozenset("%^#¡")
_NO_SIGNS: Final = frozenset("|~")
_ARTICLES: Final = frozenset(("a", "an"))
_BOTH: Final = re.compile(r"\s*([^()]+?)\s*\(([^()]+)\)\s*")


@dataclass(frozen=True, slots=True)
class _Spelled:
    """An answer, read once however often it is compared."""

    text: str
    words: Sequence[str]
    numbers: Sequence[Quantity]

    @classmethod
    def read(cls, text: str) -> _Spelled:
        return cls(text, _words(text), quantities.readings(text))


def is_right(given: str, accepted: Sequence[str], tolerance: float | None = None) -> bool:
    """Tell whether *given* is one of the *accepted* forms.

    Case, width, spaces, punctuation, articles, the plural, traditional characters and, in longer words, a slip of the
    finger do not matter; for a number neither does how it is written. ``GLU (gated linear unit)`` counts where both do.

    Args:
        given: as typed; hostile, of any length.
        accepted: every form that counts.
        tolerance: by how much a number may differ; None where it may not, or where the answer is no number.
    """
    text = given[:LONGEST]
    forms = [_Spelled.read(form) for form in accepted]
    if _is_one_of(text, forms, tolerance):
        return True
    both = _BOTH.fullmatch(fold(text))
    return both is not None and all(_is_one_of(part, forms, tolerance) for part in both.groups())


def key(text: str) -> str:
    """Return what two spellings of one answer have in common; empty if there is nothing to compare."""
    return "".join(_words(text))


def _is_one_of(text: str, forms: Sequence[_Spelled], tolerance: float | None) -> bool:
    given = _Spelled.read(text)
    return any(_agrees(given, form, tolerance) for form in forms)


def _agrees(given: _Spelled, form: _Spelled, tolerance: float | None) -> bool:
    if given.numbers and form.numbers:
        return quantities.agree(given.numbers, form.numbers, tolerance)
    if not given.words or not form.words:
        return not given.words and not form.words and _signs(given.text) == _signs(form.text) != ""
    same = "".join(given.words) == "".join(form.words)
    return same or (not form.numbers and _nearly(given.words, form.words))


def _words(text: str) -> list[str]:
    """Return the words and the signs that mean something, each in one spelling, without articles."""
    words = [term for found in _TOKEN.findall(signs.told(_folded(text))) if (term := _term(found))]
    if len(words) > 1 and words[0] in _ARTICLES and len(words[1]) > 1 and not HAN_RUN.fullmatch(words[1]):
        del words[0]
    return [word for word in words if word != "the"] or words


def _folded(text: str) -> str:
    return fold(quantities.raised(text))


def _term(token: str) -> str:
    if HAN_RUN.fullmatch(token):
        return token
    if token[0].isalnum():
        return word_term(token)
    meant = token in _MARKS or (unicodedata.category(token) == "Sm" and token not in _NO_SIGNS)
    return token if meant else ""


def _signs(text: str) -> str:
    return "".join(fold(text).split())


def _nearly(words: Sequence[str], wanted: Sequence[str]) -> bool:
    whole, other = "".join(words), "".join(wanted)
    if min(len(whole), len(other)) <= LONGEST_EXACT or _fixed(whole) != _fixed(other):
        return False
    if len(words) != len(wanted):
        return is_slip(whole, other)
    pairs = tuple(zip(words, wanted, strict=True))
    return all(is_slip(*pair) for pair in pairs) and sum(word != right for word, right in pairs) <= _MOST_SLIPS


def _fixed(text: str) -> str:
    """Return the digits and signs, of which none may be another: a slip in them gives another answer."""
    return "".join(character for character in text if not character.isalpha())
