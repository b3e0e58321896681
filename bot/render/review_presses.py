"""The custom_ids of what can be pressed in /review: a card and its version, so that no old window grades it again."""

from __future__ import annotations

from typing import Final

_CARD: Final = "(?P<card>[0-9]{1,18})"
_VERSION: Final = "(?P<version>[0-9]{1,9})"
NEXT: Final = r"rnext1"
SHOW: Final = rf"rshow1:{_CARD}:{_VERSION}"
PICK: Final = rf"rpick1:{_CARD}:{_VERSION}:(?P<place>[0-9])"
SEVERAL: Final = rf"rseveral1:{_CARD}:{_VERSION}"
GRADE: Final = rf"rgrade1:{_CARD}:{_VERSION}:(?P<grade>[1-4])"
UNDO: Final = rf"rundo1:{_CARD}:{_VERSION}"
ASIDE: Final = rf"raside1:{_CARD}:{_VERSION}"
BACK: Final = r"rback1:(?P<card>[0-9]{1,18}|all)"
PRACTISE: Final = r"rpractise1:(?P<card>[0-9]{1,18}):(?P<stage>[qa])"

QUESTION: Final = "q"
ANSWER: Final = "a"


def following() -> str:
    """Show the card that is due now."""
    return "rnext1"


def show(card_id: int, version: int) -> str:
    """Show the answer of a card."""
    return f"rshow1:{card_id}:{version}"


def pick(card_id: int, version: int, place: int) -> str:
    """Show the answer after a choice at a place, counted from 0, of the message."""
    return f"rpick1:{card_id}:{version}:{place}"


def several(card_id: int, version: int) -> str:
    """Show the answer after choices picked in a menu, whose values are places."""
    return f"rseveral1:{card_id}:{version}"


def grade(card_id: int, version: int, number: int) -> str:
    """Grade a card with a number from 1 to 4."""
    return f"rgrade1:{card_id}:{version}:{number}"


def undo(card_id: int, version: int) -> str:
    """Take back the grade that a card was given in a version."""
    return f"rundo1:{card_id}:{version}"


def aside(card_id: int, version: int) -> str:
    """Let a card rest."""
    return f"raside1:{card_id}:{version}"


def back(card_id: int | None) -> str:
    """Ask again for a card that was set aside; None is for all of them."""
    return f"rback1:{'all' if card_id is None else card_id}"


def practise(card_id: int, stage: str) -> str:
    """Show, without any effect on a schedule, the card after this one (QUESTION), or this one's answer (ANSWER)."""
    return f"rpractise1:{card_id}:{stage}"
