"""Posts: what streams have posted, one row for each stream and local day, so that a day is posted once.

A row is claimed, then sent, then revealed; or the day is skipped; or nobody knows whether its message arrived. Whoever
does a step takes the row for a while: the times at which it wants something move on, so that nobody else finds it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import games
from storage.database import INSERT
from storage.tables import members, posts, rounds

CLAIMED: Final = "claimed"
SENT: Final = "sent"
REVEALED: Final = "revealed"
SKIPPED: Final = "skipped"
UNCERTAIN: Final = "uncertain"
UNREVEALED: Final = (CLAIMED, SENT, UNCERTAIN)
"""States in which people may see the question, even where nobody knows of it, and not yet what is right."""
REFUSED: Final = "refused"
"""The problem of a post that Discord did not take: its question does not go back into the bag."""


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post to be claimed.

    Attributes:
        day: local; None for a test, of which there may be any number.
        question_id: empty for a day that is skipped.
        nonce: at most 25 characters.
        reveal: what bot.services.reveals.Reveal writes.
    """

    stream_id: int
    guild_id: int
    day: date | None
    state: str
    due_at: datetime
    question_id: str
    channel_id: int
    nonce: str
    reveal: str
    again_at: datetime | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post as it stands.

    Attributes:
        round_id: the question as it was asked; None for a day that was skipped.
        tries: of the step that is not done yet: the message, then the thread.
        again_at: when that step wants to be looked at.
        unsure_since: when a message was first sent of which nobody knows whether it arrived.
        reveal_at: when the answers are to be shown.
        problem: what went wrong; None if nothing did.
    """

    id: int
    stream_id: int
    guild_id: int
    day: date | None
    state: str
    due_at: datetime
    question_id: str
    round_id: int | None
    channel_id: int
    message_id: int | None
    thread_id: int | None
    nonce: str
    reveal: str
    tries: int
    again_at: datetime | None
    unsure_since: datetime | None
    reveal_tries: int
    reveal_at: datetime | None
    revealed_at: datetime | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A post that is ours for a while, and what it wants: its next step, its reveal, or both."""

    post: Post
    step: bool
    reveal: bool


async def claim(conn: AsyncConnection, new: NewPost) -> int | None:
    """Keep a post and return its id; None if its day is taken. Of many at the same time one gets the id."""
    row = {name: getattr(new, name) for name in NewPost.__slots__}
    statement = INSERT[conn.dialect.name](posts).values(**row).on_conflict_do_nothing().returning(posts.c.id)
    found = (await conn.execute(statement)).scalar_one_or_none()
    return None if found is None else int(found)


async def get(conn: AsyncConnection, post_id: int) -> Post | None:
    """Return the post, None if there is none of this id."""
    return await _one(conn, posts.c.id == post_id)


async def of_round(conn: AsyncConnection, round_id: int) -> Post | None:
    """Return the post that asks a round, None if none does."""
    return await _one(conn, posts.c.round_id == round_id)


async def of_day(conn: AsyncConnection, stream_id: int, day: date) -> Post | None:
    """Return the post of a local day, None if there is none."""
    return await _one(conn, posts.c.stream_id == stream_id, posts.c.day == day)


async def newest(conn: AsyncConnection, stream_id: int, states: Collection[str] = ()) -> Post | None:
    """Return the post of the newest day, of those in *states* if any are given; a test is none."""
    found = await history(conn, stream_id, states=states, limit=1)
    return found[0] if found else None


async def history(
    conn: AsyncConnection, stream_id: int, *, states: Collection[str] = (), offset: int = 0, limit: int
) -> Sequence[Post]:
    """Return posts of a stream, that of the newest day first; tests are none."""
    where = [posts.c.stream_id == stream_id, posts.c.day.is_not(None), *_in(states)]
    found = _SELECT.where(*where).order_by(posts.c.day.desc()).offset(offset).limit(limit)
    return [Post(*row) for row in await conn.execute(found)]


async def count(conn: AsyncConnection, stream_id: int, states: Collection[str] = ()) -> int:
    """Return how many posts history() has."""
    where = [posts.c.stream_id == stream_id, posts.c.day.is_not(None), *_in(states)]
    return int((await conn.execute(sa.select(sa.func.count()).where(*where))).scalar_one())


async def change(
    conn: AsyncConnection, post_id: int, values: Mapping[str, Any], *, states: Collection[str] = ()
) -> bool:
    """Set columns of a post; False if it is in none of *states*."""
    return (
        await conn.execute(sa.update(posts).where(posts.c.id == post_id, *_in(states)).values(values))
    ).rowcount == 1


async def free(conn: AsyncConnection, stream_id: int, day: date) -> bool:
    """Take back that a day is skipped; False if it is not."""
    skipped = (posts.c.stream_id == stream_id, posts.c.day == day, posts.c.state == SKIPPED)
    return (await conn.execute(sa.update(posts).where(*skipped).values(day=None))).rowcount == 1


