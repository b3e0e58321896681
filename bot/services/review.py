"""Spaced repetition: which card comes next, what a grade does to it, and undoing that. When is decided by FSRS."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import fsrs

from bot.errors import NoCardsError, NotesLoadingError
from bot.services import study_days
from bot.services.desk import DeckCard, Desk, Grade, Guess, Happened, Past, Shown
from bot.services.groups import Groups, Who
from bot.services.libraries import Libraries
from bot.services.questions import Questions
from bot.services.rounds import Asked, Rounds, shuffled
from knowledge.model import Section
from knowledge.questions.bank import Bank, section_of
from knowledge.questions.marking import mark
from knowledge.questions.model import Question, dump, restore
from storage import cards
from storage.cards import Card, NewCard, Standing
from storage.database import Connection, Database

DAILY: Final = 20
"""Different cards that are asked for on a day."""
LEECH: Final = 8
"""Lapses after which a card is set aside: repeating it is no way to learn it."""
MOST_EXPORTED: Final = 3_000
_STEPS: Final = (timedelta(minutes=10),)
"""After which a card that is not known comes again: within one visit, and not as the very next."""
_LONGEST_DAYS: Final = 365


class Review:
    """The cards of people; what is not a person's own is to them as if it were not there.

    Cards of a group with notes that not everybody sees are there only where these notes are.
    """

    def __init__(
        self,
        db: Database,
        groups: Groups,
        *,
        rounds: Rounds,
        questions: Questions,
        libraries: Libraries,
        clock: Callable[[], datetime],
    ) -> None:
        self._db = db
        self._groups = groups
        self._rounds = rounds
        self._questions = questions
        self._libraries = libraries
        self._clock = clock
        self._scheduler = _scheduler()

    async def next(self, who: Who, past: Past | None = None) -> Desk:
        """Return the card that is due, and how things stand; *past* is handed on."""
        now, elsewhere = self._clock(), self._libraries.elsewhere(who.guild_id)
        begun = study_days.beginning(now, await self._zone(who))
        async with self._db.reading() as conn:
            done = await cards.graded(conn, who.user_id, begun)
            since = begun if done >= DAILY else None
            card = await cards.first_due(conn, who.user_id, now, graded_since=since, without=elsewhere)
            counts = await cards.counts(conn, who.user_id, now, without=elsewhere)
        shown = await self._shown(card, who, now) if card else None
        return Desk(shown, counts, done, past=past)

    async def reveal(self, who: Who, card_id: int, version: int, given: Sequence[int] | None = None) -> Desk:
        """Return a card with its answer, marked if places of its message were *given*; the next one if it has moved on.

        Changes nothing.
        """
        desk = await self._at(who, card_id, version)
        if desk.card is None:
            return await self.next(who, Past(Happened.STALE))
        return replace(desk, revealed=True, guess=_guessed(desk.card.asked, given) if given is not None else None)

    async def grade(self, who: Who, card_id: int, version: int, grade: Grade) -> Desk:
        """Grade a card as it was in *version*, once, and return the next one."""
        zone = await self._zone(who)
        async with self._db.begin() as conn:
            card = await cards.get(conn, card_id, who.user_id, without=self._libraries.elsewhere(who.guild_id))
            if card is None or card.version != version or card.suspended:
                past = Past(Happened.STALE)
            else:
                past = await self._graded(conn, card, grade, zone)
        return await self.next(who, past)

    async def set_aside(self, who: Who, card_id: int, version: int) -> Desk:
        """Let a card rest until its owner takes it back, and return the next one."""
        async with self._db.begin() as conn:
            card = await cards.get(conn, card_id, who.user_id, without=self._libraries.elsewhere(who.guild_id))
            done = card is not None and card.version == version
            if card is not None and done:
                done = await cards.change(conn, card, replace(_standing(card), suspended=True))
        return await self.next(who, Past(Happened.ASIDE if done else Happened.STALE, card_id))

    async def take_back(self, who: Who, card_id: int | None = None) -> Desk:
        """Let a card that was set aside, or all of them, be asked for again."""
        async with self._db.begin() as conn:
            taken = await cards.take_back(conn, who.user_id, card_id)
        return await self.next(who, Past(Happened.TAKEN_BACK, cards=taken) if taken else Past(Happened.STALE))

    async def undo(self, who: Who, card_id: int, version: int) -> Desk:
        """Make the card what it was before it was graded in *version*, and return it; nothing if it moved on since."""
        async with self._db.begin() as conn:
            card = await cards.get(conn, card_id, who.user_id, without=self._libraries.elsewhere(who.guild_id))
            review = await cards.review(conn, card_id, version) if card else None
            undone = card is not None and review is not None and card.version == version + 1
            if card is not None and review is not None and undone:
                await cards.change(conn, card, _read(review.before))
                await cards.drop_review(conn, card_id, version)
        if not undone:
            return await self.next(who, Past(Happened.STALE))
        return replace(await self._at(who, card_id, version + 2), past=Past(Happened.UNDONE, card_id))

    async def practise(self, who: Who, card_id: int = 0, *, revealed: bool = False) -> Desk:
        """Return a card with its answer, or the card after it; 0 is the first one. No schedule is touched."""
        now, elsewhere = self._clock(), self._libraries.elsewhere(who.guild_id)
        async with self._db.reading() as conn:
            before = await cards.get(conn, card_id, who.user_id, without=elsewhere) if card_id else None
            card = before if revealed else await cards.following(conn, who.user_id, before, without=elsewhere)
            counts = await cards.counts(conn, who.user_id, now, without=elsewhere)
        shown = await self._shown(card, who, now) if card else None
        return Desk(shown, counts, revealed=revealed, practice=True)

    async def keep(self, who: Who, round_id: int) -> bool:
        """Make a card of a round's question; False if this person has one.

        Raises:
            RoundGoneError: there is no such round in this group.
            NotYoursError: it is somebody else's quiz.
        """
        asked = await self._rounds.theirs(round_id, who)
        new = cards.NewCard(who.user_id, who.guild_id, asked.question.id, dump(asked.question), self._clock())
        async with self._db.begin() as conn:
            return await cards.add(conn, new)

    async def deck(self, who: Who) -> tuple[DeckCard, ...]:
        """Return the newest of somebody's cards, at most MOST_EXPORTED, for a program of their own.

        Raises:
            NoCardsError: there are none.
        """
        async with self._db.reading() as conn:
            kept = await cards.of_user(
                conn, who.user_id, MOST_EXPORTED, without=self._libraries.elsewhere(who.guild_id)
            )
        if not kept:
            raise NoCardsError
        banks = {guild_id: await self._bank(guild_id) for guild_id in {card.guild_id for card in kept}}
        return await asyncio.to_thread(self._deck, kept, banks, who.guild_id)

    def _deck(self, kept: Sequence[Card], banks: Mapping[int, Bank], guild_id: int) -> tuple[DeckCard, ...]:
        found = (_newest(card, banks[card.guild_id]) for card in kept)
        return tuple(DeckCard(question, self._section(question, guild_id)) for question in found)

    async def _at(self, who: Who, card_id: int, version: int) -> Desk:
        """Return a card as it is in *version*; none if it is another's, moved on or set aside."""
        desk = await self.next(who)
        async with self._db.reading() as conn:
            card = await cards.get(conn, card_id, who.user_id, without=self._libraries.elsewhere(who.guild_id))
        if card is None or card.version != version or card.suspended:
            return replace(desk, card=None)
        return replace(desk, card=await self._shown(card, who, self._clock()))

    async def _graded(self, conn: Connection, card: Card, grade: Grade, zone: ZoneInfo) -> Past:
        now = self._clock().astimezone(UTC)
        before, after = _schedule(card), self._after(card, grade, now)
        lapsed = grade is Grade.AGAIN and before.state is fsrs.State.Review
        lapses = card.lapses + lapsed
        leech = lapsed and lapses >= LEECH
        due = _due(after, zone)
        standing = Standing(after.to_json(), max(due, now), lapses, leech)
        review = cards.Review(card.id, card.user_id, card.version, now, grade, _written(_standing(card)))
        if not await cards.change(conn, card, standing) or not await cards.add_review(conn, review):
            return Past(Happened.STALE)
        return Past(Happened.LEECH if leech else Happened.GRADED, card.id, card.version, due)

    def _after(self, card: Card, grade: Grade, now: datetime) -> fsrs.Card:
        return self._scheduler.review_card(_schedule(card), fsrs.Rating(grade), now)[0]

    async def _shown(self, card: Card, who: Who, now: datetime) -> Shown:
        now = now.astimezone(UTC)
        question = _newest(card, await self._bank(card.guild_id))
        section = self._section(question, who.guild_id)
        intervals = tuple(self._after(card, grade, now).due - now for grade in Grade)
        return Shown(card.id, card.version, _asked(card, question), section.id if section else None, intervals)

    async def _bank(self, guild_id: int) -> Bank:
        try:
            return await self._questions.bank(guild_id)
        except NotesLoadingError:
            return Bank()

    def _section(self, question: Question, guild_id: int) -> Section | None:
        try:
            return section_of(question, self._libraries.of(guild_id).index)
        except NotesLoadingError:
            return None

    async def _zone(self, who: Who) -> ZoneInfo:
        """Return the zone of the person, else of the group; in direct messages that of the newest card's group."""
        home = who.guild_id
        if not home:
            async with self._db.reading() as conn:
                home = await cards.home(conn, who.user_id)
        return await self._groups.zone_of(who.user_id, home)


