"""Listens to a program without believing that it will ever be silent."""

from __future__ import annotations

import contextlib
import io
import threading
from typing import IO, Final

_CHUNK: Final = 64 * 1024


class Heard:
    """What a program says into a pipe, read on a thread of its own, which closes the pipe.

    Attributes:
        too_long: whether it said more than *most*; nothing more is listened to then.

    Args:
        pipe: unbuffered, or nothing is heard before it is full; None is one that says nothing.
        most: bytes that are kept.
    """

    def __init__(self, pipe: IO[bytes] | None, most: int) -> None:
        self.too_long = False
        self._kept = bytearray()
        self._most = most
        self._thread = threading.Thread(target=self._listen, args=(pipe or io.BytesIO(),), daemon=True)
        self._thread.start()

    @property
    def text(self) -> str:
        """What was heard so far."""
        return bytes(self._kept).decode("utf-8", "replace")

    def wait(self, seconds: float) -> bool:
        """Return whether all there is was heard, after so many seconds at most."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _listen(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(OSError), pipe:
            while chunk := pipe.read(_CHUNK):
                room = self._most - len(self._kept)
                self._kept += chunk[:room]
                if len(chunk) > room:
                    self.too_long = True
                    return
