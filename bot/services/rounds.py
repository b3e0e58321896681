"""Takes answers to questions that were asked, wherever that was: one answer each, decided by the database."""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.errors import NotYoursError, RoundClosedError, RoundGoneError
from bot.services import points
from bot.services.groups import Groups, Who
from bot.services.intake import Answer, Intake
from knowledge.questions.marking import Mark, mark
from knowledge.questions.model import FALSE, TRUE, Kind, Question, dump, restore
from storage import events, rounds
from storage.cards import NewCard
from storage.database import Connection, Database
from storage.events import Event
from storage.rounds import NewRound, Round

DAILY: Final = "daily"
RACE: Final = "race"
QUIZ: Final = "quiz"
TEST: Final = "test"
"""Sources of rounds; what is answered in a test earns nothing and counts nowhere."""
LONGEST_TOPIC: Final = 100
_MILLISECOND: Final = timedelta(milliseconds=1)
_LONGEST_MS: Final = 2**31 - 1
_KEPT: Final = 2_000
"""Rounds whose question is kept at hand."""

Given = tuple[int, ...] | str
"""Indexes of choices in the order of the question (not of the message), or a typed text."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked: what does not change about a round once it is open.

    Attributes:
        shuffle: for each place shown, the index of the choice in the question.
        host_id: the only person who may answer; None is everybody.
        opened_at: None while it waits for its turn.
        closes_at: None where it closes by other means than time.
    """

    round_id: int
    guild_id: int
    channel_id: int
    source: str
    question: Question
    shuffle: tuple[int, ...]
    game_id: int | None
    number: int
    host_id: int | None
    opened_at: datetime | None
    closes_at: datetime | None

    def picked(self, places: Sequence[int]) -> tuple[int, ...]:
        """Return the choices at *places* of the message; a place that was never shown is left out."""
        return tuple(self.shuffle[place] for place in places if 0 <= place < len(self.shuffle))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an answer.

    Attributes:
        counted: False if this person had answered before; all else is then about that first answer.
        given: the answer that counts.
        points: that it earned, later corrections included.
    """

    asked: Asked
    counted: bool
    given: Given
    right: bool
    points: int


class Rounds:
    """Opens, answers and closes rounds."""

    def __init__(self, db: Database, groups: Groups, *, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._groups = groups
        self._intake = Intake(db, groups)
        self._clock = clock
        self._asked: OrderedDict[int, Asked] = OrderedDict()
        self._written: OrderedDict[int, str] = OrderedDict()

    async def asked(self, round_id: int) -> Asked:
        """Return a round's question.

        Raises:
            RoundGoneError: there is no such round.
        """
        found = self._asked.get(round_id)
        if found is not None:
            return found
        async with self._db.reading() as conn:
            kept = await rounds.get(conn, round_id)
        if kept is None:
            raise RoundGoneError
        found = asked_of(kept)
        if found.opened_at is not None:
            self._asked[round_id] = found
            if len(self._asked) > _KEPT:
                self._asked.popitem(last=False)
        return found

    async def open(self, conn: Connection, round_id: int, *, at: datetime, closes_at: datetime | None) -> bool:
        """Open a round in this transaction; False if it was open before."""
        return await rounds.begin(conn, round_id, at=at, closes_at=closes_at)

    def forget(self, round_id: int) -> None:
        """Read a round anew when it is next asked for: its times have changed."""
        self._asked.pop(round_id, None)

    async def answer(self, round_id: int, who: Who, given: Given, *, at: datetime | None = None) -> Verdict:
        """Take an answer, and count it if it is the first of this person to this round.

        Safe to repeat: the second call counts nothing and tells what the first one gave.

        Args:
            round_id: from a custom_id, maybe forged.
            who: answers.
            given: to any kind of question but an open one.
            at: when it reached us; None is now.

        Raises:
            RoundGoneError: there is no such round in this group, or it cannot be answered like this.
            RoundClosedError: it is not open (any more).
            NotYoursError: it is somebody else's quiz.
        """
        asked = await self.theirs(round_id, who)
        if not _fits(asked.question, given):
            raise RoundGoneError
        at = at or self._clock()
        result = await self._marked(asked, given)
        day = await self._groups.today(who.guild_id, at)
        earned = worth(asked, result.share, user_id=who.user_id, at=at)
        event = answer_event(asked, who, Answered(given, int(result.right), earned, at, day))
        card = None if result.right or asked.source == TEST else self._card(asked, who, at)
        kept = await self._intake.keep(Answer(event, who, card))
        return await self._before(asked, who) if kept is None else Verdict(asked, True, given, result.right, kept)

    async def theirs(self, round_id: int, who: Who) -> Asked:
        """Return the question of a round that somebody may answer.

        Raises:
            RoundGoneError: there is no such round in this group.
            NotYoursError: it is somebody else's quiz.
        """
        asked = await self.asked(round_id)
        if asked.guild_id != who.guild_id:
            raise RoundGoneError
        if asked.host_id not in {None, who.user_id}:
            raise NotYoursError
        return asked

    async def _marked(self, asked: Asked, given: Given) -> Mark:
        result = mark(asked.question, given)
        if result.right or not isinstance(given, str):
            return result
        async with self._db.reading() as conn:
            forms = await rounds.accepted_forms(conn, asked.guild_id, asked.question.id)
        if not forms:
            return result
        return mark(replace(asked.question, accepted=(*asked.question.accepted, *forms)), given)

    def _card(self, asked: Asked, who: Who, at: datetime) -> NewCard:
        """Return the card of what somebody did not know; its text is the same for all, and takes a while to write."""
        text = self._written.get(asked.round_id)
        if text is None:
            text = self._written[asked.round_id] = dump(asked.question)
            if len(self._written) > _KEPT:
                self._written.popitem(last=False)
        return NewCard(who.user_id, who.guild_id, asked.question.id, text, at)

    async def _before(self, asked: Asked, who: Who) -> Verdict:
        """Return what somebody answered before; who has not answered finds the round closed."""
        async with self._db.reading() as conn:
            event = await events.answer_of(conn, asked.round_id, who.user_id)
            right, earned = await events.standing_of(conn, asked.round_id, who.user_id)
        if event is None:
            raise RoundClosedError
        return Verdict(asked, False, read_given(asked.question, event.given), right > 0, earned)


def _fits(question: Question, given: Given) -> bool:
    """Return whether an answer is of the kind that a question wants: a forged button may bring any."""
    if question.kind is Kind.TYPED or isinstance(given, str):
        return question.kind is Kind.TYPED and isinstance(given, str)
    match question.kind:
        case Kind.CHOICE | Kind.TRUTH:
            return len(given) == 1
        case Kind.ORDER:
            return sorted(given) == list(range(len(question.choices)))
        case Kind.SEVERAL:
            return bool(given)
        case _:
            return False


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer and what it earned. *day* is the group's local one."""

    given: Given
    right: int
    points: int
    at: datetime
    day: date


