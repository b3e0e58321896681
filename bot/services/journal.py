"""What was asked of a group, and what came of it: for members who answer, look back, or see the answers."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import NotesLoadingError, RoundClosedError, RoundGoneError
from bot.services.bell import Bell
from bot.services.groups import Who
from bot.services.reveals import Reveal
from bot.services.rounds import DAILY, TEST, Asked, Given, Rounds, Verdict
from knowledge.index import Index
from knowledge.questions.bank import section_of
from knowledge.questions.marking import mark
from knowledge.questions.model import Kind, Question
from storage import events, open_answers, posts, results, streams
from storage.database import Database
from storage.events import Event
from storage.open_answers import ShownAnswer
from storage.posts import REVEALED, SENT, UNCERTAIN, Post
from storage.streams import Stream

OUT: Final = frozenset({SENT, REVEALED, UNCERTAIN})
"""States of posts that people can have seen."""
PAGE: Final = 10
_BEST: Final = 3
_KEPT: Final = 2_000
"""Rules of rounds that are kept at hand: every press asks for one."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody who answers may know.

    Attributes:
        reveal: what is right.
        reveal_at: when everybody will; None if that is now, or never.
        section_id: where to read on; None where the notes do not say.
    """

    reveal: bool
    reveal_at: datetime | None
    section_id: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a question.

    Attributes:
        answers: how many people have answered.
        right: how many of them are right.
        chosen: how many chose each choice of the question; empty where there are none to choose.
        first: who was right first; empty if nobody, or nobody who wants to be shown.
        written: answers in people's own words.
        best: of those, the ones with the most votes; none without a vote.
        section_id: where to read on; None where the notes do not say.
    """

    post: Post
    stream: Stream
    asked: Asked
    answers: int
    right: int
    chosen: tuple[int, ...]
    first: str
    written: int
    best: tuple[ShownAnswer, ...]
    section_id: str | None

    @property
    def revealed(self) -> bool:
        """Whether everybody may know what is right."""
        return self.post.state == REVEALED


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Past posts of a daily question, the newest first, with their questions."""

    stream: Stream
    posts: tuple[tuple[Post, Question], ...]
    page: int
    pages: int


class Journal:
    """The posts of a group as its members see them."""

    def __init__(
        self,
        db: Database,
        *,
        rounds: Rounds,
        index: Callable[[int], Index],
        bell: Bell,
        clock: Callable[[], datetime],
    ) -> None:
        self._db = db
        self._rounds = rounds
        self._index = index
        self._bell = bell
        self._clock = clock
        self._rules: OrderedDict[int, tuple[int, Reveal]] = OrderedDict()

    async def told(self, asked: Asked) -> Told:
        """Return what somebody who has just answered, or had before, may know; enough answers end the waiting."""
        section_id = self._section(asked)
        rule = await self._rule(asked.round_id) if asked.source == DAILY else None
        if rule is None or rule[1].at_once:
            return Told(True, None, section_id)
        post_id, reveal = rule
        async with self._db.reading() as conn:
            post = await posts.get(conn, post_id)
            answers = await events.answers_to(conn, asked.round_id) if reveal.number else 0
        if post is None or post.state == REVEALED:
            return Told(True, None, section_id)
        if reveal.enough(answers):
            await self._hasten(post_id)
        return Told(False, post.reveal_at, None)

    async def practise(self, round_id: int, who: Who, given: Given) -> Verdict:
        """Mark an answer that came too late to count.

        Raises:
            RoundGoneError: there is no such round in this group.
            RoundClosedError: it cannot be practised: it is no daily question, or what is right is not shown yet.
        """
        asked = await self._rounds.asked(round_id)
        if asked.guild_id != who.guild_id:
            raise RoundGoneError
        if asked.source not in {DAILY, TEST} or not (await self.told(asked)).reveal:
            raise RoundClosedError
        return Verdict(asked, True, given, mark(asked.question, given).right, 0)

    async def newest(self, stream: Stream) -> Outcome | None:
        """Return the newest question that was asked; None before the first."""
        async with self._db.reading() as conn:
            post = await posts.newest(conn, stream.id, OUT)
        return await self.outcome_of(post, stream) if post is not None else None

    async def outcome(self, guild_id: int, post_id: int) -> Outcome:
        """Return what came of a post.

        Raises:
            RoundGoneError: there is no such post in this group.
        """
        async with self._db.reading() as conn:
            post = await posts.get(conn, post_id)
            stream = await streams.get(conn, post.stream_id) if post else None
        if post is None or stream is None or post.guild_id != guild_id or post.round_id is None:
            raise RoundGoneError
        return await self.outcome_of(post, stream)

    async def history(self, stream: Stream, page: int) -> HistoryPage:
        """Return a page, counted from 0, of past posts; one that is too big is the last."""
        async with self._db.reading() as conn:
            pages = max(1, -(-await posts.count(conn, stream.id, OUT) // PAGE))
            page = min(page, pages - 1)
            found = await posts.history(conn, stream.id, states=OUT, offset=page * PAGE, limit=PAGE)
        asked = [(post, await self._rounds.asked(post.round_id)) for post in found if post.round_id is not None]
        return HistoryPage(stream, tuple((post, one.question) for post, one in asked), page, pages)

    async def outcome_of(self, post: Post, stream: Stream) -> Outcome:
        """Return what came of a post that has been sent."""
        asked = await self._rounds.asked(post.round_id or 0)
        async with self._db.reading() as conn:
            happened = await events.of_round(conn, asked.round_id)
            right = _right(happened)
            names = await results.names(conn, asked.guild_id, right) if right else {}
            written = await open_answers.count(conn, asked.round_id) if asked.question.kind is Kind.OPEN else 0
            best = await open_answers.shown(conn, asked.round_id, limit=_BEST) if written else ()
        return Outcome(
            post=post,
            stream=stream,
            asked=asked,
            answers=sum(event.number == 0 for event in happened),
            right=len(right),
            chosen=_chosen(asked.question, happened),
            first=next((names[user_id] for user_id in right if user_id in names), ""),
            written=written,
            best=tuple(one for one in best if one.votes),
            section_id=self._section(asked),
        )

    async def _rule(self, round_id: int) -> tuple[int, Reveal] | None:
        """Return the post of a round and its rule, which never change."""
        kept = self._rules.get(round_id)
        if kept is not None:
            return kept
        async with self._db.reading() as conn:
            post = await posts.of_round(conn, round_id)
        if post is None:
            return None
        self._rules[round_id] = found = (post.id, Reveal.read(post.reveal))
        if len(self._rules) > _KEPT:
            self._rules.popitem(last=False)
        return found

    async def _hasten(self, post_id: int) -> None:
        async with self._db.begin() as conn:
            hastened = await posts.hasten(conn, post_id, self._clock())
        if hastened:
            self._bell.ring()

    def _section(self, asked: Asked) -> str | None:
        try:
            section = section_of(asked.question, self._index(asked.guild_id))
        except NotesLoadingError:
            return None
        return section.id if section else None


def _right(happened: Sequence[Event]) -> list[int]:
    """Return who is right, all corrections counted, in the order in which they answered."""
    sums: Counter[int] = Counter()
    for event in happened:
        sums[event.user_id] += event.right
    return [event.user_id for event in happened if event.number == 0 and sums[event.user_id] > 0]


def _chosen(question: Question, happened: Sequence[Event]) -> tuple[int, ...]:
    choices = 2 if question.kind is Kind.TRUTH else len(question.choices)
    if question.kind not in {Kind.CHOICE, Kind.SEVERAL, Kind.TRUTH}:
        return ()
    counted = Counter(one for event in happened if event.number == 0 for one in event.given.split(","))
    return tuple(counted[str(index)] for index in range(choices))
