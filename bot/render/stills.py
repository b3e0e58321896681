"""Says of a picture that is animated in the notes, and stands still in the message, that it does."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from bot.i18n import Texts
from bot.render.parts import Message, Part, Picture


def told(message: Message, still: Container[str], texts: Texts) -> Message:
    """Return *message* with that in the words for each picture whose path is among *still*."""
    return replace(message, parts=tuple(_told(part, still, texts) for part in message.parts))


def _told(part: Part, still: Container[str], texts: Texts) -> Part:
    if not isinstance(part, Picture) or part.path not in still:
        return part
    words = texts.gettext("first frame of an animation")
    return replace(part, alt=f"{part.alt} ({words})" if part.alt else words)
