"""Picture files of all kinds, made when they are needed."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw

PHONE = "A phone's name"


def saved(picture: Image.Image, kind: str, **how: Any) -> bytes:
    into = io.BytesIO()
    picture.save(into, kind, **how)
    return into.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def exif(orientation: int = 1) -> Image.Exif:
    """Return what a phone tells: its name, the place, which way is up."""
    told = Image.Exif()
    told[0x010F], told[0x0112] = PHONE, orientation
    told.get_ifd(0x8825)[1] = "N"
    return told


def photo(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Return a picture whose top left quarter is red."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height // 2))
    return picture.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    """Return what no format makes small."""
    return Image.effect_noise((width, height), 90).convert("RGB")


def animation(kind: str = "GIF", side: int = 40, frames: int = 4, **how: Any) -> bytes:
    pictures = [noise(side, side) for _ in range(frames)]
    return saved(pictures[0], kind, save_all=True, append_images=pictures[1:], duration=50, **how)


def line(colour: str) -> Image.Image:
    """Return a line without a ground."""
    picture = Image.new("RGBA", (200, 100))
    ImageDraw.Draw(picture).line((0, 0, 200, 100), colour, 9)
    return picture


def promising(width: int, height: int) -> bytes:
    """Return a small PNG whose header promises *width* x *height* pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
    return b"\x89PNG\r\n\x1a\n" + header + body + chunk(b"IEND", b"")


def svg(body: str, size: str = 'width="100" height="50"', before: str = "") -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}<svg {names} {size}>{body}</svg>".encode()
