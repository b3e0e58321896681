"""'I was right': a typed answer goes to those who manage the server; what they accept counts, for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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

        Raises:
            SettledError: it was decided before, or never was.
        """
        who, now = editor.who, self._clock()
        async with self._db.begin() as conn:
            pending = await self._decided(conn, editor, appeal_id, ACCEPTED)
            question, form = pending.question, pending.appeal.given
            await appeals.accept_form(conn, who.guild_id, question.id, form, now)
            answers = await appeals.answers_to_question(conn, who.guild_id, question.id)
            # Before it is looked how each stands: an answer that comes now, or another decision, could change that.
            await conn.run_sync(totals.hold, {(answer.guild_id, answer.user_id) for answer in answers})
            corrected = await _rescore(conn, answers, form)
        return Decision(pending, accepted=True, corrected=corrected)

    async def decline(self, editor: Editor, appeal_id: int) -> Decision:
        """Leave the answer as it was marked.

        Raises:
            SettledError: it was decided before, or never was.
        """
        async with self._db.begin() as conn:
            return Decision(await self._decided(conn, editor, appeal_id, DECLINED), accepted=False)

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


async def _rescore(conn: Connection, answers: Iterable[Event], form: str) -> int:
    """Correct every answer that *form* makes right, and return how many; safe to repeat."""
    known: dict[int, Asked] = {}
    corrected = 0
    for answer in answers:
        if answer.round_id not in known:
            kept = await rounds.get(conn, answer.round_id)
            assert kept is not None  # noqa: S101 - the database keeps a round for as long as its answers
            known[answer.round_id] = asked_of(kept)
        asked = known[answer.round_id]
        if asked.question.kind is Kind.TYPED and _counts(asked.question, answer.given, form):
            corrected += await _correct(conn, asked, answer)
    return corrected


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
