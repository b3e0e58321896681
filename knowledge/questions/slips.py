"""Slips of the finger: what a typed word may differ in from the right one without being another word."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA

from knowledge.pinyin import syllables
from knowledge.text import HAN_RUN

LONGEST_EXACT: Final = 4
"""Characters of a word that must be right to the letter."""
_BEGINNING: Final = 3
"""Letters of which none may be another: macro is not micro, nor pre-norm pro-norm."""
_ALL_EXACT: Final = 5
"""A word of so many letters is too short for another letter anywhere."""
_VOWELS: Final = frozenset("aeiouy")


def is_slip(word: str, right: str) -> bool:
    """Return whether *word* is *right* with one slip at most: a letter missing, too many, swapped or another.

    The first and the last letter must be right (encode is not encoder). Another letter may stand only behind the
    beginning, and no consonant for a vowel: perception is not perceptron. Han characters must sound the same.
    """
    if word == right:
        return True
    if HAN_RUN.search(word + right):
        return len(word) == len(right) and syllables(word) == syllables(right)
    if len(right) <= LONGEST_EXACT or word[0] != right[0] or word[-1] != right[-1]:
        return False
    return OSA.distance(word, right, score_cutoff=1) <= 1 and (len(word) != len(right) or _alike(word, right))


def _alike(word: str, right: str) -> bool:
    """Return whether letters were swapped, or one stands for another that does not make another word."""
    others = [place for place in range(len(right)) if word[place] != right[place]]
    if len(others) == 2:
        return True
    place = others[0]
    same_kind = (word[place] in _VOWELS) == (right[place] in _VOWELS)
    return place >= _BEGINNING and len(right) > _ALL_EXACT and same_kind
