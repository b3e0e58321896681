"""The custom_ids of what is pressed about the news of notes."""

from __future__ import annotations

from typing import Final

STOP: Final = "newsstop1:(?P<channel>[0-9]{1,20})"


def stop(channel_id: int) -> str:
    """Tell the group nothing any more, as long as it is told in this channel."""
    return f"newsstop1:{channel_id}"
