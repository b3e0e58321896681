"""Compares typed answers: the spelling is forgiven, another answer is not, and a list of guesses earns nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from knowledge.pinyin import syllables
from knowledge.questions import quantities
from knowledge.questions.quantities import Quantity
from knowledge.text import HAN, HAN_RUN, LATIN_COMPOUND, fold, word_term

LONGEST: Final = 500
"""Characters of an answer that are looked at."""
LONGEST_EXACT: Final = 4
"""Characters of an answer that must be right to the letter."""
_MOST_SLIPS: Final = 3
_TOKEN: Final = re.compile(rf"{LATIN_COMPOUND.pattern}|[{HAN}]+|[^\w\s]")
_MARKS: Final = frozenset("%^#")
_NO_SIGNS: Final = frozenset("|~")
_ARTICLES: Final = frozenset(("a", "an"))
_MINUS: Final = re.compile(r"(?:^|(?<=[=(,*/^]))\s*[-–]\s*(?=\w)")
_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)(?:\s*([:/])\s*|([-–])|(\.))(?=\d)")
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
    words = [term for found in _TOKEN.findall(_with_signs(fold(text))) if (term := _term(found))]
    if len(words) > 1 and words[0] in _ARTICLES and not HAN_RUN.fullmatch(words[1]):
        del words[0]
    return [word for word in words if word != "the"] or words


def _with_signs(text: str) -> str:
    """Return *text* with what is no mere punctuation as signs: a minus, and what parts two numbers, as in ``1:2``."""
    signed = _MINUS.sub("−", text)
    return _BETWEEN_DIGITS.sub(lambda found: "∶" if found[1] else "−" if found[2] else "∙", signed)


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
        return _slips(whole, other) is not None
    slips = [_slips(word, right) for word, right in zip(words, wanted, strict=True)]
    return all(count is not None for count in slips) and sum(filter(None, slips)) <= _MOST_SLIPS


def _fixed(text: str) -> str:
    """Return the digits and signs, of which none may be another: a slip in them gives another answer."""
    return "".join(character for character in text if not character.isalpha())


def _slips(word: str, right: str) -> int | None:
    """Return how many slips of the finger lie between two words; None if they are different words.

    The first letter must be right, and in five letters none be another: macro is not micro, nor encoder decoder.
    """
    if word == right:
        return 0
    if HAN_RUN.search(word + right):
        return 1 if len(word) == len(right) and syllables(word) == syllables(right) else None
    if word[0] != right[0]:
        return None
    allowed = 0 if len(right) <= LONGEST_EXACT else 1 if len(right) <= 9 else 2
    slips = OSA.distance(word, right, score_cutoff=allowed)
    if slips > allowed or (len(right) == 5 and len(word) == 5 and sorted(word) != sorted(right)):
        return None
    return slips
