"""Posts the board of each week once: which are due, who may post one, and what becomes of it.

A board is claimed, posted and finished. What was claimed and never finished, because Discord failed or the process
died, is claimed again; a nonce and a look at the channel keep it from being there twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.services.boards import Board, Boards, View
from bot.services.groups import Groups, Who
from bot.services.periods import Period, next_week
from storage import settings, weekly
from storage.database import Connection, Database
from storage.weekly import Due

__all__ = ["UNCERTAIN", "Due", "Weekly", "WeeklyPost", "nonce", "week_ending"]

LEASE: Final = timedelta(minutes=2)
"""Within which a claim is finished, or somebody else takes it; shorter than Discord remembers a nonce."""
TOO_LATE: Final = timedelta(days=2)
"""After the end of its week a board is news no more."""
_PAUSES: Final = tuple(timedelta(seconds=s) for s in (15, 30, 60, 120, 300, 600, 1_800))
_AT_ONCE_AGAIN: Final = timedelta(minutes=1)
_PATIENCE: Final = timedelta(hours=6)
"""In which a Discord that fails is asked again whether an earlier try has arrived."""
_AWAY: Final = timedelta(minutes=1)
_AT_ONCE: Final = 50
_NOBODY: Final = 0
UNCERTAIN: Final = "uncertain"
"""The problem of a board of which nobody knows whether it was posted."""


@dataclass(frozen=True, slots=True)
class WeeklyPost:
    """A board that is ours to post for a while.

    Attributes:
        nonce: of its message, at most 25 characters.
        again: an earlier try may have posted it; look for it first.
        fresh: Discord still remembers the nonce of that try: where nobody can look, posting again is safe.
        patient: whoever cannot look now may look again later.
    """

    row: Due
    board: Board
    nonce: str
    again: bool
    fresh: bool
    patient: bool


class Weekly:
    """The boards of weeks that are over."""

    def __init__(self, db: Database, groups: Groups, boards: Boards, *, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._groups = groups
        self._boards = boards
        self._clock = clock

    async def wait_s(self, at_most_s: float) -> float:
        """Return the seconds until a board wants to be looked at."""
        async with self._db.reading() as conn:
            first = await weekly.next_at(conn)
        left = (first - self._clock()).total_seconds() if first else at_most_s
        return min(max(left, 0.0), at_most_s)

    async def due(self) -> tuple[Due, ...]:
        """Return the boards to look at now."""
        async with self._db.reading() as conn:
            return tuple(await weekly.due(conn, self._clock(), _AT_ONCE))

    async def claim(self, row: Due) -> WeeklyPost | None:
        """Take a board to post it; None if somebody else has it, it is too late, or there is nobody on it."""
        now = self._clock()
        async with self._db.begin() as conn:
            if not await weekly.claim(conn, row, now + LEASE):
                return None
            if now - row.due_at > TOO_LATE:
                await self._finish(conn, row, message_id=row.message_id, problem=row.problem)
                return None
        board = await self._boards.board(Who(_NOBODY, row.guild_id, ""), week_ending(row.due_at))
        if not board.rows:
            await self.done(row, row.message_id)
            return None
        return WeeklyPost(
            row,
            board,
            nonce=nonce("wk", row),
            again=row.tries > 0,
            fresh=row.tries == 1 and now - row.next_at < _AT_ONCE_AGAIN,
            patient=now - row.due_at < _PATIENCE,
        )

    async def done(self, row: Due, message_id: int | None) -> None:
        """End with the week: its board is there, or nobody stands on it."""
        async with self._db.begin() as conn:
            await self._finish(conn, row, message_id=message_id)
        self._groups.changed(row.guild_id)

    async def failed(self, row: Due, problem: str) -> bool:
        """End with the week without its board; return whether those who manage are to be told, which is once."""
        async with self._db.begin() as conn:
            ended = await self._finish(conn, row, message_id=row.message_id, problem=problem)
        self._groups.changed(row.guild_id)
        return ended and row.problem is None

    async def wait_for_group(self, row: Due) -> None:
        """Look again in a while: Discord has an outage, or the bot is no longer in the group."""
        async with self._db.begin() as conn:
            await weekly.put_off(conn, row, self._clock() + _AWAY)

    async def later(self, row: Due) -> None:
        """Try again after a pause that grows with the tries."""
        pause = _PAUSES[min(row.tries, len(_PAUSES) - 1)]
        async with self._db.begin() as conn:
            await weekly.put_off(conn, row, self._clock() + pause)

    async def _finish(self, conn: Connection, row: Due, *, message_id: int | None, problem: str | None = None) -> bool:
        group = await settings.group(conn, row.guild_id)
        after = max(self._clock(), row.due_at)
        next_due = next_week(after, ZoneInfo(group.zone), week_start=group.week_start)
        return await weekly.finish(conn, row, next_due, message_id=message_id, problem=problem)


def nonce(kind: str, row: Due) -> str:
    """Return what makes a repeated message known, of two letters for its *kind*; no group's is another's.

    Discord compares those of all channels, and all groups of a zone have their boards at the same moment.
    """
    return f"{kind}{row.guild_id:x}.{int(row.due_at.timestamp()) // 3_600:x}"


def week_ending(ends: datetime) -> View:
    """Return the board of a week that is over at *ends*."""
    return View(Period.WEEK, int(ends.timestamp()))
