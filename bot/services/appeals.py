"""'I was right': a typed answer goes to those who manage the server; what they accept counts, for everybody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.errors import NotAnsweredError, RoundGoneError, SettledError
from bot.services import points, race_ends
from bot.services.bell import Bell
from bot.services.entries import Editor
from bot.services.groups import Groups, Who
from bot.services.question_errors import NoAppealError
from bot.services.rounds import QUIZ, Asked, Rounds, asked_of, worth
from knowledge.questions.marking import mark
from knowledge.questions.model import Kind, Question
from storage import announcements, appeals, audit, events, rounds, totals
from storage.appeals import ACCEPTED, DECLINED, OPEN, Appeal, NewAppeal
from storage.database import Connection, Database
from storage.events import Event

APPEAL: Final = "appeal"
OWN: Final = 10
"""Of one's own appeals that are listed."""
PORTION: Final = 50
"""Answers that are corrected in one transaction: others wait for it."""
_MARKED: Final = 2_000
"""Texts that are marked at a time."""
_OVERLAP: Final = 200
"""Events that are looked at again."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An appeal and the question it is about."""

    appeal: Appeal
    question: Question

    @property
    def accepted(self) -> bool | None:
        """Whether it counts; None until that is decided."""
        return None if self.appeal.state == OPEN else self.appeal.state == ACCEPTED


@dataclass(frozen=True, slots=True)
class Appealed:
    """The appeal at a place, counted from 0, and how many are open; None if there is none."""

    pending: Pending | None
    place: int
    count: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of an appeal; *corrected* answers count as right now that did not before."""

    pending: Pending
    accepted: bool
    corrected: int = 0


class Appeals:
    """Takes appeals and decides them once.

    Args:
        bell: rung when a channel is to be told something.
    """

    def __init__(
        self, db: Database, groups: Groups, *, taken: Rounds, bell: Bell, clock: Callable[[], datetime]
    ) -> None:
        self._db = db
        self._groups = groups
        self._taken = taken
        self._bell = bell
        self._clock = clock

    async def appeal(self, who: Who, round_id: int) -> bool:
        """Ask for a look at what somebody typed in a round; False if they have asked before.

        Raises:
            RoundGoneError: there is no such round in this group, or it is no group.
            NotYoursError: it is somebody else's quiz.
            NotAnsweredError: they have not answered.
            NoAppealError: the answer was right, or not typed, or says nothing.
        """
        asked = await self._taken.theirs(round_id, who)
        if not who.guild_id:
            raise RoundGoneError
        now, log = self._clock(), (await self._groups.group(who.guild_id)).log_channel_id
        async with self._db.begin() as conn:
            given = await _appealable(conn, asked, who)
            added = await appeals.add(conn, NewAppeal(who.guild_id, who.user_id, round_id, given, now))
            await self._groups.see(conn, who)
            if added and log is not None:
                where = {"guild_id": who.guild_id, "channel_id": log}
                await announcements.add(conn, APPEAL, question_id=asked.question.id, at=now, **where)
        self._bell.ring()
        return added

    async def at(self, editor: Editor, place: int) -> Appealed:
        """Return the open appeal at a place, the oldest first; beyond the last it is the last."""
        async with self._db.reading() as conn:
            count = await appeals.count(conn, editor.who.guild_id)
            place = max(0, min(place, count - 1))
            found = await appeals.nth(conn, editor.who.guild_id, place)
            pending = await _pending(conn, found) if found else None
        return Appealed(pending, place, count)

    async def own(self, who: Who) -> tuple[Pending, ...]:
        """Return somebody's newest appeals in a group, decided or not."""
        async with self._db.reading() as conn:
            found = await appeals.of_user(conn, who.guild_id, who.user_id, OWN)
            return tuple([await _pending(conn, appeal) for appeal in found])

    async def accept(self, editor: Editor, appeal_id: int) -> Decision:
        """Let the answer count, from now on and for everybody in the group who has given it.

        Others can answer all the while: what is to be corrected is found before, and corrected in portions. Each answer
        is corrected once, however often it is found. If the process ends between two portions, the next appeal with
        the same answer brings the rest.

        Raises:
            SettledError: it was decided before, or never was.
        """
        pending, seen = await self._open(editor, appeal_id)
        first, *others = _portions(await self._alike(pending)) or [()]
        async with self._db.begin() as conn:
            await self._decided(conn, editor, appeal_id, ACCEPTED)
            appeal, question = pending.appeal, pending.question
            await appeals.accept_form(conn, appeal.guild_id, question.id, appeal.given, self._clock())
            late = await appeals.answers_since(conn, appeal.guild_id, question.id, seen)
            corrected = await _rescore(
                conn, (*first, *(one for one in late if _counts(question, one.given, appeal.given)))
            )
        for portion in others:
            async with self._db.begin() as conn:
                corrected += await _rescore(conn, portion)
        return Decision(pending, accepted=True, corrected=corrected)

    async def decline(self, editor: Editor, appeal_id: int) -> Decision:
        """Leave the answer as it was marked.

        Raises:
            SettledError: it was decided before, or never was.
        """
        async with self._db.begin() as conn:
            return Decision(await self._decided(conn, editor, appeal_id, DECLINED), accepted=False)

    async def _open(self, editor: Editor, appeal_id: int) -> tuple[Pending, int]:
        """Return an appeal that is open, and up to which event answers to its question are looked through."""
        async with self._db.reading() as conn:
            found = await appeals.get(conn, editor.who.guild_id, appeal_id)
            if found is None or found.state != OPEN:
                raise SettledError
            # Ids are given out before what has them is kept: what comes a little later may have a smaller one.
            return await _pending(conn, found), await appeals.last_event(conn) - _OVERLAP

    async def _alike(self, pending: Pending) -> Sequence[Event]:
        """Return every answer that is right if what was typed is; what many have typed is marked once."""
        appeal, question = pending.appeal, pending.question
        alike: list[Event] = []
        after: str | None = None
        while True:
            async with self._db.reading() as conn:
                texts = await appeals.texts_given(conn, appeal.guild_id, question.id, after=after, limit=_MARKED)
                right = await asyncio.to_thread(_counting, question, texts, appeal.given)
                alike += await appeals.answers_alike(conn, appeal.guild_id, question.id, right) if right else ()
            if len(texts) < _MARKED:
                return alike
            after = texts[-1]

    async def _decided(self, conn: Connection, editor: Editor, appeal_id: int, state: str) -> Pending:
        who = editor.who
        found = await appeals.get(conn, who.guild_id, appeal_id)
        if found is None or not await appeals.decide(conn, found, state, who.user_id):
            raise SettledError
        await audit.add(
            conn, f"appeal {state}", guild_id=who.guild_id, user_id=who.user_id, at=self._clock(), subject=str(found.id)
        )
        return await _pending(conn, found)


