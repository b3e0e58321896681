"""Wakes what waits for something to do: rung by those who make something due."""

from __future__ import annotations

import asyncio


class Bell:
    """Rung any number of times, it wakes the one who waits, now or next, once."""

    def __init__(self) -> None:
        self._rung = False
        self._waiting: asyncio.Timeout | None = None

    def ring(self) -> None:
        """Wake whoever waits, now or next."""
        self._rung = True
        if self._waiting is not None:
            self._waiting.reschedule(asyncio.get_running_loop().time())
            self._waiting = None

    async def wait(self, at_most_s: float) -> bool:
        """Return when it is rung, or after *at_most_s* seconds; whether it was rung."""
        if not self._rung:
            # A sleep that is cut short, because a clock that a test moves knows sleeps, but no events.
            try:
                async with asyncio.timeout(None) as self._waiting:
                    await asyncio.sleep(max(at_most_s, 0.0))
            except TimeoutError:
                pass
            finally:
                self._waiting = None
        rung, self._rung = self._rung, False
        return rung
