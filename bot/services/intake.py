"""Keeps answers, those that come at the same time in one transaction: what the disk promises takes it milliseconds."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.services import points
from bot.services.groups import Groups, Who
from storage import cards, events, totals
from storage.cards import NewCard
from storage.database import Database, DirectConnection
from storage.errors import StorageError
from storage.events import Event

_MOST: Final = 200
"""Answers of one transaction: who asks for something else waits for it."""
_TOGETHER: Final = 8
"""Answers that go on in one turn of the event loop: each has a reply to write."""
_QUIET: Final = 12
"""Turns of the event loop in which nobody comes, after which nobody is waited for. An idle one turns in no time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer on its way into the database.

    Attributes:
        event: with the points it earns, before any daily cap.
        card: what its author is to repeat; kept only if the answer counts.
    """

    event: Event
    who: Who
    card: NewCard | None


Kept = int | None
"""The points that an answer earned; None if it does not count."""


class Intake:
    """Takes answers of many people at once."""

    def __init__(self, db: Database, groups: Groups) -> None:
        self._db = db
        self._groups = groups
        self._waiting: list[tuple[Answer, asyncio.Future[Kept]]] = []
        self._working: asyncio.Task[None] | None = None

    async def keep(self, answer: Answer) -> Kept:
        """Keep an answer for good if it is the first of its author to an open round, and return what it earned.

        Raises:
            StorageError: the database cannot be written.
        """
        promise: asyncio.Future[Kept] = asyncio.get_running_loop().create_future()
        self._waiting.append((answer, promise))
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        return await promise

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                await self._keep_some(self._next())
        finally:
            self._working = None
            for _, promise in self._waiting:
                promise.cancel()
            self._waiting.clear()

    async def _gather(self) -> None:
        """Let those that are on their way here arrive, as long as others keep coming."""
        before, quiet = 0, 0
        while quiet < _QUIET and len(self._waiting) < _MOST:
            quiet = 0 if len(self._waiting) > before else quiet + 1
            before = len(self._waiting)
            await asyncio.sleep(0)

    def _next(self) -> list[tuple[Answer, asyncio.Future[Kept]]]:
        """Return those that come next, one of each person: a second one has to find the first."""
        batch: dict[int, tuple[Answer, asyncio.Future[Kept]]] = {}
        left = []
        for one in self._waiting:
            user_id = one[0].who.user_id
            if len(batch) < _MOST and user_id not in batch:
                batch[user_id] = one
            else:
                left.append(one)
        self._waiting = left
        return list(batch.values())

    async def _keep_some(self, batch: Sequence[tuple[Answer, asyncio.Future[Kept]]]) -> None:
        try:
            kept = await self._keep_all([answer for answer, _ in batch])
            await _hand_out([promise for _, promise in batch], kept)
        except asyncio.CancelledError:
            for _, promise in batch:
                promise.cancel()
            raise
        except StorageError as error:
            # It is no single answer's fault, and to find the database busy takes its time: not once for each of them.
            _refuse(batch, error)
        except Exception as error:  # noqa: BLE001 - handed on to whoever waits for the answer
            await self._keep_each(batch, error)

    async def _keep_each(self, batch: Sequence[tuple[Answer, asyncio.Future[Kept]]], error: Exception) -> None:
        """Keep one at a time after they failed together: what is wrong with one must not harm the others."""
        if len(batch) > 1:
            for one in batch:
                await self._keep_some([one])
            return
        _refuse(batch, error)

    async def _keep_all(self, batch: Sequence[Answer]) -> list[Kept]:
        kept = await self._db.at_once(lambda conn: self._keep_now(conn, batch))
        for answer, points_kept in zip(batch, kept, strict=True):
            if points_kept is not None:
                self._groups.remember(answer.who)
        return kept

    def _keep_now(self, conn: DirectConnection, batch: Sequence[Answer]) -> list[Kept]:
        if any(_is_capped(answer.event) for answer in batch):
            # In the order in which others take them: the rounds, then the sums.
            events.open_until(conn, {answer.event.round_id for answer in batch})
            totals.hold(conn, [(answer.who.guild_id, answer.who.user_id) for answer in batch])
        new = [_worth(conn, answer.event) for answer in batch]
        counted = events.add_answers(conn, new)
        taken = [answer for answer in batch if _key(answer.event) in counted]
        self._groups.see_all(conn, [answer.who for answer in taken])
        cards.add_all(conn, [answer.card for answer in taken if answer.card])
        return [event.points if _key(event) in counted else None for event in new]


def _refuse(batch: Sequence[tuple[Answer, asyncio.Future[Kept]]], error: Exception) -> None:
    for _, promise in batch:
        if not promise.done():
            promise.set_exception(error)


async def _hand_out(promises: Sequence[asyncio.Future[Kept]], kept: Sequence[Kept]) -> None:
    for number, (promise, found) in enumerate(zip(promises, kept, strict=True), 1):
        if not promise.done():
            promise.set_result(found)
        if number % _TOGETHER == 0:
            await asyncio.sleep(0)


def _is_capped(event: Event) -> bool:
    return event.source == points.CAPPED and bool(event.points)


def _worth(conn: DirectConnection, event: Event) -> Event:
    if not _is_capped(event):
        return event
    before = events.points_now(
        conn, guild_id=event.guild_id, user_id=event.user_id, day=event.day, source=points.CAPPED
    )
    return replace(event, points=points.capped(event.points, before))


def _key(event: Event) -> tuple[int, int]:
    return event.round_id, event.user_id
