"""What is sent where a message as planned cannot be: without a picture, with half its text, at last as plain text."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import Final

from bot.i18n import Texts
from bot.render import limits
from bot.render.inline import escape
from bot.render.markdown import Prose
from bot.render.pack import Budget, pack
from bot.render.parts import Message, Part, Picture, Text

_LONGEST_ALT: Final = 30
_LEAST: Final = 400
"""Characters to which a text may always be cut."""


def without_pictures(message: Message, sendable: Container[str], texts: Texts) -> Message:
    """Return *message* with a line in place of each picture whose path is not *sendable*."""
    return replace(message, parts=tuple(_sendable(part, sendable, texts) for part in message.parts))


def halved(message: Message, texts: Texts) -> Message:
    """Return *message* with about half its text and half its pictures, and a line that says so."""
    whole = sum(limits.characters(part.text) for part in message.parts if isinstance(part, Text))
    room = max(whole // 2, _LEAST)
    pictures = sum(isinstance(part, Picture) for part in message.parts) // 2
    parts: list[Part] = []
    for part in message.parts:
        if isinstance(part, Text):
            shown = _beginning(part.text, room)
            room -= limits.characters(shown)
            parts.extend([Text(shown)] if shown else [])
        elif isinstance(part, Picture):
            pictures -= 1
            parts.extend([part] if pictures >= 0 else [])
        else:
            parts.append(part)
    return Message((*parts, Text("-# " + texts.gettext("Discord refused the full page, so it is shortened here."))))


def plain(message: Message) -> str:
    """Return the text of *message* for a message without components; never empty."""
    text = "\n\n".join(part.text for part in message.parts if isinstance(part, Text))
    return _beginning(text, limits.CONTENT) or "—"


def _beginning(text: str, room: int) -> str:
    if room <= 0 or not text.strip():
        return ""
    first = pack([Prose(text)], Budget(room, limits.LAYOUT_BYTES, 0)).pages[0][0]
    return first.text if isinstance(first, Text) else ""


def _sendable(part: Part, sendable: Container[str], texts: Texts) -> Part:
    if not isinstance(part, Picture) or part.path in sendable:
        return part
    name = escape(limits.cut(part.alt or part.path.rpartition("/")[2], _LONGEST_ALT))
    told = texts.gettext("{label}: {value}", label=name, value=texts.gettext("cannot be shown here"))
    return Text(f"-# 🖼 {told}")