def learned(card: NewCard, zone: ZoneInfo) -> NewCard:
    """Return a new card planned as if its owner had known it when it was made: due after days, in their *zone*."""
    made_at = card.made_at.astimezone(UTC)
    # The schedule's own id is never looked at, and the card's is not known yet.
    after = _scheduler().review_card(fsrs.Card(card_id=0, due=made_at), fsrs.Rating(Grade.GOOD), made_at)[0]
    return replace(card, schedule=after.to_json(), due_at=max(_due(after, zone), made_at))


def _scheduler() -> fsrs.Scheduler:
    # Without fuzz: the label of a button is then what its press does.
    return fsrs.Scheduler(
        learning_steps=_STEPS, relearning_steps=_STEPS, maximum_interval=_LONGEST_DAYS, enable_fuzzing=False
    )


def _due(after: fsrs.Card, zone: ZoneInfo) -> datetime:
    # What comes back after days is due when the day begins, and not at the minute of the last grading.
    return study_days.beginning(after.due, zone) if after.state is fsrs.State.Review else after.due


def _newest(card: Card, bank: Bank) -> Question:
    """Return the question as it reads now; as it read when the card was made if it is gone."""
    kept = restore(card.question)
    found = bank.get(kept.id, kept.language)
    return found if found is not None and found.kind is kept.kind else kept


