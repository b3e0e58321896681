"""Takes off a picture what its file tells besides: place, device, programs. The picture stays as it is, bit by bit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PIXELS: Final = b"IDAT"
_END_OF_PNG: Final = b"\0\0\0\0IEND\xaeB`\x82"
_TELLING_PNG: Final = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_TELLING_WEBP: Final = frozenset({b"EXIF", b"XMP "})
_FLAGS_OF_TELLING: Final = 0x0C
"""Of a WebP file's header: it holds EXIF, it holds XMP."""
_APP0, _APP2, _ADOBE, _APP15, _COMMENT = 0xE0, 0xE2, 0xEE, 0xEF, 0xFE
_SCAN, _END = 0xDA, 0xD9
_MARKER: Final = re.compile(rb"\xff++([^\x00\xff\xd0-\xd7])")
_MARKER_AHEAD: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""Without the bytes that fill up before it: a long run of them would be looked through from each."""
_BEGUN_GIF: Final = 13
"""Bytes before the colours."""
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_TIMES: Final = b"\x21\xf9"
_REPEATS: Final = b"\x21\xff\x0bNETSCAPE2.0"


class BrokenError(Exception):
    """The file is not built as its kind is."""


def without(data: bytes, kind: str) -> bytes:
    """Return the picture without EXIF, XMP, IPTC, texts, comments and what stands after its end.

    Args:
        data: a whole file; may be hostile.
        kind: ``PNG``, ``JPEG``, ``WEBP`` or ``GIF``; others are returned as they are.

    Raises:
        BrokenError: it is not of that kind.
    """
    match kind:
        case "PNG":
            return _PNG + b"".join(_png_chunks(data))
        case "JPEG":
            return b"\xff\xd8" + b"".join(_jpeg_segments(data))
        case "WEBP":
            return _webp(data)
        case "GIF":
            return b"".join(_gif_blocks(data))
        case _:
            return data


def _png_chunks(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    drawn = False
    while True:
        name = data[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data) or len(name) < 4:
            if not drawn or name == _PIXELS:
                raise BrokenError("a chunk is cut off")
            yield _END_OF_PNG  # all that is to be seen is there
            return
        if name not in _TELLING_PNG:
            yield data[at:end]
        if name == b"IEND":
            return
        drawn = drawn or name == _PIXELS
        at = end


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    at = 2
    while True:
        found = _MARKER.match(data, at)
        if found is None:
            raise BrokenError("no marker where one belongs")
        marker = found[1][0]
        if marker == _END:
            yield b"\xff\xd9"
            return
        end = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
        if marker == _SCAN:
            following = _MARKER_AHEAD.search(data, end)
            end = following.start() if following else len(data)
        if not _tells(marker, data[found.end() + 2 : found.end() + 16]):
            yield data[found.start() : end]
        if end == len(data):  # cut off: as much as there is can be seen
            return
        at = end


def _tells(marker: int, begin: bytes) -> bool:
    """Tell whether a segment says nothing of the colours: those that do are JFIF, Adobe's and a colour profile."""
    if marker == _APP2:
        return not begin.startswith(b"ICC_PROFILE\0")
    return marker == _COMMENT or (_APP0 < marker <= _APP15 and marker != _ADOBE)


def _webp(data: bytes) -> bytes:
    kept = [b"WEBP"]
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        chunk = data[at : at + 8 + size + size % 2]
        name = chunk[:4]
        if name == b"VP8X" and len(chunk) > 8:
            chunk = chunk[:8] + bytes([chunk[8] & ~_FLAGS_OF_TELLING]) + chunk[9:]
        if name not in _TELLING_WEBP:
            kept.append(chunk)
        at += len(chunk)
    body = b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _gif_blocks(data: bytes) -> Iterator[bytes]:
    """Yield the frames, their times and how often they are shown, and no texts; of what is cut off, what there is."""
    at = _BEGUN_GIF + _colours_bytes(data[10:11])
    yield data[:at]
    while at < len(data) and data[at] != _TRAILER:
        block = data[at : at + len(_REPEATS)]
        image = block[0] == _IMAGE
        if image:
            end = _after_parts(data, at + 11 + _colours_bytes(data[at + 9 : at + 10]))
        elif block[0] == _EXTENSION:
            end = _after_parts(data, at + 2)
        else:  # readers go on with the next byte
            end = at + 1
        if image or block[:2] == _TIMES or block == _REPEATS:
            yield data[at:end]
        at = end
    yield data[at : at + 1]


def _colours_bytes(flags: bytes) -> int:
    """Return how long the colours are that *flags* announce."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _after_parts(data: bytes, at: int) -> int:
    """Return where the parts end that begin at *at*, each with its length before it; the last has none."""
    while at < len(data) and data[at]:
        at += data[at] + 1
    return min(at + 1, len(data))
