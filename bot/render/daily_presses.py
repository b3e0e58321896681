"""The custom_ids of daily questions: the stream, post, round or answer that is meant."""

from __future__ import annotations

from typing import Final

from bot.services.streams import LONGEST_NAME

_ID: Final = "[0-9]{1,18}"
_PAGE: Final = "[0-9]{1,5}"
STREAM: Final = rf"daily1:(?P<action>panel|when|what|test|preview|pause|resume|end|over):(?P<id>{_ID})"
POST: Final = rf"dailypost1:(?P<action>again|posted):(?P<id>{_ID})"
WHEN: Final = rf"dailywhen1:(?P<id>{_ID})(?::(?P<name>.+))?"
WHAT: Final = rf"dailywhat1:(?P<id>{_ID})"
OTHER: Final = rf"dailyother1:(?P<id>{_ID}):(?P<question>[0-9a-f]{{16}})"
QUEUE: Final = rf"dailyqueue1:(?P<id>{_ID})"
HISTORY: Final = rf"dailyhistory1:(?P<id>{_ID}):(?P<page>{_PAGE})"
LOOK: Final = rf"dailylook1:(?P<id>{_ID})"
WRITTEN: Final = rf"written1:(?P<round>{_ID})"
GRADE: Final = rf"grade1:(?P<round>{_ID})"
GRADED: Final = rf"graded1:(?P<round>{_ID})"
READ: Final = rf"answers1:(?P<round>{_ID}):(?P<page>{_PAGE})"
VOTE: Final = rf"vote1:(?P<answer>{_ID}):(?P<round>{_ID}):(?P<page>{_PAGE})"

PANEL: Final = "panel"
TEST: Final = "test"
PREVIEW: Final = "preview"
PAUSE: Final = "pause"
RESUME: Final = "resume"
ASK_WHEN: Final = "when"
ASK_WHAT: Final = "what"
END: Final = "end"
OVER: Final = "over"
AGAIN: Final = "again"
POSTED: Final = "posted"
NEW: Final = 0
"""In place of a stream's id: one that is still to be made."""


def stream(action: str, stream_id: int) -> str:
    """Do something with a stream: see the names above."""
    return f"daily1:{action}:{stream_id}"


def post(action: str, post_id: int) -> str:
    """Settle whether a post arrived: AGAIN sends it, POSTED takes it for there."""
    return f"dailypost1:{action}:{post_id}"


def when(stream_id: int, name: str = "") -> str:
    """The window of where and when a stream posts, or NEW, for which its five fields leave the name no place."""
    return f"dailywhen1:{stream_id}:{name[:LONGEST_NAME]}" if name else f"dailywhen1:{stream_id}"


def what(stream_id: int) -> str:
    """The window of what a stream asks."""
    return f"dailywhat1:{stream_id}"


def other(stream_id: int, question_id: str) -> str:
    """Let another question than this one come next."""
    return f"dailyother1:{stream_id}:{question_id}"


def queue(stream_id: int) -> str:
    """Take questions, chosen in a menu by their ids, out of those picked by hand."""
    return f"dailyqueue1:{stream_id}"


def history(stream_id: int, page: int) -> str:
    """Show a page, counted from 0, of past posts."""
    return f"dailyhistory1:{stream_id}:{page}"


def look(stream_id: int) -> str:
    """Show the past post chosen in a menu by its id."""
    return f"dailylook1:{stream_id}"


def written(round_id: int) -> str:
    """The window in which an open question is answered; it comes back with the field ``answer``."""
    return f"written1:{round_id}"


def grade(round_id: int) -> str:
    """Show the window in which one's own answer is graded."""
    return f"grade1:{round_id}"


def graded(round_id: int) -> str:
    """The window in which one's own answer is graded; it comes back with the field ``points``."""
    return f"graded1:{round_id}"


def read(round_id: int, page: int) -> str:
    """Show a page, counted from 0, of the answers to an open question."""
    return f"answers1:{round_id}:{page}"


def vote(answer_id: int, round_id: int, page: int) -> str:
    """Vote for an answer on a page of the answers."""
    return f"vote1:{answer_id}:{round_id}:{page}"
