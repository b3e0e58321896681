"""Draws what is ordered, once: pictures are kept in a folder by what they show."""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from drawing import style
from knowledge.confined import Confined, ConfinedError, Function

_KEPT_S: Final = 60 * 24 * 3600
"""Seconds after which a picture that nobody saw is taken away."""
_GIVEN_UP_S: Final = 24 * 3600
"""Seconds for which what could not be drawn is not tried again: the machine may only have been busy."""
_FAILED: Final = ".failed"
_AT_HAND: Final = 100
"""Pictures of people that are kept in memory; of about 50 KB each."""


@dataclass(frozen=True, slots=True)
class Order:
    """A picture to be drawn: by *function*, in a process of its own, from *values* that JSON can hold.

    Attributes:
        function: returns an Outcome whose value is width and height in pixels, whose data is a PNG.
        data: what is drawn from besides, such as a file.
        personal: it shows what is somebody's own, such as a name: kept in memory alone, until forget() is called.
    """

    function: Function
    values: tuple[Any, ...]
    data: bytes = b""
    personal: bool = False

    @property
    def key(self) -> str:
        """The same for the same picture, and only for it."""
        said = [style.VERSION, self.function.__module__, self.function.__qualname__, self.values]
        if self.data:
            said.append(hashlib.sha256(self.data).hexdigest())
        return hashlib.sha256(json.dumps(said).encode("ascii")).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that was drawn, kept as *name*; see Studio.content."""

    name: str


class Studio:
    """Draws in one process, which ends with close(). Safe from many threads, which wait for each other.

    Args:
        folder: where pictures are kept; made if it is not there. Whoever runs many bots gives each its own.
        confined: the process.
        clock: returns seconds since 1970.
    """

    def __init__(self, folder: Path, confined: Confined, *, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._confined = confined
        self._clock = clock
        self._at_hand = _AtHand()

    def close(self) -> None:
        """End the process; what is ordered later starts it again."""
        self._confined.close()

    def draw(self, order: Order) -> Drawn | None:
        """Return the picture; None if it cannot be drawn, which is tried once a day. Blocks: call it on a thread."""
        if order.personal:
            return self._drawn_at_hand(order)
        file = self._folder / f"{order.key}.png"
        if self._is_kept(file):
            return Drawn(file.name)
        failed = file.with_suffix(_FAILED)
        if self._age_s(failed) < _GIVEN_UP_S:
            return None
        try:
            outcome = self._confined.run(order.function, *order.values, data=order.data)
        except ConfinedError:
            self._keep(failed, b"")
            return None
        return Drawn(file.name) if self._keep(file, outcome.data) else None

    def content(self, name: str) -> bytes | None:
        """Return the PNG of what was drawn; None if it is gone. Blocks."""
        if content := self._at_hand.get(name):
            return content[0]
        try:
            return (self._folder / Path(name).name).read_bytes()
        except (OSError, ValueError):  # ValueError: a null character
            return None

    def forget(self) -> None:
        """Drop all pictures that show what is somebody's own."""
        self._at_hand.clear()

    def clear_out(self) -> None:
        """Take away pictures that nobody has seen for two months."""
        oldest = self._clock() - _KEPT_S
        with contextlib.suppress(OSError):
            for file in self._folder.iterdir():
                with contextlib.suppress(OSError):
                    if file.stat().st_mtime < oldest:
                        file.unlink()

    def _drawn_at_hand(self, order: Order) -> Drawn | None:
        name = f"{order.key}.png"
        kept = self._at_hand.get(name)
        if kept and (kept[0] or self._clock() - kept[1] < _GIVEN_UP_S):
            return Drawn(name) if kept[0] else None
        try:
            content = self._confined.run(order.function, *order.values, data=order.data).data
        except ConfinedError:
            content = b""
        self._at_hand.keep(name, content, self._clock())
        return Drawn(name) if content else None

    def _age_s(self, file: Path) -> float:
        try:
            return self._clock() - file.stat().st_mtime
        except OSError:
            return math.inf

    def _is_kept(self, file: Path) -> bool:
        try:
            os.utime(file, (self._clock(), self._clock()))
        except OSError:
            return False
        return True

    def _keep(self, file: Path, content: bytes) -> bool:
        """Write a file whole or not at all; return whether it is there."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as part:
                part.write(content)
            Path(part.name).replace(file)
            os.utime(file, (self._clock(), self._clock()))
        except OSError:
            return False
        return True


class _AtHand:
    """Contents and when they were drawn, by name, in memory: the _AT_HAND that were last needed. For many threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[bytes, float]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: str) -> tuple[bytes, float] | None:
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def keep(self, name: str, content: bytes, drawn_at: float) -> None:
        with self._lock:
            self._kept[name] = content, drawn_at
            self._kept.move_to_end(name)
            if len(self._kept) > _AT_HAND:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
