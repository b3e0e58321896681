"""What an answer is worth. The rules are declared in the first message of a game and in the README."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from knowledge.questions.model import Difficulty, Question

RULE: Final = 1
"""Version of these rules; kept with every answer."""
WORTH: Final[Mapping[Difficulty, int]] = MappingProxyType(
    {Difficulty.EASY: 10, Difficulty.MEDIUM: 15, Difficulty.HARD: 20}
)
CAPPED: Final = "quiz"
"""Source of rounds that earn only so much on a day."""
DAILY_CAP: Final = 200
"""Points that quizzes of one's own earn at most on a day in a group; daily questions and races are not capped."""
SLOWEST: Final = 0.5
"""Share of its points that a right answer in a race keeps in the last moment: slow readers are not shut out."""


def earned(question: Question, share: float, *, user_id: int) -> int:
    """Return the points for a *share*, 0 to 1, of a right answer; the author of a question earns nothing by it."""
    return 0 if user_id == question.author_id else round(WORTH[question.difficulty] * share)


def quickened(points: int, took: timedelta, allowed: timedelta) -> int:
    """Return what is left of *points* in a race: all at once, half at the deadline, in proportion between."""
    left = 1 - min(max(took / allowed, 0.0), 1.0) if allowed else 0.0
    return round(points * (SLOWEST + (1 - SLOWEST) * left))


def capped(points: int, before: int) -> int:
    """Return how many of *points* still count on a day on which quizzes have earned *before*."""
    return max(0, min(points, DAILY_CAP - before))
