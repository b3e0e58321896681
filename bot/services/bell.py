"""Wakes what waits for something to do: rung by those who make something due."""

from __future__ import annotations

import asyncio


class Bell:
    """Rung any number of times, it wakes whoever waits next once."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake whoever waits, now or next."""
        self._rung.set()

    async def wait(self, at_most_s: float) -> None:
        """Return when it is rung, or after *at_most_s* seconds."""
        try:
            async with asyncio.timeout(max(at_most_s, 0.0)):
                await self._rung.wait()
        except TimeoutError:
            return
        finally:
            self._rung.clear()
