"""The custom_ids of what moves games on: the game, and where it matters the number of a question."""

from __future__ import annotations

from typing import Final

_GAME: Final = "(?P<game>[0-9]{1,18})"
AT: Final = rf"at1:{_GAME}:(?P<number>[0-9]{{1,4}})"
AGAIN: Final = rf"again1:{_GAME}"
JOIN: Final = rf"join1:{_GAME}"
GO: Final = rf"go1:{_GAME}"
HOLD: Final = rf"hold1:{_GAME}"
STOP: Final = rf"stop1:{_GAME}"
SKIP: Final = r"skip1:(?P<round>[0-9]{1,18})"


def at(game_id: int, number: int) -> str:
    """Show a quiz at its question of this number, or at its end if there is none."""
    return f"at1:{game_id}:{number}"


def again(game_id: int) -> str:
    """Begin a quiz like this one."""
    return f"again1:{game_id}"


def join(game_id: int) -> str:
    """Be counted among those who play a race."""
    return f"join1:{game_id}"


def go(game_id: int) -> str:
    """Let a race go on now."""
    return f"go1:{game_id}"


def hold(game_id: int) -> str:
    """Let a race wait."""
    return f"hold1:{game_id}"


def stop(game_id: int) -> str:
    """End a race."""
    return f"stop1:{game_id}"


def skip(round_id: int) -> str:
    """End a round of a race, or vote for that."""
    return f"skip1:{round_id}"
