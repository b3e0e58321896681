"""Cards: questions that somebody repeats. One card for each person and question, and a row for each grading of it.

A card changes together with its version, and a grading is kept under the version that it was given to: of two windows
that grade the same card one finds another version.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import games
from storage.database import INSERT, insert_new
from storage.posts import UNREVEALED
from storage.tables import cards, posts, reviews


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card to be kept.

    Attributes:
        schedule: as in Card.
        due_at: None is at once.
    """

    user_id: int
    guild_id: int
    question_id: str
    question: str
    made_at: datetime
    schedule: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it stands.

    Attributes:
        question: what knowledge.questions.model.dump wrote when the card was made.
        schedule: what the scheduler keeps about it; empty until it is graded first.
        lapses: how often it was forgotten after it had been known.
        suspended: it is not asked for until its owner takes it back.
    """

    id: int
    user_id: int
    guild_id: int
    question_id: str
    question: str
    schedule: str
    due_at: datetime
    version: int
    lapses: int
    suspended: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What a grading changes about a card, and an undo brings back."""

    schedule: str
    due_at: datetime
    lapses: int
    suspended: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A grading of the card as it was in *version*; *before* is what the grading changed, as text."""

    card_id: int
    user_id: int
    version: int
    at: datetime
    grade: int
    before: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How somebody's cards stand.

    Attributes:
        due: those that may be asked for now, suspended ones left out.
        next_at: when the first of the others falls due; None if there is none.
    """

    all: int
    suspended: int
    due: int
    next_at: datetime | None


def add_all(conn: sa.Connection, new: Sequence[NewCard]) -> None:
    """Keep cards, without those of which their owner has one of this question."""
    if new:
        ordered = sorted(new, key=lambda card: (card.user_id, card.question_id))  # as others have it, see events
        conn.execute(INSERT[conn.dialect.name](cards).on_conflict_do_nothing(), [_row(card) for card in ordered])


async def add(conn: AsyncConnection, new: NewCard) -> bool:
    """Keep a card; False if this person has one of this question."""
    return await insert_new(conn, cards, _row(new))


async def renew(conn: AsyncConnection, new: NewCard, since: datetime) -> bool:
    """Plan the card that was made of this question since then anew; False if there is none, or it was graded."""
    graded = sa.exists().where(reviews.c.card_id == cards.c.id)
    theirs = (cards.c.user_id == new.user_id, cards.c.question_id == new.question_id, cards.c.made_at >= since)
    values = {"schedule": new.schedule, "due_at": new.due_at or new.made_at, "version": cards.c.version + 1}
    where = (*theirs, cards.c.suspended.is_(False), sa.not_(graded))
    return (await conn.execute(sa.update(cards).where(*where).values(values))).rowcount == 1


async def get(conn: AsyncConnection, card_id: int, user_id: int, *, without: Collection[int] = ()) -> Card | None:
    """Return a card of this person's, None if they have none of this id, or may not see it now.

    Here and below *without* are groups whose cards are as if they were not there.
    """
    where = (cards.c.id == card_id, cards.c.user_id == user_id, _may_be_shown(user_id, without))
    row = (await conn.execute(sa.select(*_CARD).where(*where))).first()
    return Card(*row) if row else None


async def first_due(
    conn: AsyncConnection,
    user_id: int,
    now: datetime,
    *,
    graded_since: datetime | None = None,
    without: Collection[int] = (),
) -> Card | None:
    """Return the card that has been due the longest, None if there is none.

    Args:
        conn: a transaction.
        user_id: whose.
        now: what is due later is left out.
        graded_since: look only among those that were graded since then.
        without: groups.
    """
    asked = (cards.c.user_id == user_id, cards.c.suspended.is_(False), _may_be_shown(user_id, without))
    where = [*asked, cards.c.due_at <= now]
    if graded_since is not None:
        graded = sa.select(reviews.c.card_id).where(reviews.c.user_id == user_id, reviews.c.at >= graded_since)
        where.append(cards.c.id.in_(graded))
    row = (await conn.execute(sa.select(*_CARD).where(*where).order_by(cards.c.due_at, cards.c.id).limit(1))).first()
    return Card(*row) if row else None


async def following(
    conn: AsyncConnection, user_id: int, card: Card | None, *, without: Collection[int] = ()
) -> Card | None:
    """Return the card after *card* in the order in which they fall due, suspended ones left out.

    None is the first; and what is returned after the last.
    """
    where = [cards.c.user_id == user_id, cards.c.suspended.is_(False), _may_be_shown(user_id, without)]
    if card is not None:
        later = sa.and_(cards.c.due_at == card.due_at, cards.c.id > card.id)
        where.append(sa.or_(cards.c.due_at > sa.literal(card.due_at, cards.c.due_at.type), later))
    row = (await conn.execute(sa.select(*_CARD).where(*where).order_by(cards.c.due_at, cards.c.id).limit(1))).first()
    return Card(*row) if row else None


