"""Keeps what became of each step of a daily post: sent, opened, shown, or not, and what follows from that."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.services.bell import Bell
from bot.services.posting import NoticeKind, Problem
from bot.services.reveals import Reveal
from bot.services.rounds import Asked
from bot.services.schedule import next_slot
from storage import notices, posts, rounds, streams
from storage.database import Connection, Database
from storage.posts import CLAIMED, REVEALED, SENT, SKIPPED, UNCERTAIN, Post
from storage.streams import Stream

log = logging.getLogger(__name__)

_LOOKED_FOR: Final = timedelta(minutes=30)
"""How long a message is looked for while Discord does not answer, before people are asked."""
_LOOK_AGAIN: Final = timedelta(minutes=10)
_WAIT: Final = timedelta(minutes=1)
_ZONES_DIFFER: Final = timedelta(days=1)
CLOCKS_DIFFER: Final = timedelta(minutes=1)
"""Of two computers; what is further ahead of now was written by a clock that was wrong."""
_BACK_OFF_S: Final = (5, 15, 45, 120, 300)
_THREAD_TRIES: Final = 5
_REVEAL_TRIES: Final = 100
"""Over some eight hours."""


@dataclass(frozen=True, slots=True)
class Work:
    """A post that is ours for a while.

    Attributes:
        send: its message is to be sent.
        thread: its thread is to be opened.
        reveal: its answers are to be shown.
        look: a message may have arrived longer ago than Discord would tell us by itself: look for it first.
        late: too late to send it; it is only looked for.
        reveal_at: when its answers are shown at the latest if it is sent now; None for a test.
    """

    post: Post
    stream: Stream
    asked: Asked
    send: bool
    thread: bool
    reveal: bool
    look: bool
    late: bool
    reveal_at: datetime | None


class Steps:
    """What became of the steps. Every method is safe to repeat."""

    def __init__(self, db: Database, *, bell: Bell, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._bell = bell
        self._clock = clock

    async def trying_anew(self, work: Work) -> None:
        """Keep that a message is about to be sent, and that none before it arrived."""
        await self._change(work.post, {"unsure_since": self._clock()})

    async def sent(self, work: Work, message_id: int) -> None:
        """Keep that the message is there."""
        async with self._db.begin() as conn:
            values = {**out(work.post, work.stream, self._clock()), "message_id": message_id}
            if await posts.change(conn, work.post.id, values, states={CLAIMED, UNCERTAIN}):
                await rounds.shown_at(conn, work.asked.round_id, message_id)
        self._bell.ring()

    async def not_sent(self, work: Work, problem: Problem) -> None:
        """Keep that the message could not be sent: try again, or pause the stream, or leave the day out."""
        async with self._db.begin() as conn:
            if problem is Problem.AWAY:
                await posts.change(conn, work.post.id, {"again_at": self._later(work.post.tries)})
            elif problem is Problem.REFUSED or work.post.day is None:
                await give_up(conn, work.post, problem, self._clock())
            else:
                await self._pause(conn, work.post, problem)
        self._bell.ring()

    async def not_found(self, work: Work, problem: Problem | None) -> bool:
        """Keep what the look for the message brought; return whether it may be sent again.

        Args:
            work: with *look*.
            problem: why nobody could look; None if it is not there.
        """
        if problem is None and not work.late:
            return True
        now = self._clock()
        patient = now - (work.post.unsure_since or now) < _LOOKED_FOR and not work.late
        async with self._db.begin() as conn:
            if problem is None or work.post.day is None:
                await give_up(conn, work.post, Problem.AWAY, now)
            elif problem is Problem.AWAY and patient:
                await posts.change(conn, work.post.id, {"again_at": self._later(work.post.tries)})
            else:
                await self._ask(conn, work)
        self._bell.ring()
        return False

    async def hold(self, work: Work) -> None:
        """Look at the post again in a minute: its group is not there now."""
        later = self._clock() + _WAIT
        step = {"again_at": later, "tries": work.post.tries - 1} if work.send or work.thread else {}
        reveal = {"reveal_at": later, "reveal_tries": work.post.reveal_tries - 1} if work.reveal else {}
        await self._change(work.post, {**step, **reveal, "unsure_since": work.post.unsure_since})

    async def threaded(self, work: Work, thread_id: int) -> None:
        """Keep that the thread is open."""
        await self._change(work.post, {"thread_id": thread_id, "again_at": None, "tries": 0, "unsure_since": None})

    async def not_threaded(self, work: Work, problem: Problem) -> None:
        """Keep that the thread could not be opened: try again for a while, then do without it, and say so once."""
        if problem is Problem.AWAY and work.post.tries < _THREAD_TRIES:
            await self._change(work.post, {"again_at": self._later(work.post.tries), "unsure_since": None})
            return
        async with self._db.begin() as conn:
            before = await posts.history(conn, work.stream.id, offset=1, limit=1)
            values = {"again_at": None, "unsure_since": None, "problem": Problem.THREAD}
            await posts.change(conn, work.post.id, values)
            if work.post.day is not None and not any(one.problem == Problem.THREAD for one in before):
                await _notify(conn, NoticeKind.THREAD, work.post, self._clock())
        self._bell.ring()

    async def revealed(self, work: Work, problem: Problem | None = None) -> None:
        """Keep that the answers are shown, or why they cannot be."""
        values = {"state": REVEALED, "revealed_at": self._clock(), "reveal_at": None, "again_at": None}
        await self._change(work.post, {**values, "unsure_since": None, **({"problem": problem} if problem else {})})

    async def not_revealed(self, work: Work) -> None:
        """Keep that Discord did not answer while the answers were to be shown: try again, for hours."""
        if work.post.reveal_tries >= _REVEAL_TRIES:
            await self.revealed(work, Problem.AWAY)
        else:
            await self._change(work.post, {"reveal_at": self._later(work.post.reveal_tries)})

    async def _pause(self, conn: Connection, post: Post, problem: Problem) -> None:
        # That this try failed says nothing about an earlier one of which nobody heard.
        values = {"again_at": None, "problem": problem, "unsure_since": post.unsure_since}
        await posts.change(conn, post.id, values)
        if await streams.pause(conn, post.stream_id, problem):
            log.warning("Stream %s is paused: %s", post.stream_id, problem)
            await _notify(conn, NoticeKind.PAUSED, post, self._clock())

    async def _ask(self, conn: Connection, work: Work) -> None:
        """Ask those who manage the group whether the message is there; go on looking while it could still be sent."""
        again = None if work.late else self._clock() + _LOOK_AGAIN
        values = {"state": UNCERTAIN, "problem": Problem.UNCERTAIN, "again_at": again}
        if await posts.change(conn, work.post.id, values, states={CLAIMED}):
            log.warning("Nobody knows whether post %s arrived", work.post.id)
            await _notify(conn, NoticeKind.UNCERTAIN, work.post, self._clock())
        else:
            await posts.change(conn, work.post.id, {"again_at": again}, states={UNCERTAIN})

    async def _change(self, post: Post, values: Mapping[str, Any]) -> None:
        async with self._db.begin() as conn:
            await posts.change(conn, post.id, values)

    def _later(self, tries: int) -> datetime:
        return self._clock() + timedelta(seconds=_BACK_OFF_S[min(max(tries, 1), len(_BACK_OFF_S)) - 1])


def out(post: Post, stream: Stream, now: datetime) -> dict[str, Any]:
    """Return what changes about a post when its message is there."""
    values = {"state": SENT, "unsure_since": None, "tries": 0, "problem": None, "again_at": None}
    if post.day is None:
        return values
    return {**values, "reveal_at": reveal_at(post, stream, now), "again_at": now if stream.thread else None}


def reveal_at(post: Post, stream: Stream, now: datetime) -> datetime | None:
    """Return when the answers to a post that is sent *now* are shown at the latest; None for a test."""
    if post.day is None:
        return None
    zone = ZoneInfo(stream.zone)
    day = min(post.day, now.astimezone(zone).date() + _ZONES_DIFFER)
    slot = next_slot(now, zone, time.fromisoformat(stream.post_at), after=day)
    return Reveal.read(post.reveal).at(now, slot.at)


async def give_up(conn: Connection, post: Post, problem: Problem, now: datetime) -> None:
    """Leave the day of a post out: its question goes back, unless Discord refuses it, and nobody can answer it."""
    values = {"state": SKIPPED, "problem": problem, "again_at": None, "unsure_since": None}
    ahead = post.due_at - now > CLOCKS_DIFFER
    if ahead:  # begun by a clock that was wrong: the day is still to come, and then it has its question
        values = {**values, "problem": Problem.LATE, "day": None}
    if not await posts.change(conn, post.id, values, states={CLAIMED, UNCERTAIN}):
        return
    if post.round_id is not None:
        await rounds.close(conn, post.round_id, now)
    if post.day is not None and problem is not Problem.LATE and not ahead:
        kind = NoticeKind.REFUSED if problem is Problem.REFUSED else NoticeKind.MISSED
        await _notify(conn, kind, post, now)


async def _notify(conn: Connection, kind: NoticeKind, post: Post, now: datetime) -> None:
    await notices.add(conn, kind, post.stream_id, at=now, post_id=post.id)
