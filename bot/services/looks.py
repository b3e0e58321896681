"""Which races are to be looked at soon because somebody did something in them. In memory: rows hold what matters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.services.bell import Bell

EVERY: Final = timedelta(seconds=2)
"""A race is looked at no more often, however much goes on in it: a message is not edited with every press."""


class Looks:
    """Collects what many people do into one look.

    Attributes:
        bell: rung when there is something to look at, or to do.
        every: how often a race is looked at, at most.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.bell = Bell()
        self.every = EVERY
        self._clock = clock
        self._wanted: dict[int, datetime] = {}

    def want(self, game_id: int) -> None:
        """Have a race looked at; a look that is wanted already serves for this, too."""
        if game_id not in self._wanted:
            self._wanted[game_id] = self._clock() + self.every
            self.bell.ring()

    def take(self, game_id: int, now: datetime) -> bool:
        """Return whether a race is to be looked at by *now*, once."""
        if game_id not in self._wanted or self._wanted[game_id] > now:
            return False
        del self._wanted[game_id]
        return True

    def times(self) -> dict[int, datetime]:
        """Return when each race is to be looked at."""
        return dict(self._wanted)
