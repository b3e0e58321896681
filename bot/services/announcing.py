"""What channels are to be told about questions: decisions to those who suggested them, reports to who manages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.services.bell import Bell
from bot.services.questions import question_of
from knowledge.questions.model import Question
from storage import announcements, questions
from storage.announcements import Announcement
from storage.database import Database

_LEASE: Final = timedelta(minutes=2)
"""Within which Discord knows a message that is sent again by its nonce."""
_AT_ONCE: Final = 20
_MOST_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell.

    Attributes:
        question: None where it is not one of the group's own, or is gone.
    """

    announcement: Announcement
    number: int
    author_id: int | None
    question: Question | None


class Announcing:
    """Hands out what is to be told; each is told once, or given up after some tries."""

    def __init__(self, db: Database, *, bell: Bell, clock: Callable[[], datetime]) -> None:
        self.bell = bell
        self._db = db
        self._clock = clock

    async def due(self) -> tuple[News, ...]:
        """Return what is to be told now, and keep others from it for a while."""
        now = self._clock()
        async with self._db.begin() as conn:
            taken = await announcements.take(conn, now, until=now + _LEASE, limit=_AT_ONCE)
            found = [(one, await questions.get(conn, one.guild_id, one.question_id)) for one in taken]
            for one in taken:
                if one.tries >= _MOST_TRIES:
                    await announcements.drop(conn, one.id)
        return tuple(
            News(one, row.number if row else 0, row.author_id if row else None, question_of(row) if row else None)
            for one, row in found
            if one.tries < _MOST_TRIES
        )

    async def settle(self, news: News) -> None:
        """Forget what was told, or what never can be."""
        async with self._db.begin() as conn:
            await announcements.drop(conn, news.announcement.id)

    async def hold(self, news: News) -> None:
        """Tell it later, for a reason that has nothing to do with it: as if it had not been tried."""
        async with self._db.begin() as conn:
            await announcements.give_back(conn, news.announcement.id)

    async def seconds(self, longest: float) -> float:
        """Return how long there is nothing to tell, at most *longest* seconds."""
        async with self._db.reading() as conn:
            at = await announcements.next_at(conn)
        return longest if at is None else min(max((at - self._clock()).total_seconds(), 0.0), longest)
