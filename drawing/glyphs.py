"""What our font holds: which characters, and how wide. For others, whether a font of the machine draws them."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from drawing import raster

_EM: Final = 1_000
"""Units of our font."""
_FOREIGN: Final = 1.25
"""Ems of a character that is not ours: about those of an emoji, and more than most letters take."""
_LACKING: Final = "\U0010fffd"
"""A character that no font has: what is drawn for it is drawn for whatever is lacking."""
_FORMAT_4: Final = 4
_SIDE: Final = 40


def advance(character: str) -> float:
    """Return the ems that *character* takes."""
    if (width := _advances().get(ord(character))) is not None:
        return width
    return 0.0 if _is_unseen(character) else _FOREIGN


def is_ours(character: str) -> bool:
    """Return whether our font draws *character*, or nothing is to be drawn for it."""
    return ord(character) in _advances() or _is_unseen(character)


@cache
def is_drawn(character: str) -> bool:
    """Return whether any font of this machine draws *character*. Takes 0.1 s for one that is not ours."""
    return is_ours(character) or _drawn(character) not in {_drawn(" "), _drawn(_LACKING)}


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me", "Cf"}


def _drawn(character: str) -> bytes:
    text = f'<text x="4" y="30" font-size="24" fill="#fff">{escape(character)}</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_SIDE}" height="{_SIDE}">{text}</svg>'
    return raster.png(svg, _SIDE, _SIDE, system_fonts=True)


@cache
def _advances() -> Mapping[int, float]:
    """Return the width in ems of each character of our font."""
    font = (files("drawing.fonts") / raster.FONT).read_bytes()
    tables = dict(_tables(font))
    (count,) = struct.unpack_from(">H", font, tables["hhea"] + 34)
    widths = [struct.unpack_from(">H", font, tables["hmtx"] + 4 * number)[0] / _EM for number in range(count)]
    # Glyphs without a width of their own share the last.
    return MappingProxyType({code: widths[min(glyph, count - 1)] for code, glyph in _glyphs(font, tables["cmap"])})


def _tables(font: bytes) -> Iterator[tuple[str, int]]:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        yield tag.decode("ascii"), offset


def _glyphs(font: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    """Yield the characters of the basic plane and their glyphs (OpenType, cmap format 4)."""
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    offsets = (cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)[2] for number in range(count))
    start = next(offset for offset in offsets if struct.unpack_from(">H", font, offset)[0] == _FORMAT_4)
    (doubled,) = struct.unpack_from(">H", font, start + 6)
    segments = doubled // 2

    def column(place: int, kind: str = "H") -> tuple[int, ...]:
        return struct.unpack_from(f">{segments}{kind}", font, place)

    ends, starts = column(start + 14), column(start + 16 + doubled)
    shifts, ranges = column(start + 16 + 2 * doubled), column(start + 16 + 3 * doubled)
    for number, (first, last, shift, reach) in enumerate(zip(starts, ends, shifts, ranges, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if reach:
                place = start + 16 + 3 * doubled + 2 * number + reach + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", font, place)
            if glyph := (glyph + shift) & 0xFFFF if glyph or not reach else 0:
                yield code, glyph
