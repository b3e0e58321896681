"""Begins a post of a daily question: picks what is asked, and takes the day, in the caller's transaction."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.services import rotation
from bot.services.reveals import NOW
from bot.services.rotation import LOW, Past, Pick
from bot.services.rounds import DAILY, TEST, new_round
from bot.services.schedule import Slot, next_slot
from knowledge.model import Language
from knowledge.questions.bank import Bank
from knowledge.questions.model import Difficulty, Question, restore
from storage import notices, posts, rounds, streams
from storage.database import Connection
from storage.posts import CLAIMED, SKIPPED, NewPost
from storage.streams import Stream

ANY_LANGUAGE: Final = "any"
CATCH_UP: Final = timedelta(hours=6)
"""A post that would be later than this is left out."""
TEST_LASTS: Final = timedelta(days=1)
JITTER_S: Final = 20
"""Seconds over which streams that are due at the same minute are spread."""
_MANY: Final = 500
"""Questions among which picking one takes about a millisecond."""
_LOOKED_BACK: Final = 2
"""Questions whose topics decide which topic may not come next."""


class Problem(StrEnum):
    """What went wrong with a post, or why a stream is paused; the values are kept in the database."""

    BY_HAND = "by_hand"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    REFUSED = "refused"
    AWAY = "away"
    LATE = "late"
    EMPTY = "empty"
    THREAD = "thread"
    UNCERTAIN = "uncertain"
    ZONE = "zone"


class NoticeKind(StrEnum):
    """What those who manage a group are told by themselves; the values are kept in the database."""

    PAUSED = "paused"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    MISSED = "missed"
    THREAD = "thread"
    LOW = "low"
    LAST = "last"
    EMPTY = "empty"


class Posting:
    """Picks questions for streams and begins their posts."""

    def __init__(self, *, clock: Callable[[], datetime], rng: random.Random) -> None:
        self._clock = clock
        self._rng = rng

    async def pick(self, conn: Connection, stream: Stream, bank: Bank, *, without: str = "") -> Pick | None:
        """Return what a stream asks next, None if no question fits; questions in line that are gone are passed over.

        Args:
            conn: in a transaction.
            stream: that asks.
            bank: what there is.
            without: the id of a question that is not asked now, unless somebody has picked it.
        """
        by_hand = await queued_questions(conn, stream, bank)
        newest = await posts.newest_questions(conn, stream.id, _LOOKED_BACK)
        past = Past(await posts.asked(conn, stream.id), [restore(text).topic for text in newest])
        if len(bank) < _MANY:  # a thread would take longer, and others wait for this transaction
            return _turn(stream, bank, by_hand, past, without)
        return await asyncio.to_thread(_turn, stream, bank, by_hand, past, without)

    async def begin(self, conn: Connection, stream: Stream, bank: Bank, *, day: date, due_at: datetime) -> int | None:
        """Take a day of a stream with the question that is its turn; None if the day is taken, or nothing fits.

        A day for which there is no question is skipped, and those who manage the group are told once.
        """
        picked = await self.pick(conn, stream, bank)
        if picked is None:
            await self._skip_empty(conn, stream, day, due_at)
            return None
        new = self._new(stream, picked.question.id, day, due_at)
        post_id = await posts.claim(conn, new)
        if post_id is None:
            return None
        await self._ask(conn, stream, picked.question, post_id, source=DAILY)
        if picked.by_hand:
            await streams.dequeue(conn, stream.id, picked.question.id)
        if picked.fresh and picked.left in {LOW, 0}:
            kind = NoticeKind.LOW if picked.left else NoticeKind.LAST
            await notices.add(conn, kind, stream.id, at=self._clock())
        return post_id

    async def begin_test(self, conn: Connection, stream: Stream, question: Question) -> int:
        """Begin a test post, which takes no day and no question out of the bag."""
        new = replace(self._new(stream, question.id, None, self._clock()), reveal=str(NOW))
        post_id = await posts.claim(conn, new)
        assert post_id is not None  # noqa: S101 - no day, so no other post has it
        await self._ask(conn, stream, question, post_id, source=TEST)
        return post_id

    def _new(self, stream: Stream, question_id: str, day: date | None, due_at: datetime) -> NewPost:
        now = self._clock()
        return NewPost(
            stream.id, stream.guild_id, day, CLAIMED, due_at, question_id, stream.channel_id, "", stream.reveal, now
        )

    async def _ask(self, conn: Connection, stream: Stream, question: Question, post_id: int, *, source: str) -> None:
        now = self._clock()
        made = new_round(question, guild_id=stream.guild_id, channel_id=stream.channel_id, source=source, rng=self._rng)
        # Open before it is sent: who sees the message can answer, however long it takes us to hear that it arrived.
        closes_at = now + TEST_LASTS if source == TEST else None
        round_id = await rounds.add(conn, replace(made, opened_at=now, closes_at=closes_at))
        await posts.change(conn, post_id, {"round_id": round_id, "nonce": f"d{post_id}"})

    async def leave_out(
        self, conn: Connection, stream: Stream, *, day: date, due_at: datetime, problem: Problem
    ) -> bool:
        """Take a day without asking anything; False if it is taken."""
        new = replace(self._new(stream, "", day, due_at), state=SKIPPED, again_at=None, problem=problem)
        return await posts.claim(conn, new) is not None

    async def _skip_empty(self, conn: Connection, stream: Stream, day: date, due_at: datetime) -> None:
        before = await posts.newest(conn, stream.id)
        taken = await self.leave_out(conn, stream, day=day, due_at=due_at, problem=Problem.EMPTY)
        if taken and (before is None or before.problem != Problem.EMPTY):
            await notices.add(conn, NoticeKind.EMPTY, stream.id, at=self._clock())


def _turn(stream: Stream, bank: Bank, by_hand: Sequence[Question], past: Past, without: str) -> Pick | None:
    fitting = tuple(one for one in bag(stream, bank) if one.id != without)
    return rotation.pick(fitting, by_hand, past, stream.seed)


def bag(stream: Stream, bank: Bank) -> tuple[Question, ...]:
    """Return every question that a stream may ask."""
    difficulties = (Difficulty(stream.difficulty),) if stream.difficulty else ()
    return bank.questions(
        topics=stream.topics, difficulties=difficulties, language=language_of(stream), generated=stream.generated
    )


def language_of(stream: Stream) -> Language | None:
    """Return the language in which a stream asks; None takes each question in the language that it has."""
    match stream.language:
        case "zh" | "en" as language:
            return language
        case _:
            return None


async def queued_questions(conn: Connection, stream: Stream, bank: Bank) -> Sequence[Question]:
    """Return the questions picked by hand that there still are, in their order."""
    ids = [one.question_id for one in await streams.queue(conn, stream.id)]
    found = (bank.get(question_id, language_of(stream)) for question_id in ids)
    return [question for question in found if question is not None]


async def next_free(conn: Connection, stream: Stream, now: datetime) -> Slot:
    """Return the first slot later than *now* on a day that is neither posted on nor skipped.

    Days far ahead that a wrong clock has taken do not hold it up.

    Raises:
        ZoneInfoNotFoundError: the stream's zone is no longer one.
    """
    zone, post_at = ZoneInfo(stream.zone), time.fromisoformat(stream.post_at)
    slot = next_slot(now, zone, post_at)
    taken = await posts.days_from(conn, stream.id, slot.day)
    while slot.day in taken:
        slot = next_slot(now, zone, post_at, after=slot.day)
    return slot


def look_at(stream: Stream, slot: Slot) -> datetime:
    """Return when a stream is looked at for a slot: its own seconds after its time."""
    return slot.at + timedelta(seconds=stream.seed % JITTER_S)
