"""Who may have left a group. The bot is told of no leavings, so those whom nobody has seen for long are asked about."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.services.bell import Bell
from storage import boards
from storage.boards import Standing
from storage.database import Database

UNSEEN_FOR: Final = timedelta(days=7)
"""Who did something since then is taken to be there."""
ASKED_AGAIN: Final = timedelta(days=7)
MOST: Final = 3
"""That one board asks about, so that nobody can make the bot ask Discord a lot."""
_WAITING: Final = 100
_KEPT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Doubt:
    """Somebody who may have left, as they were last seen."""

    guild_id: int
    user_id: int
    seen_at: datetime


class Leavers:
    """Those to ask about. What waits here is lost at a restart, and doubted anew by the next board."""

    def __init__(self, db: Database, *, clock: Callable[[], datetime]) -> None:
        self.bell = Bell()
        self._db = db
        self._clock = clock
        self._waiting: list[Doubt] = []
        self._asked: OrderedDict[tuple[int, int], datetime] = OrderedDict()

    def doubt(self, guild_id: int, found: Sequence[Standing]) -> None:
        """Note whom of a board to ask about."""
        now = self._clock()
        doubtful = [one for one in found if not one.gone and now - one.seen_at > UNSEEN_FOR]
        new = [one for one in doubtful if not self._was_asked(guild_id, one.user_id, now)]
        for one in new[: min(MOST, _WAITING - len(self._waiting))]:
            self._waiting.append(Doubt(guild_id, one.user_id, one.seen_at))
            self._asked[guild_id, one.user_id] = now
            self._asked.move_to_end((guild_id, one.user_id))
        while len(self._asked) > _KEPT:
            self._asked.popitem(last=False)
        if new:
            self.bell.ring()

    def next(self) -> Doubt | None:
        """Take the next one to ask about; None if there is none."""
        return self._waiting.pop(0) if self._waiting else None

    async def left(self, doubt: Doubt) -> None:
        """Note that Discord says they are no member."""
        async with self._db.begin() as conn:
            await boards.mark_gone(conn, doubt.guild_id, doubt.user_id, doubt.seen_at)

    def _was_asked(self, guild_id: int, user_id: int, now: datetime) -> bool:
        before = self._asked.get((guild_id, user_id))
        return before is not None and now - before < ASKED_AGAIN
