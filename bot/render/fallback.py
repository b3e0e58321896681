"""What is sent where a message as planned cannot be: without a picture, with half its text, at last as plain text."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from typing import Final

from bot.i18n import Texts
from bot.render import limits
from bot.render.inline import escape
from bot.render.pack import Budget, pack
from bot.render.parts import Message, Part, Picture, Text
from bot.render.pieces import Prose

_LONGEST_ALT: Final = 30
_LEAST: Final = 400
"""Characters to which a text may always be cut."""


def without_pictures(message: Message, sendable: Container[str], texts: Texts) -> Message:
    """Return *message* with its text, or a line, in place of each picture whose path is not *sendable*."""
    return replace(message, parts=tuple(one for part in message.parts for one in _sendable(part, sendable, texts)))


def halved(message: Message, texts: Texts) -> Message:
    """Return *message* with about half its text and half its pictures, and a line that says so."""
    whole = sum(map(limits.characters, _texts(message)))
    room = max(whole // 2, _LEAST)
    pictures = sum(isinstance(part, Picture) for part in message.parts) // 2
    parts: list[Part] = []
    for part in message.parts:
        if isinstance(part, Picture) and pictures > 0:
            pictures -= 1
            parts.append(part)
        elif isinstance(part, Text | Picture):
            shown = _beginning(_text(part), room)
            room -= limits.characters(shown)
            parts.extend([Text(shown)] if shown else [])
        else:
            parts.append(part)
    return Message((*parts, Text("-# " + texts.gettext("Discord refused the full page, so it is shortened here."))))


def plain(message: Message) -> str:
    """Return the text of *message* for a message without components; never empty."""
    text = "\n\n".join(filter(None, _texts(message)))
    return _beginning(text, limits.CONTENT) or "—"


def _beginning(text: str, room: int) -> str:
    if room <= 0 or not text.strip():
        return ""
    first = pack([Prose(text)], Budget(room, limits.LAYOUT_BYTES, 0)).pages[0][0]
    return first.text if isinstance(first, Text) else ""


def _texts(message: Message) -> Iterator[str]:
    return (_text(part) for part in message.parts if isinstance(part, Text | Picture))


def _text(part: Text | Picture) -> str:
    return part.text if isinstance(part, Text) else part.instead or ""


def _sendable(part: Part, sendable: Container[str], texts: Texts) -> Iterator[Part]:
    if not isinstance(part, Picture) or part.path in sendable:
        yield part
        return
    if part.instead is not None:
        yield from [Text(part.instead)] if part.instead else []
        return
    name = escape(limits.cut(part.alt or part.path.rpartition("/")[2], _LONGEST_ALT))
    told = texts.gettext("{label}: {value}", label=name, value=texts.gettext("cannot be shown here"))
    yield Text(f"-# 🖼 {told}")
