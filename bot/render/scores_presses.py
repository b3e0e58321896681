"""The custom_ids of boards and scores: a period, which one of its kind, a page, and the key of a topic."""

from __future__ import annotations

from typing import Final

_KEY: Final = "[0-9a-f]{16}"
_EVERYTHING: Final = "-"
BOARD: Final = (
    rf"board1:(?P<period>[dwmsa]):(?P<which>[0-9]{{1,18}}):(?P<page>[0-9]{{1,4}}):(?P<topic>{_KEY}|{_EVERYTHING})"
)
SEASON: Final = rf"season1:(?P<topic>{_KEY}|{_EVERYTHING})"
QUIZ_ON: Final = rf"quizon1:(?P<topic>{_KEY})"


def board(period: str, which: int = 0, page: int = 0, topic_key: str = "") -> str:
    """Show a page, counted from 0, of a board; *which* is 0 for the period of now, see services.boards.View."""
    return f"board1:{period}:{which}:{page}:{topic_key or _EVERYTHING}"


def season(topic_key: str = "") -> str:
    """Show the board of the season chosen; the option's value is its id."""
    return f"season1:{topic_key or _EVERYTHING}"


def quiz_on(topic_key: str) -> str:
    """Begin a quiz of one's own on a topic."""
    return f"quizon1:{topic_key}"


def topic_of(part: str) -> str:
    """Return the key that a custom_id holds, empty for all topics."""
    return "" if part == _EVERYTHING else part
