"""Answers in people's own words: private at first, graded by their authors, voted for by the others."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.errors import (
    AnsweredError,
    CopiedAnswerError,
    GradingOverError,
    NoAnswersError,
    NotAnsweredError,
    NotRevealedError,
    OwnAnswerError,
    RoundClosedError,
    RoundGoneError,
    StudyError,
    TooShortError,
    VotedError,
)
from bot.services.groups import Groups, Who
from bot.services.questions import storable
from bot.services.reveals import Reveal
from bot.services.review import learned
from bot.services.rounds import TEST, Answered, Asked, Rounds, answer_event, worth
from knowledge.questions.marking import mark
from knowledge.questions.model import Kind, dump
from knowledge.text import fold
from storage import cards, events, open_answers, posts, rounds
from storage.cards import NewCard
from storage.database import Connection, Database
from storage.errors import StorageError
from storage.events import Event
from storage.open_answers import OpenAnswer, ShownAnswer
from storage.posts import REVEALED

LEAST: Final = 15
"""Characters of an answer; a Chinese one counts double."""
LONGEST: Final = 4_000
DRAFT_LASTS: Final = timedelta(minutes=15)
GRADED_FOR: Final = timedelta(days=7)
PAGE: Final = 3
_DRAFTS: Final = 500


@dataclass(frozen=True, slots=True)
class Begun:
    """What the window of an answer begins with.

    Attributes:
        text: that stands in it already.
        final: the answer cannot be changed once it is in, because its author may know the key points then.
    """

    asked: Asked
    text: str
    final: bool


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of an answer.

    Attributes:
        first: False if it took the place of an earlier one.
        final: it can no longer be changed, because its author may know the key points now.
    """

    asked: Asked
    text: str
    first: bool
    final: bool


@dataclass(frozen=True, slots=True)
class Graded:
    """How an answer stands.

    Attributes:
        ticks: indexes of the key points that its author found in it; None while they have not looked.
        points: that it has earned.
        later: whether the question is now planned in its author's reviews as one that they know.
    """

    asked: Asked
    text: str
    ticks: tuple[int, ...] | None
    right: bool
    points: int
    later: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody's answer as they may see it themselves.

    Attributes:
        known: whether they may see what is right; their answer is final then.
        ticks: as in Graded.
        gradable: whether they can grade it now.
    """

    asked: Asked
    text: str
    known: bool
    ticks: tuple[int, ...] | None
    points: int
    gradable: bool


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Answers to a question, those with the most votes first."""

    asked: Asked
    answers: tuple[ShownAnswer, ...]
    page: int
    pages: int


