"""A daily question in a made-up channel, a clock that is moved by hand, and a publisher that can lose what it hears."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from simcord.results import ResponseMessage

from bot.client import StudyBot
from bot.hosts.daily import DailyHost
from bot.publisher import Place, Publisher, PublishError, Trouble
from bot.render.parts import Message
from bot.services.groups import Who
from bot.services.reveals import Reveal, RevealKind
from bot.services.services import Services
from bot.services.streams import Wish
from knowledge.questions.model import Kind, Question
from storage import posts, streams
from storage.database import Database
from storage.posts import Post
from storage.streams import Stream
from tests.bot.conftest import Chat, words

CHOICE = Question(
    "a" * 16, Kind.CHOICE, "What gates SwiGLU?", "en", "Nets", choices=("Swish", "ReLU", "Tanh"), right=(0,),
    explanation="Swish is smooth.", file="nets/Activation_en.md", heading="SwiGLU",
)  # fmt: skip
OPEN = replace(
    CHOICE, id="0" * 16, kind=Kind.OPEN, prompt="Why are gates used?", choices=(), right=(),
    points=("they select", "they multiply"), answer="Because they select.",
)  # fmt: skip


NEXT = Reveal(RevealKind.NEXT)


def open_questions(count: int = 10) -> list[Question]:
    """Return so many open questions."""
    return [replace(OPEN, id=f"{number:016x}") for number in range(count)]


def questions(count: int, **given: Any) -> list[Question]:
    """Return so many true/false questions, of three topics in turn."""
    first = replace(CHOICE, kind=Kind.TRUTH, choices=(), right=(1,))
    return [
        replace(first, id=f"{number:016x}", prompt=f"Is {number} odd?", topic=("A", "B", "C")[number % 3], **given)
        for number in range(1, count + 1)
    ]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Line(Publisher):
    """The publisher on a bad line. It knows nonces for three minutes, as Discord does, which simcord does not.

    Attributes:
        lost: so many of the next messages arrive without our hearing of it.
        away: while it is set, nothing arrives and nothing is heard.
        unreachable: groups that have an outage.
    """

    def __init__(self, bot: StudyBot, clock: Clock) -> None:
        super().__init__(bot)
        self.lost = 0
        self.away = False
        self.unreachable: set[int] = set()
        self.sent: list[tuple[datetime, int, str]] = []
        self._clock = clock
        self._nonces: dict[str, tuple[datetime, int]] = {}

    async def post(self, place: Place, message: Message, *, nonce: str, role_id: int | None = None) -> int:
        if self.away:
            raise PublishError(Trouble.AWAY)
        before = self._nonces.get(nonce)
        if before is not None and self._clock() - before[0] < timedelta(minutes=3):
            return before[1]
        message_id = await super().post(place, message, nonce=nonce, role_id=role_id)
        self._nonces[nonce] = (self._clock(), message_id)
        self.sent.append((self._clock(), place.channel_id, nonce))
        if self.lost:
            self.lost -= 1
            raise PublishError(Trouble.AWAY)
        return message_id

    async def find(self, place: Place, press: str, *, since: datetime) -> int | None:
        if self.away:
            raise PublishError(Trouble.AWAY)
        return await super().find(place, press, since=since)

    def reachable(self, guild_id: int) -> bool:
        return guild_id not in self.unreachable and super().reachable(guild_id)


class Desk:
    """Everything about the daily question of one channel."""

    def __init__(self, chat: Chat, services: Services, db: Database, clock: Clock) -> None:
        self.chat = chat
        self.env = chat.env
        self.channel = chat.channel
        self.daily = services.daily
        self.db = db
        self.clock = clock
        self.line = Line(chat.env.bot, clock)
        self.host = DailyHost(chat.env.bot, self.line)
        self.chief = self.who(chat.chief)

    @property
    def guild_id(self) -> int:
        return self.channel.guild.id

    def who(self, actor: Any) -> Who:
        return Who(actor.user.id, self.guild_id, actor.user.name)

    async def set_up(self, **wished: Any) -> Stream:
        """Set up a daily question at 09:00 UTC in this channel, unless something else is wished."""
        usual = {"name": "Morning", "channel_id": self.channel.id, "post_at": time(9), "zone": "UTC", "language": "en"}
        stream_id = await self.daily.streams.create(self.chief, Wish(**{**usual, **wished}))
        return await self.stream(stream_id)

    async def stream(self, stream_id: int) -> Stream:
        async with self.db.reading() as conn:
            found = await streams.get(conn, stream_id)
        assert found is not None
        return found

    async def posts(self, stream: Stream) -> list[Post]:
        """Return the posts of a stream, the oldest day first."""
        async with self.db.reading() as conn:
            return list(await posts.history(conn, stream.id, limit=1000))[::-1]

    async def last_post(self, stream: Stream) -> Post:
        return (await self.posts(stream))[-1]

    async def posted(self, **wished: Any) -> Post:
        """Set up a daily question and have it posted."""
        stream = await self.set_up(**wished)
        await self.pass_time(hours=9, minutes=1)
        return await self.last_post(stream)

    def advance(self, **length: float) -> None:
        """Move the clock, and do nothing about it."""
        step = timedelta(**length)
        self.clock.now += step
        self.env.backend.advance_clock(step.total_seconds())

    async def pass_time(self, **length: float) -> None:
        """Move the clock and do what is due."""
        self.advance(**length)
        await self.work()

    async def until(self, hour: int, minute: int = 1) -> None:
        """Move the clock to the next time of day, in UTC, and do what is due."""
        wanted = self.clock.now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        wanted += timedelta(days=wanted <= self.clock.now)
        await self.pass_time(seconds=(wanted - self.clock.now).total_seconds())

    async def work(self, host: DailyHost | None = None) -> None:
        """Do what is due until nothing is."""
        for _ in range(20):
            async with asyncio.TaskGroup() as group:
                look_at = await (host or self.host).tick(group)
            if look_at > self.clock.now + timedelta(seconds=1):
                break
        await self.env.settle()

    def messages(self, channel_id: int = 0) -> list[ResponseMessage]:
        """Return what everybody can read in a channel, this one if none is named; Discord's own notes left out."""
        found = self.env.backend.messages[channel_id or self.channel.id].values()
        return [ResponseMessage(self.env, one) for one in found if one.components and not one.is_ephemeral]

    def said(self, channel_id: int = 0) -> list[str]:
        """Return what can be read in the messages of a channel."""
        return [words(one) for one in self.messages(channel_id)]

    @property
    def questions_asked(self) -> list[str]:
        return [text for text in self.said() if "☀️" in text or "🧪" in text]

    @property
    def last(self) -> ResponseMessage:
        """The newest message of the channel."""
        return self.messages()[-1]