async def counts(conn: AsyncConnection, user_id: int, now: datetime, *, without: Collection[int] = ()) -> Counts:
    """Return how somebody's cards stand."""
    asked = cards.c.suspended.is_(False)
    due = sa.and_(asked, cards.c.due_at <= sa.literal(now, cards.c.due_at.type))
    later = sa.and_(asked, cards.c.due_at > sa.literal(now, cards.c.due_at.type))
    columns = (
        sa.func.count(),
        sa.func.count(sa.case((cards.c.suspended, 1))),
        sa.func.count(sa.case((due, 1))),
        sa.func.min(sa.case((later, cards.c.due_at)), type_=cards.c.due_at.type),
    )
    where = (cards.c.user_id == user_id, _may_be_shown(user_id, without))
    row = (await conn.execute(sa.select(*columns).where(*where))).one()
    return Counts(*row)


async def graded(conn: AsyncConnection, user_id: int, since: datetime) -> int:
    """Return how many different cards somebody has graded since then."""
    counted = sa.select(sa.func.count(sa.distinct(reviews.c.card_id)))
    where = (reviews.c.user_id == user_id, reviews.c.at >= since)
    return int((await conn.execute(counted.where(*where))).scalar_one())


async def change(conn: AsyncConnection, card: Card, to: Standing) -> bool:
    """Change *card* and raise its version; False if it is no longer as it was read."""
    where = (cards.c.id == card.id, cards.c.user_id == card.user_id, cards.c.version == card.version)
    values = {name: getattr(to, name) for name in Standing.__slots__}
    changed = await conn.execute(sa.update(cards).where(*where).values(version=card.version + 1, **values))
    return changed.rowcount == 1


async def add_review(conn: AsyncConnection, review: Review) -> bool:
    """Keep a grading; False if the card was graded in this version before."""
    return await insert_new(conn, reviews, {name: getattr(review, name) for name in Review.__slots__})


async def review(conn: AsyncConnection, card_id: int, version: int) -> Review | None:
    """Return the grading that a card was given in a version."""
    where = (reviews.c.card_id == card_id, reviews.c.version == version)
    row = (await conn.execute(sa.select(*_REVIEW).where(*where))).first()
    return Review(*row) if row else None


async def drop_review(conn: AsyncConnection, card_id: int, version: int) -> bool:
    """Forget a grading; False if it is not there."""
    where = (reviews.c.card_id == card_id, reviews.c.version == version)
    return (await conn.execute(sa.delete(reviews).where(*where))).rowcount == 1


async def take_back(conn: AsyncConnection, user_id: int, card_id: int | None = None) -> int:
    """Let suspended cards, or one of them, be asked for again with no lapses; return how many."""
    where = [cards.c.user_id == user_id, cards.c.suspended.is_(True)]
    if card_id is not None:
        where.append(cards.c.id == card_id)
    values = {"suspended": False, "lapses": 0, "version": cards.c.version + 1}
    return (await conn.execute(sa.update(cards).where(*where).values(values))).rowcount


async def home(conn: AsyncConnection, user_id: int) -> int:
    """Return the group that somebody's newest card is from; 0 if there is none."""
    newest = sa.select(cards.c.guild_id).where(cards.c.user_id == user_id, cards.c.guild_id != 0)
    return (await conn.execute(newest.order_by(cards.c.id.desc()).limit(1))).scalar() or 0


async def of_user(conn: AsyncConnection, user_id: int, limit: int, *, without: Collection[int] = ()) -> Sequence[Card]:
    """Return somebody's cards, the newest first, at most *limit*."""
    rows = await conn.execute(
        sa.select(*_CARD)
        .where(cards.c.user_id == user_id, _may_be_shown(user_id, without))
        .order_by(cards.c.id.desc())
        .limit(limit)
    )
    return [Card(*row) for row in rows]


def _row(new: NewCard) -> dict[str, Any]:
    return {**{name: getattr(new, name) for name in NewCard.__slots__}, "due_at": new.due_at or new.made_at}


_CARD: Final = tuple(cards.c[name] for name in Card.__slots__)
_REVIEW: Final = tuple(reviews.c[name] for name in Review.__slots__)
_THEIRS: Final = cards.alias()


def _may_be_shown(user_id: int, without: Collection[int]) -> sa.ColumnElement[bool]:
    """Leave cards out that would show an answer before everybody sees it: in a race, or a daily question's.

    So are those *without* which somebody asked: the cards of these groups.
    """
    groups = sa.select(_THEIRS.c.guild_id).where(_THEIRS.c.user_id == user_id)
    unrevealed = sa.select(posts.c.guild_id, posts.c.question_id).where(
        posts.c.guild_id.in_(groups), posts.c.state.in_(UNREVEALED), posts.c.day.is_not(None), posts.c.reveal != "now"
    )
    card = sa.tuple_(cards.c.guild_id, cards.c.question_id)
    return sa.and_(card.not_in(unrevealed), card.not_in(games.asking()), cards.c.guild_id.not_in(sorted(without)))
