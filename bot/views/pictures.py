"""The pictures of a message as files: looked up beside the event loop, within what Discord takes here."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final

import discord

from bot.client import StudyBot
from bot.render import limits, pages
from bot.render.parts import Message, Picture
from bot.services import photos
from bot.services.library import Library
from bot.services.photos import Photo
from bot.views import places
from drawing.studio import Studio

_TOGETHER_BYTES: Final = 25 * 1024 * 1024
"""Of all pictures of a message, so that many at once do not fill the memory."""


async def found(interaction: discord.Interaction[StudyBot], message: Message) -> dict[str, Photo]:
    """Return the pictures of *message* that can be sent here, by their paths."""
    limit = interaction.filesize_limit or limits.FILE_BYTES
    return await ready_of(places.library(interaction), interaction.client.services.studio, message, limit)


async def ready_of(library: Library, studio: Studio, message: Message, limit_bytes: int) -> dict[str, Photo]:
    """Return the pictures of *message* of which none is larger than the limit, by their paths."""
    ready: dict[str, Photo] = {}
    room = _TOGETHER_BYTES
    for picture in pages.pictures(message):
        limit = min(room, limit_bytes)
        photo = await studio.beside(_photo, library, studio, picture, limit)
        if photo is not None:
            ready[picture.path] = photo
            room -= len(photo.content)
    return ready


def _photo(library: Library, studio: Studio, picture: Picture, limit_bytes: int) -> Photo | None:
    if not picture.drawn:
        return photos.ready(library, studio, picture.path, limit_bytes)
    content = studio.content(picture.path)
    return Photo(content, ".png") if content is not None and len(content) <= limit_bytes else None


def names(message: Message, ready: Mapping[str, Photo]) -> dict[str, str]:
    """Return the names of the attachments, by the paths of the pictures."""
    shown = enumerate(pages.pictures(message), 1)
    return {picture.path: f"picture{number}{ready[picture.path].suffix}" for number, picture in shown}


def files(message: Message, ready: Mapping[str, Photo], named: Mapping[str, str]) -> list[discord.File]:
    """Return the attachments, to be sent once."""
    return [
        discord.File(io.BytesIO(ready[one.path].content), named[one.path], description=alt(one))
        for one in pages.pictures(message)
    ]


def alt(picture: Picture) -> str | None:
    """Return the words for who does not see the picture."""
    return limits.cut(picture.alt, limits.ALT) or None
