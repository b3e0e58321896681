"""What a daily question will ask: the next one, and those picked by hand that come before the others."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import NoQuestionsError, QuestionGoneError, QueueFullError
from bot.services.groups import Who
from bot.services.posting import Posting, queued_questions
from bot.services.questions import Questions
from bot.services.rounds import TEST, Asked, shuffled
from bot.services.streams import note, theirs
from knowledge.questions.bank import Bank, topic_key
from knowledge.questions.model import Question
from storage import streams
from storage.database import Connection, Database
from storage.streams import Stream

MOST_WAITING: Final = 25
LISTED: Final = 25
_LONGEST_SEARCH: Final = 100


@dataclass(frozen=True, slots=True)
class Preview:
    """What comes next.

    Attributes:
        asked: as it may look; nobody can answer it.
        left: how many have not been asked yet once it is.
        by_hand: somebody has picked it.
    """

    stream: Stream
    asked: Asked
    left: int
    by_hand: bool


class Lineup:
    """The questions to come."""

    def __init__(self, db: Database, posting: Posting, *, questions: Questions, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._posting = posting
        self._questions = questions
        self._clock = clock

    async def preview(self, guild_id: int, stream_id: int) -> Preview:
        """Return what a daily question would ask now.

        Raises:
            StreamGoneError, NoQuestionsError, NotesLoadingError
        """
        bank = await self._questions.bank(guild_id)
        async with self._db.reading() as conn:
            stream = await theirs(conn, guild_id, stream_id)
            picked = await self._posting.pick(conn, stream, bank)
        if picked is None:
            raise NoQuestionsError
        return Preview(stream, _unasked(stream, picked.question), picked.left, picked.by_hand)

    async def pass_over(self, who: Who, stream_id: int, question_id: str) -> None:
        """Let another question come next, if *question_id* is the one that would; it stays among those to come.

        Raises:
            StreamGoneError, NoQuestionsError, NotesLoadingError
        """
        bank = await self._questions.bank(who.guild_id)
        async with self._db.begin() as conn:
            stream = await theirs(conn, who.guild_id, stream_id)
            picked = await self._posting.pick(conn, stream, bank)
            if picked is None or picked.question.id != question_id:
                return
            if picked.by_hand:
                await streams.dequeue(conn, stream_id, question_id)
                return
            another = await self._posting.pick(conn, stream, bank, without=question_id)
            if another is None:
                raise NoQuestionsError
            await streams.enqueue(conn, stream_id, another.question.id, who.user_id)

    async def waiting(self, guild_id: int, stream_id: int) -> tuple[Stream, tuple[Question, ...]]:
        """Return a daily question and what was picked for it by hand, in order.

        Raises:
            StreamGoneError, NotesLoadingError
        """
        bank = await self._questions.bank(guild_id)
        async with self._db.reading() as conn:
            stream = await theirs(conn, guild_id, stream_id)
            return stream, tuple(await queued_questions(conn, stream, bank))

    async def add(self, who: Who, stream_id: int, chosen: str) -> None:
        """Let a question come before the others, after those picked earlier. Safe to repeat.

        Args:
            who: picks it.
            stream_id: for which daily question.
            chosen: the question's id, or words that only one question has.

        Raises:
            StreamGoneError, QuestionGoneError, QueueFullError, NotesLoadingError
        """
        bank = await self._questions.bank(who.guild_id)
        question_id = chosen if chosen in bank else await self._only_one(bank, chosen)
        async with self._db.begin() as conn:
            await theirs(conn, who.guild_id, stream_id)
            await self._forget_gone(conn, stream_id, bank)
            if len(await streams.queue(conn, stream_id)) >= MOST_WAITING:
                raise QueueFullError(MOST_WAITING)
            if await streams.enqueue(conn, stream_id, question_id, who.user_id):
                await note(conn, "daily_queue", who, stream_id, self._clock())

    async def remove(self, who: Who, stream_id: int, question_id: str) -> None:
        """Take a question out of those picked by hand. Safe to repeat.

        Raises:
            StreamGoneError
        """
        async with self._db.begin() as conn:
            await theirs(conn, who.guild_id, stream_id)
            if await streams.dequeue(conn, stream_id, question_id):
                await note(conn, "daily_unqueue", who, stream_id, self._clock())

    async def search(self, guild_id: int, typed: str) -> tuple[Question, ...]:
        """Return at most 25 questions whose text or topic holds every word typed; for nothing typed the first ones.

        Raises:
            NotesLoadingError
        """
        return await asyncio.to_thread(_holding, await self._questions.bank(guild_id), typed)

    async def _only_one(self, bank: Bank, typed: str) -> str:
        found = await asyncio.to_thread(_holding, bank, typed)
        if len(found) != 1:
            raise QuestionGoneError
        return found[0].id

    async def _forget_gone(self, conn: Connection, stream_id: int, bank: Bank) -> None:
        for one in await streams.queue(conn, stream_id):
            if one.question_id not in bank:
                await streams.dequeue(conn, stream_id, one.question_id)


def _holding(bank: Bank, typed: str) -> tuple[Question, ...]:
    words = topic_key(typed[:_LONGEST_SEARCH]).split()
    found: dict[str, Question] = {}
    for one in bank.all:
        text = topic_key(f"{one.topic} {one.prompt}") if words else ""
        if all(word in text for word in words):
            found.setdefault(one.id, one)
        if len(found) == LISTED:
            break
    return tuple(found.values())


def _unasked(stream: Stream, question: Question) -> Asked:
    return Asked(
        round_id=0,
        guild_id=stream.guild_id,
        channel_id=stream.channel_id,
        source=TEST,
        question=question,
        shuffle=shuffled(question, random.Random(stream.seed)),
        game_id=None,
        number=0,
        host_id=None,
        opened_at=None,
        closes_at=None,
    )