async def _appealable(conn: Connection, asked: Asked, who: Who) -> str:
    """Return what somebody typed, if an appeal could change what became of it."""
    answer = await events.answer_of(conn, asked.round_id, who.user_id)
    if answer is None:
        raise NotAnsweredError
    right, _ = await events.standing_of(conn, asked.round_id, who.user_id)
    if asked.question.kind is not Kind.TYPED or right > 0 or not _counts(asked.question, answer.given, answer.given):
        raise NoAppealError
    return answer.given


async def _pending(conn: Connection, appeal: Appeal) -> Pending:
    kept = await rounds.get(conn, appeal.round_id)
    assert kept is not None  # noqa: S101 - the database keeps a round for as long as its appeals
    return Pending(appeal, asked_of(kept).question)


async def _rescore(conn: Connection, answers: Collection[Event]) -> int:
    """Correct every one of *answers* that is not right yet, and return how many; safe to repeat."""
    # Before it is looked how each stands: an answer that comes now, or another decision, could change that.
    await conn.run_sync(totals.hold, {(answer.guild_id, answer.user_id) for answer in answers})
    known: dict[int, Asked] = {}
    corrected = 0
    for answer in answers:
        if answer.round_id not in known:
            kept = await rounds.get(conn, answer.round_id)
            assert kept is not None  # noqa: S101 - the database keeps a round for as long as its answers
            known[answer.round_id] = asked_of(kept)
        asked = known[answer.round_id]
        corrected += asked.question.kind is Kind.TYPED and await _correct(conn, asked, answer)
    return corrected


def _portions(answers: Sequence[Event]) -> list[Sequence[Event]]:
    """Return *answers* in parts that are corrected in one transaction each."""
    return [answers[first : first + PORTION] for first in range(0, len(answers), PORTION)]


def _counting(question: Question, texts: Sequence[str], form: str) -> list[str]:
    return [text for text in texts if _counts(question, text, form)]


def _counts(question: Question, given: str, form: str) -> bool:
    return mark(replace(question, accepted=(form,)), given).right


async def _correct(conn: Connection, asked: Asked, answer: Event) -> bool:
    right, had = await events.standing_of(conn, answer.round_id, answer.user_id)
    if right > 0:
        return False
    earned = worth(asked, 1.0, user_id=answer.user_id, at=answer.at)
    if asked.source == QUIZ:
        before = await events.points_on(
            conn, guild_id=answer.guild_id, user_id=answer.user_id, day=answer.day, source=QUIZ
        )
        earned = points.capped(earned, before)
    elif asked.game_id is not None and await race_ends.is_void(conn, asked.game_id, asked.round_id):
        earned = 0
    # Dated like the answer: what was right then counts for that day, week and season.
    return await events.correct(conn, replace(answer, given="", right=1 - right, points=earned - had, took_ms=None))
