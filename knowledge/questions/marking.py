"""Marks an answer to a question of any kind. What it is worth, and whether it counts, is decided elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.questions import typed
from knowledge.questions.model import Kind, Question

ENOUGH_POINTS: Final = 0.5
"""Share of the key points from which on an open question counts as answered."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How right an answer is.

    Attributes:
        right: wholly; for an open question, that enough key points were covered.
        share: 0 to 1, of what the question is worth; 1 where a closed question is wholly right.
    """

    right: bool
    share: float


WRONG: Final = Mark(right=False, share=0.0)
RIGHT: Final = Mark(right=True, share=1.0)


def mark(question: Question, given: Sequence[int] | str) -> Mark:
    """Mark *given*; what fits no answer to the question, such as a forged index, is wrong and never raises.

    Args:
        question: of any kind.
        given: CHOICE, SEVERAL, TRUTH: indexes into the choices (TRUE and FALSE of a TRUTH), in any order; ORDER: all
            indexes in the order that they were put in; OPEN: indexes of the key points that were covered;
            TYPED: the text as typed.
    """
    if question.kind is Kind.TYPED:
        right = isinstance(given, str) and typed.is_right(given, question.accepted, question.tolerance)
        return RIGHT if right else WRONG
    if isinstance(given, str):
        return WRONG
    if question.kind is Kind.ORDER:
        return RIGHT if tuple(given) == tuple(range(len(question.choices))) else WRONG
    if question.kind is Kind.SEVERAL:
        return _several(question, set(given))
    if question.kind is Kind.OPEN:
        return _open(question, set(given))
    return RIGHT if len(set(given)) == 1 and given[0] in question.right else WRONG


def _several(question: Question, given: set[int]) -> Mark:
    right = set(question.right)
    if given == right:
        return RIGHT
    if not question.partial or not right:
        return WRONG
    return Mark(right=False, share=max(0.0, (len(given & right) - len(given - right)) / len(right)))


def _open(question: Question, covered: set[int]) -> Mark:
    if not question.points:
        return WRONG
    share = len(covered & set(range(len(question.points)))) / len(question.points)
    return Mark(share >= ENOUGH_POINTS, share)