class OpenAnswers:
    """Takes, grades and shows answers in people's own words."""

    def __init__(self, db: Database, *, rounds: Rounds, groups: Groups, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._rounds = rounds
        self._groups = groups
        self._clock = clock
        self._drafts: OrderedDict[tuple[int, int], tuple[str, datetime]] = OrderedDict()

    async def begun(self, round_id: int, who: Who) -> Begun:
        """Return the question and what its window begins with: what failed a moment ago, else the present answer.

        Raises:
            RoundGoneError: there is no such open question in this group.
            RoundClosedError: it cannot be answered (any more).
            AnsweredError: this person has, and their answer is final.
        """
        asked = await self._theirs(round_id, who)
        async with self._db.reading() as conn:
            kept, known = await _answerable(conn, asked, who, self._clock())
        draft = self._drafts.get((round_id, who.user_id))
        fresh = draft is not None and self._clock() - draft[1] < DRAFT_LASTS
        text = draft[0] if draft is not None and fresh else (kept.text if kept else "")
        return Begun(asked, text, known)

    async def submit(self, round_id: int, who: Who, text: str) -> Submitted:
        """Keep an answer; whatever goes wrong, what was written comes back in the window for 15 minutes.

        Raises:
            TooShortError, CopiedAnswerError
            RoundGoneError: there is no such open question in this group.
            RoundClosedError: it cannot be answered (any more).
            AnsweredError: this person has, and their answer is final.
        """
        text = storable(text).strip()[:LONGEST]
        try:
            found = await self._submit(round_id, who, text)
        except (StudyError, StorageError):
            self._keep_draft(round_id, who, text)
            raise
        self._drafts.pop((round_id, who.user_id), None)
        return found

    def forget(self, user_id: int) -> None:
        """Drop what is kept at hand of somebody."""
        for key in [key for key in self._drafts if key[1] == user_id]:
            del self._drafts[key]

    async def own(self, round_id: int, who: Who) -> Own | None:
        """Return somebody's answer with what they may know of it; None if they have none.

        Raises:
            RoundGoneError: there is no such open question in this group.
        """
        asked = await self._theirs(round_id, who)
        async with self._db.reading() as conn:
            kept = await open_answers.of(conn, round_id, who.user_id)
            if kept is None:
                return None
            known = await _is_known(conn, asked)
            _, points = await events.standing_of(conn, round_id, who.user_id)
        in_time = self._clock() - kept.submitted_at <= GRADED_FOR
        gradable = known and in_time and bool(asked.question.points)
        return Own(asked, kept.text, known, kept.ticks, points, gradable)

    async def standing(self, round_id: int, who: Who) -> Graded:
        """Return somebody's answer and how it stands.

        Raises:
            RoundGoneError: there is no such open question in this group.
            NotAnsweredError, NotRevealedError
        """
        asked = await self._theirs(round_id, who)
        async with self._db.reading() as conn:
            return await self._standing(conn, asked, who)

    async def grade(self, round_id: int, who: Who, ticks: Sequence[int]) -> Graded:
        """Count an answer by the key points that its author found in it; grading again replaces what was.

        Raises:
            RoundGoneError: there is no such open question in this group.
            NotAnsweredError, NotRevealedError, GradingOverError
        """
        asked = await self._theirs(round_id, who)
        now = self._clock()
        covered = tuple(sorted({tick for tick in ticks if 0 <= tick < len(asked.question.points)}))
        day = await self._groups.today(who.guild_id, now)
        card = await self._card(asked, who, now)
        async with self._db.begin() as conn:
            # Held, so that of two windows the second finds what the first has made of it.
            kept = await open_answers.held(conn, round_id, who.user_id)
            if kept is None:
                raise NotAnsweredError
            before = await self._standing(conn, asked, who)
            if now - kept.submitted_at > GRADED_FOR:
                raise GradingOverError(GRADED_FOR.days)
            result = mark(asked.question, covered)
            earned = worth(asked, result.share, user_id=who.user_id, at=now)
            right = int(result.right) - int(before.right)
            event = answer_event(asked, who, Answered(covered, right, earned - before.points, now, day))
            # Not graded, it was neither right nor wrong: only now is it one of the answers that a share is taken of.
            first = not await events.counts_as_answered(conn, round_id, who.user_id)
            if not await events.correct(conn, replace(event, took_ms=None), answered=int(first)):
                raise NotAnsweredError  # its author's data was deleted meanwhile
            await open_answers.tick(conn, kept.id, covered)
            planned = asked.source != TEST and await _plan(conn, card(result.right), kept)
        return Graded(asked, kept.text, covered, result.right, earned, planned and result.right)

    async def page(self, round_id: int, who: Who, page: int) -> AnswerPage:
        """Return a page, counted from 0, of the answers; one that is too big is the last.

        Raises:
            RoundGoneError: there is no such open question in this group.
            NotRevealedError, NoAnswersError
        """
        asked = await self._theirs(round_id, who)
        async with self._db.reading() as conn:
            if not await _is_public(conn, round_id):
                raise NotRevealedError
            pages = -(-await open_answers.count(conn, round_id) // PAGE)
            page = max(0, min(page, pages - 1))
            found = await open_answers.shown(conn, round_id, offset=page * PAGE, limit=PAGE)
        if not found:
            raise NoAnswersError
        return AnswerPage(asked, tuple(found), page, pages)

    async def vote(self, answer_id: int, who: Who) -> int:
        """Vote for somebody else's answer, once, and return how many votes it has.

        Raises:
            RoundGoneError: there is no such answer in this group.
            NotRevealedError, OwnAnswerError, VotedError
        """
        async with self._db.begin() as conn:
            kept = await open_answers.get(conn, answer_id)
            if kept is None or kept.guild_id != who.guild_id:
                raise RoundGoneError
            if not await _is_public(conn, kept.round_id):
                raise NotRevealedError
            if kept.user_id == who.user_id:
                raise OwnAnswerError
            at = self._clock()
            if not await open_answers.vote(conn, answer_id, user_id=who.user_id, guild_id=who.guild_id, at=at):
                raise VotedError
            return await open_answers.votes_for(conn, answer_id)

    async def _submit(self, round_id: int, who: Who, text: str) -> Submitted:
        asked = await self._theirs(round_id, who)
        if _weight(text) < LEAST:
            raise TooShortError(LEAST)
        now = self._clock()
        event = await self._event(asked, who, now)
        await self._compare(asked, who, text)
        async with self._db.begin() as conn:
            kept, known = await _answerable(conn, asked, who, now)
            if kept is not None:
                await open_answers.revise(conn, kept.id, text, now)
            elif await events.add_answer(conn, event):
                key = {"guild_id": who.guild_id, "user_id": who.user_id, "round_id": round_id}
                await open_answers.add(conn, **key, text=text, at=now)
                await self._groups.see(conn, who)
            else:
                raise RoundClosedError
        self._groups.remember(who)
        return Submitted(asked, text, kept is None, known)

    async def _compare(self, asked: Asked, who: Who, text: str) -> None:
        """Refuse what others have written, or the question; before anything is locked, for it takes a while.

        Raises:
            RoundClosedError, AnsweredError, CopiedAnswerError
        """
        async with self._db.reading() as conn:
            await _answerable(conn, asked, who, self._clock())
            others = await open_answers.texts_like(conn, asked.round_id, who.user_id, len(text))
        if await asyncio.to_thread(_is_copy, text, (asked.question.prompt, *others)):
            raise CopiedAnswerError

    async def _event(self, asked: Asked, who: Who, now: datetime) -> Event:
        day = await self._groups.today(who.guild_id, now)
        return replace(answer_event(asked, who, Answered((), 0, 0, now, day)), answered=0)

    async def _card(self, asked: Asked, who: Who, now: datetime) -> Callable[[bool], NewCard]:
        """Return what makes the card of a question, by whether it was known."""
        zone = await self._groups.zone_of(who.user_id, who.guild_id)
        new = NewCard(who.user_id, who.guild_id, asked.question.id, dump(asked.question), now)
        return lambda right: learned(new, zone) if right else new

    async def _theirs(self, round_id: int, who: Who) -> Asked:
        asked = await self._rounds.asked(round_id)
        if asked.guild_id != who.guild_id or asked.question.kind is not Kind.OPEN:
            raise RoundGoneError
        return asked

    async def _standing(self, conn: Connection, asked: Asked, who: Who) -> Graded:
        kept = await open_answers.of(conn, asked.round_id, who.user_id)
        if kept is None:
            raise NotAnsweredError
        if not await _is_known(conn, asked):
            raise NotRevealedError
        right, points = await events.standing_of(conn, asked.round_id, who.user_id)
        return Graded(asked, kept.text, kept.ticks, right > 0, points)

    def _keep_draft(self, round_id: int, who: Who, text: str) -> None:
        self._drafts[round_id, who.user_id] = (text, self._clock())
        self._drafts.move_to_end((round_id, who.user_id))
        if len(self._drafts) > _DRAFTS:
            self._drafts.popitem(last=False)


async def _answerable(conn: Connection, asked: Asked, who: Who, now: datetime) -> tuple[OpenAnswer | None, bool]:
    """Return somebody's present answer, and whether they may see the key points once they have one.

    Raises:
        RoundClosedError: the question cannot be answered (any more).
        AnsweredError: they have, and their answer is final.
    """
    known = await _is_known(conn, asked)
    kept = await open_answers.of(conn, asked.round_id, who.user_id)
    is_open = await _is_open(conn, asked.round_id, now)
    if kept and (known or not is_open):
        raise AnsweredError
    if not is_open:
        raise RoundClosedError
    return kept, known


async def _plan(conn: Connection, card: NewCard, kept: OpenAnswer) -> bool:
    """Keep the card of a graded answer; False if there is one that something else has planned.

    Graded again, the answer plans its own card anew, until that was first repeated.
    """
    return await cards.add(conn, card) or (
        kept.ticks is not None and await cards.renew(conn, card, since=kept.submitted_at)
    )


async def _is_open(conn: Connection, round_id: int, now: datetime) -> bool:
    kept = await rounds.get(conn, round_id)
    if kept is None or kept.opened_at is None or kept.closed_at is not None:
        return False
    return kept.closes_at is None or kept.closes_at > now


async def _is_known(conn: Connection, asked: Asked) -> bool:
    """Return whether who has answered may see the key points: at once in a test, else by the rule of the post."""
    post = await posts.of_round(conn, asked.round_id)
    return post is None or asked.source == TEST or post.state == REVEALED or Reveal.read(post.reveal).at_once


async def _is_public(conn: Connection, round_id: int) -> bool:
    """Return whether everybody may see what the others have written."""
    post = await posts.of_round(conn, round_id)
    return post is None or post.state == REVEALED


def _weight(text: str) -> int:
    return sum(2 if character > "\u2e7f" else 1 for character in text if not character.isspace())


def _is_copy(text: str, others: Sequence[str]) -> bool:
    return _folded(text) in set(map(_folded, others))


def _folded(text: str) -> str:
    return "".join(one for one in fold(text).casefold() if one.isalnum())
