"""One compressed stream per gateway connection, of the kind that the client asks for in its address."""

from __future__ import annotations

import zlib
from typing import Any, Protocol

try:  # discord.py asks for zstd where this is installed, so it can be answered wherever it is asked for
    import zstandard
except ImportError:
    zstandard = None  # type: ignore[assignment]


class Stream(Protocol):
    """Turns one gateway message after the other into a frame of its own."""

    def pack(self, message: bytes) -> bytes | str:
        """Return the frame: bytes go out as a binary frame, str as a text frame."""
        ...


class Plain:
    """No compression."""

    def pack(self, message: bytes) -> str:
        """Return the message itself."""
        return message.decode()


class Zlib:
    """``compress=zlib-stream``: every frame ends in 00 00 FF FF."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def pack(self, message: bytes) -> bytes:
        """Return the next piece of the stream."""
        return self._stream.compress(message) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class Zstd:
    """``compress=zstd-stream``."""

    def __init__(self) -> None:
        self._stream: Any = zstandard.ZstdCompressor().compressobj()

    def pack(self, message: bytes) -> bytes:
        """Return the next piece of the stream."""
        piece: bytes = self._stream.compress(message) + self._stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        return piece


def stream(asked: str) -> Stream:
    """Return a new stream for a connection whose address says ``compress=asked`` (empty: nothing).

    Raises:
        ValueError: Discord knows no such compression.
    """
    kinds: dict[str, type[Stream]] = {"": Plain, "zlib-stream": Zlib, "zstd-stream": Zstd}
    if asked not in kinds:
        raise ValueError(asked)
    return kinds[asked]()
