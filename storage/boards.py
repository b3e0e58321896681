"""Who stands where: sums over events, ranked. Of a group's members those who want to be seen and have answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import events, members, totals, users
from storage.totals import COUNTS, SUMS


@dataclass(frozen=True, slots=True)
class Scope:
    """Which events a board counts.

    Attributes:
        begins: the first instant; None is since ever.
        ends: the first instant that is no longer in it; None is without end.
        topics: as events have them; none means all.
        least: answers that it takes to be ranked; who has fewer is listed after all who are.
    """

    guild_id: int
    begins: datetime | None = None
    ends: datetime | None = None
    topics: tuple[str, ...] = ()
    least: int = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands.

    Attributes:
        place: on the list, from 1. Equal points are listed by more right answers, then by fewer answers, then by the
            older account.
        rank: 1, 2, 2, 4; equal points share one.
        ranked: False where there are too few answers for a rank; *rank* and *ahead* then mean nothing.
        ahead: points of the next better rank; None on the first.
        gone: has left the group.
    """

    user_id: int
    name: str
    gone: bool
    seen_at: datetime
    answered: int
    right: int
    points: int
    ranked: bool
    rank: int
    place: int
    ahead: int | None
    listed: int


async def standings(
    conn: AsyncConnection, scope: Scope, *, first: int, last: int, viewer_id: int | None = None
) -> list[Standing]:
    """Return the places from *first* to *last*, and that of the viewer wherever it is, in their order."""
    shown = _shown(scope)
    placed = _placed(shown)
    on_page = placed.c.place.between(first, last)
    wanted = sa.or_(on_page, placed.c.user_id == viewer_id) if viewer_id is not None else on_page
    rows = await conn.execute(_ranked(placed, shown, scope.guild_id).where(wanted).order_by(placed.c.place))
    return [Standing(**row._mapping) for row in rows]


async def is_shown(conn: AsyncConnection, guild_id: int, user_id: int) -> bool:
    """Return whether somebody may stand on the boards of a group: neither hides nor is excluded."""
    excluded = sa.select(members.c.excluded).where(members.c.guild_id == guild_id, members.c.user_id == user_id)
    hidden = sa.select(users.c.hidden).where(users.c.user_id == user_id)
    return not (await conn.scalar(excluded) or await conn.scalar(hidden))


async def has_answers(conn: AsyncConnection, scope: Scope) -> bool:
    """Return whether a board has anybody on it."""
    return bool(await standings(conn, scope, first=1, last=1))


async def mark_gone(conn: AsyncConnection, guild_id: int, user_id: int, seen_at: datetime) -> bool:
    """Note that somebody has left, unless they did something since *seen_at*."""
    whose = (members.c.guild_id == guild_id, members.c.user_id == user_id, members.c.seen_at <= seen_at)
    return (await conn.execute(sa.update(members).where(*whose).values(gone=True))).rowcount == 1


def _ranked(placed: sa.Subquery, shown: sa.CTE, guild_id: int) -> sa.Select[Any]:
    """Return the places with their ranks, which are counted for the few that are wanted: a window would sort them all.

    Not compared by equality, or SQLite would make an index for it each time.
    """
    better = shown.alias("better")
    of_better = sa.and_(better.c.ranked >= placed.c.ranked, better.c.points > placed.c.points)
    rank = sa.select(sa.func.count() + 1).select_from(better).where(of_better)
    ahead = sa.select(sa.func.min(better.c.points)).where(of_better)
    listed = sa.select(sa.func.count()).select_from(shown.alias("everybody"))
    named = sa.and_(members.c.user_id == placed.c.user_id, members.c.guild_id == guild_id)
    return sa.select(
        placed,
        *(members.c[name] for name in ("name", "gone", "seen_at")),
        rank.scalar_subquery().label("rank"),
        ahead.scalar_subquery().label("ahead"),
        listed.scalar_subquery().label("listed"),
    ).join_from(placed, members, named)


def _placed(shown: sa.CTE) -> sa.Subquery:
    order = (shown.c.ranked.desc(), shown.c.points.desc(), shown.c.right.desc(), shown.c.answered, shown.c.user_id)
    return sa.select(shown, sa.func.row_number().over(order_by=order).label("place")).subquery("placed")


def _shown(scope: Scope) -> sa.CTE:
    """Return those who may be listed; made once, though it is looked at several times."""
    sums = _sums(scope)
    named = (members.c.user_id == sums.c.user_id, members.c.guild_id == scope.guild_id)
    return (
        sa.select(
            *(sums.c[name] for name in ("user_id", "answered", "right", "points")),
            (sums.c.answered >= scope.least).label("ranked"),
        )
        .join(members, sa.and_(*named))
        .outerjoin(users, users.c.user_id == sums.c.user_id)
        .where(sa.not_(members.c.excluded), sa.or_(users.c.user_id.is_(None), sa.not_(users.c.hidden)))
        .where(sa.or_(sums.c.answered > 0, sums.c.points != 0))
        .cte("shown")
    )


def _sums(scope: Scope) -> sa.Subquery:
    if scope.begins is None and scope.ends is None and not scope.topics:
        columns = (totals.c[name] for name in ("user_id", "answered", "right", "points"))
        return sa.select(*columns).where(totals.c.guild_id == scope.guild_id).subquery("sums")
    where: list[sa.ColumnElement[Any]] = [COUNTS, events.c.guild_id == scope.guild_id, *_between(scope)]
    if scope.topics:
        where.append(events.c.topic.in_(scope.topics))
    return sa.select(events.c.user_id, *SUMS).where(*where).group_by(events.c.user_id).subquery("sums")


def _between(scope: Scope) -> Sequence[sa.ColumnElement[Any]]:
    begins = [events.c.at >= scope.begins] if scope.begins is not None else []
    return [*begins, *([events.c.at < scope.ends] if scope.ends is not None else [])]