def answer_event(asked: Asked, who: Who, answer: Answered) -> Event:
    """Return the event that keeps an answer."""
    return Event(
        guild_id=who.guild_id,
        user_id=who.user_id,
        round_id=asked.round_id,
        at=answer.at,
        day=answer.day,
        source=asked.source,
        question_id=asked.question.id,
        topic=asked.question.topic[:LONGEST_TOPIC],
        given=written(answer.given),
        right=answer.right,
        points=answer.points,
        rule=points.RULE,
        took_ms=_took_ms(asked, answer.at),
    )


def _took_ms(asked: Asked, at: datetime) -> int | None:
    """Return how long an answer took; None where a clock was wrong, or so long that no column holds it."""
    took = (at - asked.opened_at) // _MILLISECOND if asked.opened_at else -1
    return took if 0 <= took <= _LONGEST_MS else None


def worth(asked: Asked, share: float, *, user_id: int, at: datetime) -> int:
    """Return the points of an answer at *at*, before any daily cap; a test earns nothing."""
    if asked.source == TEST:
        return 0
    earned = points.earned(asked.question, share, user_id=user_id)
    if asked.source != RACE or asked.opened_at is None or asked.closes_at is None:
        return earned
    return points.quickened(earned, at - asked.opened_at, asked.closes_at - asked.opened_at)


def new_round(question: Question, *, guild_id: int, channel_id: int, source: str, rng: random.Random) -> NewRound:
    """Return a round of *question* with its choices shuffled, not yet open."""
    return NewRound(
        guild_id=guild_id,
        channel_id=channel_id,
        source=source,
        question_id=question.id,
        question=dump(question),
        shuffle=shuffled(question, rng),
    )


def shuffled(question: Question, rng: random.Random) -> tuple[int, ...]:
    """Return the order in which the choices are shown: TRUE before FALSE, the pinned last, the others by chance.

    What is to be put in order is never shown in the right one.
    """
    if question.kind is Kind.TRUTH:
        return (TRUE, FALSE)
    places = [index for index in range(len(question.choices)) if index not in question.pinned]
    rng.shuffle(places)
    if question.kind is Kind.ORDER and places == sorted(places):
        places.append(places.pop(0))
    return (*places, *question.pinned)


def asked_of(kept: Round) -> Asked:
    """Return the question of a stored round."""
    return Asked(
        round_id=kept.id,
        guild_id=kept.guild_id,
        channel_id=kept.channel_id,
        source=kept.source,
        question=restore(kept.question),
        shuffle=kept.shuffle,
        game_id=kept.game_id,
        number=kept.number,
        host_id=kept.host_id,
        opened_at=kept.opened_at,
        closes_at=kept.closes_at,
    )


def written(given: Given) -> str:
    """Return an answer as it is kept: no database takes halves of characters, and not every one takes a NUL."""
    if not isinstance(given, str):
        return ",".join(map(str, given))
    return given[: events.LONGEST_GIVEN].replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def read_given(question: Question, kept: str) -> Given:
    """Return the answer that :func:`written` kept."""
    if question.kind is Kind.TYPED:
        return kept
    return tuple(int(index) for index in kept.split(",") if index)
