"""How often somebody may ask for something: so many times in a period that slides. In memory, bounded."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from bot.errors import TooFastError

KEPT: Final = 10_000
"""People whose times are remembered; the one who was away the longest makes room."""


class Pace:
    """Allows each key *times* uses within *period*."""

    def __init__(self, times: int, period: timedelta, kept: int = KEPT) -> None:
        self._times = times
        self._period = period
        self._kept = kept
        self._uses: OrderedDict[int, deque[datetime]] = OrderedDict()

    def take(self, key: int, now: datetime) -> None:
        """Count a use by *key* at *now*.

        Raises:
            TooFastError: there were too many; this one is not counted.
        """
        uses = self._uses.setdefault(key, deque(maxlen=self._times))
        self._uses.move_to_end(key)
        if len(self._uses) > self._kept:
            self._uses.popitem(last=False)
        if len(uses) == self._times and (free := uses[0] + self._period) > now:
            raise TooFastError(ceil((free - now).total_seconds()))
        uses.append(now)
