"""What groups and people have set, and how they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new, upsert, upsert_now
from storage.tables import guilds, members, users


@dataclass(frozen=True, slots=True)
class Group:
    """What a group has set.

    Attributes:
        language: of public posts; None where nobody has chosen one.
        zone: IANA name.
        week_start: 0 is Monday.
        log_channel_id: where those who manage are told what went wrong.
        board_channel_id: where the board of each week is posted.
        board_problem: why the last board was not posted; None if it was.
        zone_chosen: whether anybody has chosen the zone, be it UTC.
    """

    guild_id: int
    language: str | None = None
    zone: str = "UTC"
    week_start: int = 0
    log_channel_id: int | None = None
    board_channel_id: int | None = None
    board_problem: str | None = None
    zone_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """What a person has set for all groups; None where nothing is set."""

    user_id: int
    language: str | None = None
    zone: str | None = None
    hidden: bool = False


async def group(conn: AsyncConnection, guild_id: int) -> Group:
    """Return what the group has set, the defaults where it has set nothing."""
    found = (await conn.execute(sa.select(*_GROUP).where(guilds.c.guild_id == guild_id))).first()
    return Group(*found) if found else Group(guild_id)


async def person(conn: AsyncConnection, user_id: int) -> Person:
    """Return what the person has set, the defaults where they have set nothing."""
    found = (await conn.execute(sa.select(*_PERSON).where(users.c.user_id == user_id))).first()
    return Person(*found) if found else Person(user_id)


async def languages(conn: AsyncConnection) -> dict[int, str]:
    """Return the language of everybody who has chosen one."""
    rows = await conn.execute(sa.select(users.c.user_id, users.c.language).where(users.c.language.is_not(None)))
    return {row.user_id: row.language for row in rows}


async def set_group(conn: AsyncConnection, guild_id: int, **values: Any) -> None:
    """Set columns of the group's row."""
    await upsert(conn, guilds, {"guild_id": guild_id, **values})


async def set_person(conn: AsyncConnection, user_id: int, **values: Any) -> None:
    """Set columns of the person's row."""
    await upsert(conn, users, {"user_id": user_id, **values})


@dataclass(frozen=True, slots=True)
class Seen:
    """How somebody was called in a group at a time."""

    guild_id: int
    user_id: int
    name: str
    at: datetime


def saw_all(conn: sa.Connection, people: Sequence[Seen]) -> None:
    """Remember how people are called in groups; who had left is back."""
    rows = [
        {"guild_id": one.guild_id, "user_id": one.user_id, "name": one.name, "seen_at": one.at, "gone": False}
        for one in sorted(people, key=lambda one: (one.guild_id, one.user_id))  # in one order, see events.add_answers
    ]
    upsert_now(conn, members, rows)


async def exclude(
    conn: AsyncConnection, *, guild_id: int, user_id: int, name: str, at: datetime, excluded: bool
) -> None:
    """Take somebody off the boards of a group, or put them back; they may never have answered."""
    key = {"guild_id": guild_id, "user_id": user_id}
    await insert_new(conn, members, {**key, "name": name, "seen_at": at})
    whose = (members.c.guild_id == guild_id, members.c.user_id == user_id)
    await conn.execute(sa.update(members).where(*whose).values(excluded=excluded))


_GROUP = tuple(guilds.c[name] for name in Group.__slots__)
_PERSON = tuple(users.c[name] for name in Person.__slots__)