def _asked(card: Card, question: Question) -> Asked:
    # By chance, but the same each time until the card is graded: a press names a place of the message.
    order = shuffled(question, random.Random(f"{card.id}:{card.version}"))
    return Asked(
        round_id=0,
        guild_id=card.guild_id,
        channel_id=0,
        source="review",
        question=question,
        shuffle=order,
        game_id=None,
        number=0,
        host_id=card.user_id,
        opened_at=None,
        closes_at=None,
    )


def _guessed(asked: Asked, places: Sequence[int]) -> Guess:
    given = asked.picked(places)
    right = mark(asked.question, given).right
    return Guess(given, right, Grade.GOOD if right else Grade.AGAIN)


def _schedule(card: Card) -> fsrs.Card:
    if card.schedule:
        return fsrs.Card.from_json(card.schedule)
    return fsrs.Card(card_id=card.id, due=card.due_at)


def _standing(card: Card) -> Standing:
    return Standing(card.schedule, card.due_at, card.lapses, card.suspended)


def _written(standing: Standing) -> str:
    return json.dumps([standing.schedule, standing.due_at.isoformat(), standing.lapses, standing.suspended])


def _read(text: str) -> Standing:
    schedule, due_at, lapses, suspended = json.loads(text)
    return Standing(schedule, datetime.fromisoformat(due_at), lapses, suspended)
