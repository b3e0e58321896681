"""What those who manage a daily question do with single posts: a test, today's now, a day left out, a doubt settled."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errors import NoQuestionsError, NothingToSkipError, PostedTodayError, SettledError, StreamGoneError
from bot.services.bell import Bell
from bot.services.groups import Who
from bot.services.posting import Posting, Problem, next_free
from bot.services.questions import Questions
from bot.services.steps import out
from bot.services.streams import note, schedule, theirs
from storage import posts
from storage.database import Connection, Database
from storage.posts import CLAIMED, UNCERTAIN, Post
from storage.streams import Stream


class Manual:
    """Posts by hand."""

    def __init__(
        self,
        db: Database,
        posting: Posting,
        *,
        questions: Questions,
        bell: Bell,
        clock: Callable[[], datetime],
        rng: random.Random,
    ) -> None:
        self._db = db
        self._posting = posting
        self._questions = questions
        self._bell = bell
        self._clock = clock
        self._rng = rng

    async def test(self, who: Who, stream_id: int) -> Stream:
        """Post a question as a test: it takes no day, earns nothing, and everybody can try it.

        Raises:
            StreamGoneError, NoQuestionsError, NotesLoadingError
        """
        bank = await self._questions.bank(who.guild_id)
        async with self._db.begin() as conn:
            stream = await theirs(conn, who.guild_id, stream_id)
            picked = await self._posting.pick(conn, stream, bank)
            if picked is None:
                raise NoQuestionsError
            await self._posting.begin_test(conn, stream, picked.question)
        self._bell.ring()
        return stream

    async def post(self, who: Who, stream_id: int) -> Stream:
        """Post today's question now instead of at its time.

        Raises:
            PostedTodayError: the day has its question.
            StreamGoneError, NoQuestionsError, NotesLoadingError
        """
        bank = await self._questions.bank(who.guild_id)
        async with self._db.begin() as conn:
            stream, now = await theirs(conn, who.guild_id, stream_id), self._clock()
            day = now.astimezone(ZoneInfo(stream.zone)).date()
            await posts.free(conn, stream_id, day)
            if await posts.of_day(conn, stream_id, day) is not None:
                raise PostedTodayError
            if await self._posting.begin(conn, stream, bank, day=day, due_at=now) is None:
                raise NoQuestionsError
            if stream.paused is None:
                await schedule(conn, stream, now)
            await note(conn, "daily_post", who, stream_id, now)
        self._bell.ring()
        return stream

    async def skip(self, who: Who, stream_id: int) -> datetime:
        """Leave the next day out and return the instant at which its question would have come.

        Raises:
            StreamGoneError, NothingToSkipError
        """
        async with self._db.begin() as conn:
            stream, now = await theirs(conn, who.guild_id, stream_id), self._clock()
            if stream.paused is not None:
                raise NothingToSkipError
            slot = await next_free(conn, stream, now)
            await self._posting.leave_out(conn, stream, day=slot.day, due_at=slot.at, problem=Problem.BY_HAND)
            await schedule(conn, stream, now)
            await note(conn, "daily_skip", who, stream_id, now)
        return slot.at

    async def post_again(self, who: Who, post_id: int) -> None:
        """Send a post of which nobody knows whether it arrived: it did not.

        Raises:
            SettledError: it is known meanwhile.
        """
        async with self._db.begin() as conn:
            post, now = await self._uncertain(conn, who, post_id), self._clock()
            values = {"state": CLAIMED, "unsure_since": None, "again_at": now, "due_at": now, "tries": 0}
            # Under a nonce of its own, or Discord might hand out the first message although somebody deleted it.
            nonce = f"d{post_id}-{self._rng.randrange(1000)}"
            await posts.change(conn, post_id, {**values, "problem": None, "nonce": nonce[:25]}, states={UNCERTAIN})
            await note(conn, "daily_again", who, post.stream_id, now)
        self._bell.ring()

    async def mark_posted(self, who: Who, post_id: int) -> None:
        """Take a post of which nobody knows whether it arrived for posted.

        Raises:
            SettledError: it is known meanwhile.
        """
        async with self._db.begin() as conn:
            post, now = await self._uncertain(conn, who, post_id), self._clock()
            stream = await theirs(conn, who.guild_id, post.stream_id)
            values = {**out(post, stream, now), "again_at": None}
            await posts.change(conn, post_id, values, states={UNCERTAIN})
            await note(conn, "daily_posted", who, post.stream_id, now)
        self._bell.ring()

    async def _uncertain(self, conn: Connection, who: Who, post_id: int) -> Post:
        post = await posts.get(conn, post_id)
        if post is None or post.guild_id != who.guild_id:
            raise StreamGoneError
        if post.state != UNCERTAIN:
            raise SettledError
        return post
