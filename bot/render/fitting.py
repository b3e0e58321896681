"""Cuts the texts of a message to what Discord takes, where several of them share the room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.render import limits
from bot.render.pack import Budget, pack
from bot.render.parts import Part, Text
from bot.render.pieces import Prose

_ELLIPSIS: Final = " …"


def fitted(parts: Iterable[Part], *, keep: int = 0) -> tuple[Part, ...]:
    """Return *parts* with their texts cut to Discord's limits, the last ones first.

    Args:
        parts: of one message.
        keep: characters, and three times as many bytes, that are left free.
    """
    room, room_bytes = limits.LAYOUT_CHARACTERS - keep, limits.LAYOUT_BYTES - 3 * keep
    kept: list[Part] = []
    for part in parts:
        if not isinstance(part, Text):
            kept.append(part)
            continue
        shown = beginning(part.text, room, room_bytes - limits.DISPLAY_BYTES)
        room -= limits.characters(shown)
        room_bytes -= limits.size_bytes(shown) + limits.DISPLAY_BYTES
        kept.extend([Text(shown)] if shown else [])
    return tuple(kept)


def beginning(text: str, room: int, room_bytes: int) -> str:
    """Return as much of *text* as there is room for, with an ellipsis where it is cut; empty if there is none."""
    if limits.characters(text) <= room and limits.size_bytes(text) <= room_bytes:
        return text
    inside = Budget(room - len(_ELLIPSIS), room_bytes - limits.size_bytes(_ELLIPSIS) - limits.DISPLAY_BYTES, 0)
    if inside.characters <= 0 or inside.bytes <= 0:
        return ""
    first = pack([Prose(text)], inside).pages[0][0]
    return first.text + _ELLIPSIS if isinstance(first, Text) else ""
