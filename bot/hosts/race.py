"""Keeps the races going: does for each what is due, so that none waits for another. All it knows stands in rows."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from bot.client import StudyBot
from bot.hosts.race_driver import RaceDriver
from bot.publisher import Publisher

log = logging.getLogger(__name__)

_LONGEST_WAIT_S: Final = 60.0
"""Clocks jump and machines sleep: so long at most is it trusted that nothing is due."""
_RESTS_S: Final = 5.0


class RaceHost:
    """All races of all groups."""

    def __init__(self, bot: StudyBot) -> None:
        self._steps = bot.services.race_steps
        self._driver = RaceDriver(bot, Publisher(bot))
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._resumed = False

    async def run(self) -> None:
        """Take up what was left, then do what is due, for ever."""
        try:
            if not self._resumed:
                await self._driver.resume()
                self._resumed = True
            while True:
                await self._steps.looks.bell.wait(await self._start_due())
        finally:
            tasks = tuple(self._busy.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _start_due(self) -> float:
        """Start on every race that is due, and return in how many seconds the next will be."""
        times = await self._steps.times()
        now = self._steps.clock()
        waits = [_LONGEST_WAIT_S]
        for game_id in times.keys() - self._busy.keys():
            if times[game_id] <= now:
                self._busy[game_id] = asyncio.create_task(self._drive(game_id))
            else:
                waits.append((times[game_id] - now).total_seconds())
        return min(waits)

    async def _drive(self, game_id: int) -> None:
        try:
            await self._driver.drive(game_id)
        except Exception:
            # The outermost frame of one race: its fault, or the database's, is no reason to end the others.
            log.exception("Race %s stopped, going on in a while", game_id)
            await asyncio.sleep(_RESTS_S)
        finally:
            del self._busy[game_id]
            self._steps.looks.bell.ring()