async def due(conn: AsyncConnection, now: datetime, limit: int) -> tuple[int, ...]:
    """Return the ids of the posts that want something now."""
    found: dict[int, None] = {}
    for column in (posts.c.reveal_at, posts.c.again_at):  # each by its own index
        rows = await conn.execute(sa.select(posts.c.id).where(column <= now).order_by(column).limit(limit))
        found.update(dict.fromkeys(rows.scalars()))
    return tuple(found)


async def take(conn: AsyncConnection, post_id: int, now: datetime, until: datetime) -> Taken | None:
    """Keep others away from a post until then and return it; None if it wants nothing, or somebody else has it.

    Whoever takes it may send a message and die: from now on nobody knows, unless it is told, whether one arrived. What
    is returned has *unsure_since* as it was before.
    """
    before = await get(conn, post_id)
    if before is None:
        return None
    step = before.again_at is not None and before.again_at <= now
    reveal = before.reveal_at is not None and before.reveal_at <= now
    if not step and not reveal:
        return None
    values = {
        **({"again_at": until, "tries": before.tries + 1} if step else {}),
        **({"reveal_at": until, "reveal_tries": before.reveal_tries + 1} if reveal else {}),
        **({"unsure_since": now} if before.unsure_since is None else {}),
    }
    # PostgreSQL lets two read at once: the one who comes second finds other times.
    same = (
        posts.c.again_at.is_not_distinct_from(before.again_at),
        posts.c.reveal_at.is_not_distinct_from(before.reveal_at),
    )
    row = (await conn.execute(_UPDATE.where(posts.c.id == post_id, *same).values(values))).first()
    return Taken(replace(Post(*row), unsure_since=before.unsure_since), step, reveal) if row else None


async def hasten(conn: AsyncConnection, post_id: int, now: datetime) -> bool:
    """Let the answers be shown now; False if they are to be anyway, or somebody has begun to."""
    later = (posts.c.id == post_id, posts.c.state == SENT, posts.c.reveal_at > now, posts.c.reveal_tries == 0)
    return (await conn.execute(sa.update(posts).where(*later).values(reveal_at=now))).rowcount == 1


async def asked(conn: AsyncConnection, stream_id: int) -> Sequence[str]:
    """Return the ids of the questions that a stream has asked, the one it asked longest ago first."""
    last = sa.func.max(posts.c.id)
    used = sa.select(posts.c.question_id).where(posts.c.stream_id == stream_id, _USED)
    return tuple((await conn.execute(used.group_by(posts.c.question_id).order_by(last))).scalars())


async def newest_questions(conn: AsyncConnection, stream_id: int, limit: int) -> Sequence[str]:
    """Return the last questions that a stream has asked, as the rounds keep them, the newest last."""
    found = (
        sa.select(rounds.c.question)
        .join_from(posts, rounds, posts.c.round_id == rounds.c.id)
        .where(posts.c.stream_id == stream_id, posts.c.day.is_not(None), posts.c.state != SKIPPED)
        .order_by(posts.c.id.desc())
        .limit(limit)
    )
    return tuple((await conn.execute(found)).scalars())[::-1]


async def unrevealed(conn: AsyncConnection, guild_id: int, user_id: int) -> frozenset[str]:
    """Return what is asked now, daily or in a race, and not answered yet.

    In the group and in those where somebody is known.
    """
    theirs = sa.select(members.c.guild_id).where(members.c.user_id == user_id)
    where = sa.or_(posts.c.guild_id == guild_id, posts.c.guild_id.in_(theirs))
    found = sa.select(posts.c.question_id).where(where, posts.c.state.in_(UNREVEALED), posts.c.day.is_not(None))
    raced = games.asking().subquery()
    asked = sa.select(raced.c.question_id).where(sa.or_(raced.c.guild_id == guild_id, raced.c.guild_id.in_(theirs)))
    return frozenset((await conn.execute(sa.union(found, asked))).scalars())


async def days_from(conn: AsyncConnection, stream_id: int, first: date) -> frozenset[date]:
    """Return the days since *first*, that one included, that a stream has posted on or skipped."""
    days = sa.select(posts.c.day).where(posts.c.stream_id == stream_id, posts.c.day >= first)
    return frozenset((await conn.execute(days)).scalars())


async def unsent(conn: AsyncConnection, stream_id: int) -> Sequence[Post]:
    """Return the posts of a stream, tests included, of whose message nobody has heard, the oldest first."""
    found = _SELECT.where(posts.c.stream_id == stream_id, *_in({CLAIMED, UNCERTAIN})).order_by(posts.c.id)
    return [Post(*row) for row in await conn.execute(found)]


_COLUMNS = tuple(posts.c[name] for name in Post.__slots__)
# Made once: naming twenty columns takes longer than asking for them.
_SELECT = sa.select(*_COLUMNS)
_UPDATE = sa.update(posts).returning(*_COLUMNS)
_USED = sa.or_(sa.and_(posts.c.day.is_not(None), posts.c.state != SKIPPED), posts.c.problem == REFUSED)


def _in(states: Collection[str]) -> list[sa.ColumnElement[bool]]:
    return [posts.c.state.in_(states)] if states else []


async def _one(conn: AsyncConnection, *where: sa.ColumnElement[bool]) -> Post | None:
    row = (await conn.execute(_SELECT.where(*where))).first()
    return Post(*row) if row else None
