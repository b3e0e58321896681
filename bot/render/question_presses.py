"""The custom_ids of what can be done about a question: report it, appeal, keep it for review."""

from __future__ import annotations

from typing import Final

_ROUND: Final = "(?P<round>[0-9]{1,18})"
REPORT: Final = rf"report1:{_ROUND}"
APPEAL: Final = rf"appeal1:{_ROUND}"
KEEP: Final = rf"keep1:{_ROUND}"


def report(round_id: int) -> str:
    """Tell the staff that something is wrong with the question of a round."""
    return f"report1:{round_id}"


def appeal(round_id: int) -> str:
    """Ask the staff to accept what was typed in a round."""
    return f"appeal1:{round_id}"


def keep(round_id: int) -> str:
    """Add the question of a round to one's own reviews."""
    return f"keep1:{round_id}"
