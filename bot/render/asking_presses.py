"""The custom_ids of what answers a question: the round, and the place of a choice in the message."""

from __future__ import annotations

from typing import Final

_ROUND: Final = "(?P<round>[0-9]{1,18})"
CHOICE: Final = rf"choice1:{_ROUND}:(?P<place>[0-9])"
SEVERAL: Final = rf"several1:{_ROUND}"
TYPE: Final = rf"type1:{_ROUND}"
ORDER: Final = rf"order1:{_ROUND}"
OPEN: Final = rf"open1:{_ROUND}"
TYPED: Final = rf"typed1:{_ROUND}"
ORDERED: Final = rf"ordered1:{_ROUND}"
READ: Final = r"read1:(?P<section>[0-9a-f]{16})"


def choice(round_id: int, place: int) -> str:
    """Answer with the choice at a place, counted from 0, of the message."""
    return f"choice1:{round_id}:{place}"


def several(round_id: int) -> str:
    """Answer with the choices picked in a menu, whose values are places."""
    return f"several1:{round_id}"


def type_in(round_id: int) -> str:
    """Show the window in which an answer is typed."""
    return f"type1:{round_id}"


def typed(round_id: int) -> str:
    """The window in which an answer is typed; it comes back with the field ``answer``."""
    return f"typed1:{round_id}"


def order(round_id: int) -> str:
    """Show the window in which letters are put in order."""
    return f"order1:{round_id}"


def ordered(round_id: int) -> str:
    """The window in which letters are put in order; it comes back with the field ``answer``."""
    return f"ordered1:{round_id}"


def open_answer(round_id: int) -> str:
    """Show the window in which an open question is answered."""
    return f"open1:{round_id}"


def read(section_id: str) -> str:
    """Show a section of the notes to whoever presses, and to them alone."""
    return f"read1:{section_id}"
