"""Cuts pieces into pages within a budget: between blocks, else paragraphs, lines, sentences, words, graphemes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.render.cutting import cut_code, cut_prose
from bot.render.limits import DISPLAY_BYTES, characters, size_bytes
from bot.render.parts import Picture, Text
from bot.render.pieces import Code, Piece, Prose, fenced

PICTURE_CHARACTERS: Final = 100
PICTURE_BYTES: Final = 240
"""Kept free for each picture: for the line that stands in its place if it cannot be sent."""
_JOIN: Final = "\n\n"
_WORTH: Final = 0.4
"""Share of a page that must be free for a block that needs more than a page to begin on it."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a page's body may take.

    Attributes:
        bytes: UTF-8, with 12 for each run of text.
        pictures: each ends a run of text.
    """

    characters: int
    bytes: int
    pictures: int


@dataclass(slots=True)
class _Page:
    budget: Budget
    parts: list[Text | Picture] = field(default_factory=list)
    used: int = 0
    used_bytes: int = 0
    pictures: int = 0

    def room(self) -> Budget:
        """What the next piece of text may take."""
        joined = bool(self.parts) and isinstance(self.parts[-1], Text)
        return Budget(
            characters=self.budget.characters - self.used - (len(_JOIN) if joined else 0),
            bytes=self.budget.bytes - self.used_bytes - (len(_JOIN) if joined else DISPLAY_BYTES),
            pictures=self.budget.pictures - self.pictures,
        )

    def add_text(self, text: str) -> None:
        last = self.parts[-1] if self.parts else None
        if isinstance(last, Text):
            self.parts[-1] = Text(last.text + _JOIN + text)
        else:
            self.parts.append(Text(text))
            self.used_bytes += DISPLAY_BYTES
        added = (_JOIN if isinstance(last, Text) else "") + text
        self.used += characters(added)
        self.used_bytes += size_bytes(added)

    def add_picture(self, picture: Picture) -> None:
        self.parts.append(picture)
        self.pictures += 1
        self.used += PICTURE_CHARACTERS
        self.used_bytes += PICTURE_BYTES


@dataclass(frozen=True, slots=True)
class Packed:
    """The pages, never none.

    Attributes:
        begins: for each piece, the page (counted from 0) on which it begins.
    """

    pages: tuple[tuple[Text | Picture, ...], ...]
    begins: tuple[int, ...]


def pack(pieces: Sequence[Piece], budget: Budget) -> Packed:
    """Return *pieces* as pages, in order; whole where a piece fits a page."""
    pages = [_Page(budget)]
    begins: list[int] = []
    for piece in pieces:
        if not _starts_here(piece, pages[-1]):
            pages.append(_Page(budget))
        begins.append(len(pages) - 1)
        if isinstance(piece, Picture):
            pages[-1].add_picture(piece)
        else:
            _add(piece, pages)
    return Packed(tuple(tuple(page.parts) for page in pages), tuple(begins))


def _starts_here(piece: Piece, page: _Page) -> bool:
    if not page.parts:
        return True
    room = page.room()
    if isinstance(piece, Picture):
        return room.pictures > 0 and room.characters >= PICTURE_CHARACTERS and room.bytes >= PICTURE_BYTES
    if _fits(piece, room):
        return True
    whole_page = _fits(piece, _Page(page.budget).room())
    worth = room.characters > page.budget.characters * _WORTH and room.bytes > page.budget.bytes * _WORTH
    return worth and not whole_page


def _add(piece: Prose | Code, pages: list[_Page]) -> None:
    rest: Prose | Code | None = piece
    while rest is not None:
        room = pages[-1].room()
        if _fits(rest, room):
            pages[-1].add_text(_shown(rest))
            return
        head, rest = _split(rest, room)
        pages[-1].add_text(_shown(head))
        if rest is not None:
            pages.append(_Page(pages[-1].budget))


def _shown(piece: Prose | Code) -> str:
    return piece.text if isinstance(piece, Prose) else fenced(piece)


def _fits(piece: Prose | Code, room: Budget) -> bool:
    shown = _shown(piece)
    if len(shown) > room.characters:  # of a text of many pages, of which this is asked at each, nothing is counted
        return False
    return characters(shown) <= room.characters and size_bytes(shown) <= room.bytes


def _split(piece: Prose | Code, room: Budget) -> tuple[Prose | Code, Prose | Code | None]:
    if isinstance(piece, Prose):
        head, tail = cut_prose(piece.text, room.characters, room.bytes)
        return Prose(head), Prose(tail) if tail else None
    fences = characters(fenced(replace(piece, body="")))
    head, tail = cut_code(piece.body, room.characters - fences, room.bytes - fences)
    return replace(piece, body=head), replace(piece, body=tail) if tail.strip() else None
