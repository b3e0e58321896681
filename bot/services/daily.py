"""Finds out which daily questions are due, and hands each step of a post to one who does it. See steps for the rest.

A step is taken for a while (LEASE), so that of several processes one does it; whoever dies over it is succeeded by
another. What was sent under a nonce is sent once for a few minutes (NONCE_LASTS); later it is looked for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.services.bell import Bell
from bot.services.posting import CATCH_UP, Posting, Problem, look_at
from bot.services.questions import Questions
from bot.services.replanning import Replanning
from bot.services.rounds import Rounds
from bot.services.schedule import latest_slot, next_slot
from bot.services.steps import CLOCKS_DIFFER, Work, give_up, reveal_at
from storage import agenda, notices, posts, rounds, streams
from storage.database import Connection, Database
from storage.posts import CLAIMED, SENT, UNCERTAIN, Post, Taken
from storage.streams import Stream

log = logging.getLogger(__name__)

TEST_WAITS: Final = timedelta(minutes=15)
LEASE: Final = timedelta(seconds=90)
NONCE_LASTS: Final = timedelta(minutes=2)
"""Discord says "a few minutes"; longer than LEASE, so that a successor's message is still the same one."""
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Due:
    """What wants something now: streams to be looked at, posts and notices by their ids.

    Attributes:
        next_at: when something is due next, in the past if anything is now; None if nothing ever is.
    """

    streams: tuple[Stream, ...] = ()
    posts: tuple[int, ...] = ()
    notices: tuple[int, ...] = ()
    next_at: datetime | None = None


class Daily:
    """Everything that is due.

    Attributes:
        bell: rung when something has become due.
        clock: what time it is.
    """

    def __init__(
        self,
        db: Database,
        posting: Posting,
        *,
        questions: Questions,
        rounds: Rounds,
        bell: Bell,
        clock: Callable[[], datetime],
    ) -> None:
        self._db = db
        self._posting = posting
        self._questions = questions
        self._rounds = rounds
        self._replanning = Replanning(db, clock=clock)
        self.bell = bell
        self.clock = clock

    async def due(self) -> Due:
        """Return what wants something now. Where nothing does, this is two looks at the ends of four indexes."""
        await self._replanning.look()
        now = self.clock()
        async with self._db.reading() as conn:
            next_at = await agenda.next_at(conn)
            if next_at is None or next_at > now:
                return Due(next_at=next_at)
            return Due(
                await streams.due(conn, now, _AT_ONCE),
                await posts.due(conn, now, _AT_ONCE),
                await notices.due(conn, now, _AT_ONCE),
                next_at,
            )

    async def claim(self, stream: Stream) -> None:
        """Begin the post of a stream's newest day, unless that was done, or is too long ago. Safe to repeat.

        Days before the newest are never caught up: nobody wants several questions at once.

        Raises:
            NotesLoadingError: the questions are not there yet.
        """
        bank = await self._questions.bank(stream.guild_id)
        async with self._db.begin() as conn:
            now = self.clock()
            kept = await streams.get(conn, stream.id)
            if kept is None or kept.next_at is None or kept.next_at > now:
                return
            zone, post_at = ZoneInfo(kept.zone), time.fromisoformat(kept.post_at)
            slot = latest_slot(now, zone, post_at)
            following = next_slot(now, zone, post_at, after=slot.day)
            await streams.change(conn, kept.id, next_at=look_at(kept, following))
            if now - slot.at <= CATCH_UP:
                await self._posting.begin(conn, kept, bank, day=slot.day, due_at=slot.at)
                return
            log.info("Stream %s: %s is left out, it would be %s late", kept.id, slot.day, now - slot.at)
            await self._posting.leave_out(conn, kept, day=slot.day, due_at=slot.at, problem=Problem.LATE)

    async def wait(self, stream: Stream, wait: timedelta) -> None:
        """Look at a stream again later: its group is not there, or something about it is broken."""
        async with self._db.begin() as conn:
            now = self.clock()
            kept = await streams.get(conn, stream.id)
            if kept is not None and kept.next_at is not None and kept.next_at <= now:
                await streams.change(conn, stream.id, next_at=now + wait)

    async def take(self, post_id: int) -> Work | None:
        """Return a post with what it wants; None if it wants nothing now, or somebody else has it.

        Whose answers are to be shown takes no more of them.
        """
        now = self.clock()
        async with self._db.begin() as conn:
            taken = await posts.take(conn, post_id, now, now + LEASE)
            stream = await streams.get(conn, taken.post.stream_id) if taken else None
            if taken is None or stream is None or await self._over(conn, taken, now):
                return None
            post = taken.post
            if taken.reveal and post.round_id is not None:
                # What is shown is all there is: from now on nobody answers.
                await rounds.close(conn, post.round_id, now)
        late = _is_late(post, now)
        return Work(
            post=post,
            stream=stream,
            asked=await self._rounds.asked(post.round_id or 0),
            send=taken.step and post.state in {CLAIMED, UNCERTAIN},
            thread=taken.step and post.state == SENT,
            reveal=taken.reveal and post.state == SENT,
            look=post.unsure_since is not None and (late or abs(now - post.unsure_since) > NONCE_LASTS),
            late=late,
            reveal_at=reveal_at(post, stream, now),
        )

    async def _over(self, conn: Connection, taken: Taken, now: datetime) -> bool:
        """Return whether there is nothing left to do for a post; it is not looked at again then."""
        post = taken.post
        if post.state == CLAIMED and taken.step and post.unsure_since is None and _is_late(post, now):
            tried = post.tries > 1
            await give_up(conn, post, Problem.AWAY if tried else Problem.LATE, now)
            return True
        if post.state in {CLAIMED, UNCERTAIN, SENT}:
            return False
        await posts.change(conn, post.id, {"again_at": None, "reveal_at": None})
        return True


def _is_late(post: Post, now: datetime) -> bool:
    """Return whether it is too late for a post, or far too early: a clock that was wrong has begun it."""
    late = TEST_WAITS if post.day is None else CATCH_UP
    return not -CLOCKS_DIFFER <= now - post.due_at <= late
