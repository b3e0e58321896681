"""Wakes whoever waits for something to happen at the stand-in, so that no test sleeps."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

DEADLINE_S = 20.0


class Bell:
    """Rung by every request and every gateway payload; those who wait look then whether it was what they wait for.

    Attributes:
        hopeless: asked at every ring; once it is true, nothing is waited for any longer.
    """

    def __init__(self) -> None:
        self.hopeless: Callable[[], bool] = lambda: False
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Let everybody who waits look again."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def until(self, holds: Callable[[], object], what: Callable[[], str], deadline_s: float = DEADLINE_S) -> None:
        """Return as soon as *holds* is true.

        Args:
            holds: looked at once now and again after every ring.
            what: tells at the deadline what did not happen, with what did.
            deadline_s: long enough for a loaded machine: it is only ever reached by a failure.

        Raises:
            AssertionError: at the deadline, or when it is hopeless.
        """
        try:
            async with asyncio.timeout(deadline_s):
                while not holds():
                    assert not self.hopeless(), f"never: {what()}"
                    await self._rung.wait()
        except TimeoutError:
            raise AssertionError(f"not within {deadline_s:g} s: {what()}") from None
