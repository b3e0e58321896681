"""The pictures of the notes, ready to be sent: each made so once, and kept."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.library import Library
from drawing import prints
from drawing.studio import Studio
from knowledge.pictures import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture to be sent.

    Attributes:
        suffix: of its kind, whatever the file in the notes is called: ``.png``.
        still: the first frame of what is too large to be sent as an animation.
    """

    content: bytes
    suffix: str
    still: bool = False


def ready(library: Library, studio: Studio, path: str, limit_bytes: int) -> Photo | None:
    """Return the picture of the notes at *path*, of *limit_bytes* at most; None if it cannot be shown. Blocks.

    It is upright and tells neither where nor with what it was taken.
    """
    file = library.picture(path, MAX_BYTES)
    drawn = studio.draw(prints.order(file, limit_bytes)) if file else None
    packed = studio.content(drawn.name) if drawn else None
    made = prints.unpack(packed) if packed else None
    if file is None or made is None:
        return None
    return Photo(made.content or file, made.suffix, made.still)
