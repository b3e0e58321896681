"""A morning on which many daily questions fall due and members answer them, while the bot is killed again and again."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage import streams
from storage.database import Database
from storage.streams import NewStream
from tests.wire.messages import Message
from tests.wire.mortal import Mortal
from tests.wire.payloads import CHANNEL_ID, GUILD_ID, MEMBER_ID, Asker
from tests.wire.standin import Standin

STREAMS = 60
MEMBERS = tuple(Asker(user_id=MEMBER_ID + number, name=f"member{number}") for number in range(5))
QUESTIONS = "language: en\ntopic: Letters\nquestions:\n" + "".join(
    f"  - {{id: q{number}, kind: choice, question: 'Question {number}?', choices: [a, b, c], answer: A}}\n"
    for number in range(80)
)
VERDICT = re.compile(r"Right!|Not right|first answer counts")
"""What tells somebody that an answer of theirs is kept."""


def write_questions(notes: Path) -> None:
    """Write a question file of ours beside the notes."""
    (notes / "questions.yaml").write_text(QUESTIONS, "utf-8")


async def set_up(db: Database, *, over: timedelta) -> None:
    """Keep streams of which one after the other falls due within *over* from now."""
    now = datetime.now(UTC)
    async with db.begin() as conn:
        for number in range(STREAMS):
            await streams.add(conn, stream(number, now=now, due=now + over * number / STREAMS))


def stream(number: int, *, now: datetime, due: datetime) -> NewStream:
    """Return a stream whose hour has begun and that is to be looked at when it is *due*."""
    return NewStream(
        guild_id=GUILD_ID,
        name=f"Stream {number}",
        channel_id=CHANNEL_ID,
        post_at=f"{now - timedelta(minutes=1):%H:%M}",
        zone="UTC",
        language="en",
        reveal="now",
        seed=number,
        created_by=MEMBER_ID,
        created_at=now - timedelta(days=1),
        next_at=due,
    )


@dataclass(slots=True)
class Morning:
    """What members do: each answers every question that was posted, once, and remembers what it was told.

    Attributes:
        acknowledged: the answer that was told to be kept, by round and member.
    """

    standin: Standin
    mortal: Mortal
    rng: random.Random
    acknowledged: dict[tuple[int, int], str] = field(default_factory=dict)
    _answering: set[int] = field(default_factory=set)

    async def watch(self) -> None:
        """Let members answer whatever is posted, for ever."""
        async with asyncio.TaskGroup() as group:
            while True:
                for message in self.news():
                    self._answering.add(message.id)
                    for member in MEMBERS:
                        group.create_task(self._answer(message, member))
                await self.standin.bell.until(lambda: any(self.news()), lambda: "another post", deadline_s=600)

    def news(self) -> Iterator[Message]:
        """Yield the questions that nobody has begun to answer."""
        return (one for one in self.standin.rest.channels.posted if one.id not in self._answering and places(one))

    def done(self) -> bool:
        """Return whether every stream has posted and every member has been answered."""
        posted = [one for one in self.standin.rest.channels.posted if places(one)]
        return len(posted) >= STREAMS and len(self.acknowledged) >= len(posted) * len(MEMBERS)

    async def _answer(self, message: Message, member: Asker) -> None:
        press = self.rng.choice(places(message))
        while "Too many requests" in (told := (await self.mortal.pressed(press, message, member)).reply.text):
            await self.mortal.reborn()
        assert VERDICT.search(told), told
        self.acknowledged[round_of(press), member.user_id] = told


def places(message: Message) -> list[str]:
    """Return the custom_ids of the choices of a daily question."""
    return [press for press in message.controls if press.startswith("choice1:")]


def round_of(press: str) -> int:
    """Return the round that a press answers."""
    return int(press.split(":")[1])
