"""Draws what is ordered, once: pictures are kept in a folder by what they show."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import math
import os
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from drawing import style
from knowledge.confined import Confined, ConfinedError, Function

_T = TypeVar("_T")
_KEPT_S: Final = 60 * 24 * 3600
"""Seconds after which a picture that nobody saw is taken away."""
_GIVEN_UP_S: Final = 24 * 3600
"""Seconds for which what could not be drawn is not tried again: the machine may only have been busy."""
_FAILED: Final = ".failed"
_WAITING: Final = 16
"""Threads that may wait for the process at the same time."""
_AT_HAND: Final = 100
"""Pictures that are kept in memory: those of people, of about 50 KB each, and what no file could be written for."""
_AT_HAND_BYTES: Final = 40_000_000
_NO_ROOM: Final = "start"
"""The kind of error of a process that the system had no room for; it may have in a moment."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """A picture to be drawn: by *function*, in a process of its own, from *values* that JSON can hold.

    Attributes:
        function: returns an Outcome whose value is width and height in pixels, whose data is a PNG.
        data: what is drawn from besides, such as a file.
        personal: it shows what is somebody's own, such as a name: kept in memory alone, until forget() is called.
        slow: it may take seconds, as a photo does; what is drawn at once does not wait for it.
    """

    function: Function
    values: tuple[Any, ...]
    data: bytes = b""
    personal: bool = False
    slow: bool = False

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
    """Draws in processes that end with close(). Safe from many threads, which wait for each other.

    Attributes:
        closed: it draws nothing any more.

    Args:
        folder: where pictures are kept; made if it is not there. Whoever runs many bots gives each its own.
        confined: a process.
        slow: one for orders that are slow; without it they are drawn in the other, too.
        clock: returns seconds since 1970.
    """

    def __init__(
        self,
        folder: Path,
        confined: Confined,
        *,
        slow: Confined | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.closed = False
        self._folder = folder
        self._confined = confined
        self._slow = slow or confined
        self._clock = clock
        self._at_hand = _AtHand()
        self._told = False
        self._threads = ThreadPoolExecutor(_WAITING, thread_name_prefix="draw")

    def close(self) -> None:
        """End the processes, and the threads that wait for them; what is still being prepared is drawn no more."""
        self.closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._confined.close()
        self._slow.close()

    async def beside(self, function: Callable[..., _T], *values: Any) -> _T:
        """Return what *function*, which may draw, returns for *values*.

        It runs on one of few threads of ours: whoever waits for no picture must not wait for a thread.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(function, *values))

    def draw(self, order: Order) -> Drawn | None:
        """Return the picture; None if it cannot be drawn, which is tried once a day. Blocks: call it on a thread."""
        if self.closed:  # else the process would be started again
            return None
        file = self._folder / f"{order.key}.png"
        if not order.personal and self._is_kept(file):
            return Drawn(file.name)
        if kept := self._at_hand.get(file.name):
            if kept.content:
                return Drawn(file.name)
            if self._clock() - kept.drawn_at < _GIVEN_UP_S:
                return None
        if not order.personal and self._age_s(file.with_suffix(_FAILED)) < _GIVEN_UP_S:
            return None
        return self._drawn(order, file)

    def content(self, name: str) -> bytes | None:
        """Return the PNG of what was drawn; None if it is gone. Blocks."""
        if kept := self._at_hand.get(name):
            return kept.content or None
        try:
            return (self._folder / Path(name).name).read_bytes()
        except (OSError, ValueError):  # ValueError: a null character
            return None

    def forget(self) -> None:
        """Drop all pictures that show what is somebody's own."""
        self._at_hand.forget()

    def clear_out(self) -> None:
        """Take away pictures that nobody has seen for two months."""
        oldest = self._clock() - _KEPT_S
        with contextlib.suppress(OSError):
            for file in self._folder.iterdir():
                with contextlib.suppress(OSError):
                    if file.stat().st_mtime < oldest:
                        file.unlink()

    def _drawn(self, order: Order, file: Path) -> Drawn | None:
        begun = self._at_hand.forgotten
        try:
            process = self._slow if order.slow else self._confined
            content = process.run(order.function, *order.values, data=order.data).data
        except ConfinedError as error:
            if error.kind == _NO_ROOM:
                return None
            content = b""
        if order.personal or not self._keep(file if content else file.with_suffix(_FAILED), content):
            kept = _Kept(content, self._clock(), order.personal)
            if not self._at_hand.keep(file.name, kept, begun):
                return None
        return Drawn(file.name) if content else None

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
            _write(file, content)
            os.utime(file, (self._clock(), self._clock()))
        except OSError as error:
            if not self._told:
                self._told = True
                log.warning("pictures are drawn anew after each start, as %s cannot be written: %s", file.parent, error)
            return False
        return True


def _write(file: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=file.parent)
    part = Path(name)
    try:
        with open(descriptor, "wb") as stream:
            stream.write(content)
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was drawn, empty for what could not be; see Order.personal."""

    content: bytes
    drawn_at: float
    personal: bool


class _AtHand:
    """Pictures in memory, by name: those that were last needed, _AT_HAND and _AT_HAND_BYTES at most. For many threads.

    Attributes:
        forgotten: how often forget() was called.
    """

    def __init__(self) -> None:
        self.forgotten = 0
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: str) -> _Kept | None:
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def keep(self, name: str, picture: _Kept, begun: int) -> bool:
        """Keep a picture; of people only if nobody was forgotten since *begun*. Return whether it is kept."""
        with self._lock:
            if picture.personal and self.forgotten != begun:
                return False
            self._kept[name] = picture
            self._kept.move_to_end(name)
            held = sum(len(one.content) for one in self._kept.values())
            while len(self._kept) > _AT_HAND or (held > _AT_HAND_BYTES and len(self._kept) > 1):
                held -= len(self._kept.popitem(last=False)[1].content)
            return True

    def forget(self) -> None:
        """Drop the pictures of people."""
        with self._lock:
            self.forgotten += 1
            for name in [name for name, picture in self._kept.items() if picture.personal]:
                del self._kept[name]
