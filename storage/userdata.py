"""What is kept about a person and about a group, table by table: how it is handed out and how it goes.

A test compares PERSONAL with the tables, so that no id is forgotten here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.games import asking
from storage.posts import UNREVEALED
from storage.tables import (
    appeals,
    audit,
    cards,
    drafts,
    events,
    games,
    guilds,
    members,
    metadata,
    open_answers,
    players,
    posts,
    question_reports,
    questions,
    queued,
    reviews,
    rounds,
    streams,
    totals,
    users,
    votes,
)
from storage.types import Snowflake

_ROWS: Final = 100
"""Of an export that are made ready in one turn of the event loop."""
PURGED_AT_ONCE: Final = 2_000
"""Rows of one table that are deleted in one transaction, for which everybody else waits."""


class Fate(StrEnum):
    """What a deletion does to a row: it goes, it loses the id, or it stays under a number that leads to nobody."""

    REMOVED = "removed"
    EMPTIED = "emptied"
    PSEUDONYM = "pseudonym"


@dataclass(frozen=True, slots=True)
class Held:
    """A column with somebody's id.

    Attributes:
        name: of these rows in an export.
        blanks: what else of the row a deletion overwrites.
        shown: the columns that an export holds; all if there are none. Of what a person has decided about others'
            texts, not the texts; of questions that wait for an answer, not the answer.
    """

    name: str
    column: sa.Column[Any]
    fate: Fate
    blanks: Mapping[str, Any] = field(default_factory=dict)
    shown: tuple[sa.ColumnElement[Any], ...] = ()

    @property
    def table(self) -> sa.Table:
        """The table that has it."""
        table: sa.Table = self.column.table
        return table


def _with_question(table: sa.Table, known: sa.ColumnElement[bool]) -> tuple[sa.ColumnElement[Any], ...]:
    """Return the columns of *table*, with the question, in which the answer stands, only where that is *known*."""
    question = sa.case((known, table.c.question), else_="").label("question")
    return tuple(question if column.name == "question" else column for column in table.c)


_ANSWERED: Final = sa.exists().where(events.c.round_id == rounds.c.id)
_REVEALED: Final = sa.and_(
    ~sa.exists().where(
        posts.c.guild_id == cards.c.guild_id,
        posts.c.question_id == cards.c.question_id,
        posts.c.state.in_(UNREVEALED),
        posts.c.day.is_not(None),
    ),
    sa.tuple_(cards.c.guild_id, cards.c.question_id).not_in(asking()),
)
PERSONAL: Final = (
    Held("settings", users.c.user_id, Fate.REMOVED),
    Held("names", members.c.user_id, Fate.REMOVED),
    Held("reviews", reviews.c.user_id, Fate.REMOVED),
    Held("cards", cards.c.user_id, Fate.REMOVED, shown=_with_question(cards, _REVEALED)),
    Held("answers", events.c.user_id, Fate.PSEUDONYM, {"given": ""}),
    Held("totals", totals.c.user_id, Fate.PSEUDONYM),
    Held("open_answers", open_answers.c.user_id, Fate.REMOVED),
    Held("votes", votes.c.user_id, Fate.PSEUDONYM),
    Held("appeals", appeals.c.user_id, Fate.REMOVED),
    Held(
        "appeals_decided",
        appeals.c.decided_by,
        Fate.EMPTIED,
        shown=(appeals.c.id, appeals.c.guild_id, appeals.c.round_id, appeals.c.at, appeals.c.state),
    ),
    Held("drafts", drafts.c.user_id, Fate.REMOVED),
    Held("reports", question_reports.c.user_id, Fate.REMOVED),
    Held("questions", questions.c.author_id, Fate.EMPTIED),
    Held(
        "questions_decided",
        questions.c.decided_by,
        Fate.EMPTIED,
        shown=(questions.c.id, questions.c.guild_id, questions.c.state, questions.c.reason, questions.c.changed_at),
    ),
    Held("games", games.c.host_id, Fate.PSEUDONYM),
    Held("races", players.c.user_id, Fate.REMOVED),
    Held("rounds", rounds.c.host_id, Fate.PSEUDONYM, shown=_with_question(rounds, _ANSWERED)),
    Held("streams", streams.c.created_by, Fate.PSEUDONYM),
    Held("queued", queued.c.added_by, Fate.PSEUDONYM),
    Held("changes", audit.c.user_id, Fate.PSEUDONYM),
)
"""Every column that holds the id of a person."""
OF_NO_GROUP: Final = frozenset({"users", "deletions"})
"""Tables that a group's leaving does not concern."""


async def export(conn: AsyncConnection, user_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return everything keyed to a person, ready for JSON: instants in ISO 8601, ids of Discord's as text."""
    found = {}
    for held in PERSONAL:
        columns = held.shown or tuple(held.table.c)
        rows = sa.select(*columns).where(held.column == user_id).order_by(*held.table.primary_key)
        found[held.name] = [_record(columns, row) async for row in _few_at_a_time(conn, rows)]
    return found


async def delete(conn: AsyncConnection, user_id: int, *, pseudonym: int, at: datetime) -> None:
    """Delete everything keyed to a person; what a group's totals count stays under *pseudonym*.

    Safe to repeat.

    Args:
        conn: in a transaction.
        user_id: whose.
        pseudonym: below zero, and drawn for this deletion alone: one for all rows, because a round counts its people.
        at: now.
    """
    await _end_private_games(conn, user_id, at)
    await conn.execute(sa.update(audit).where(audit.c.subject == str(user_id)).values(subject=""))
    await _forget_author(conn, user_id)
    for held in PERSONAL:
        await conn.execute(_statement(held, user_id, pseudonym))


async def purge_guild(conn: AsyncConnection, guild_id: int, *, at_once: int = PURGED_AT_ONCE) -> bool:
    """Delete a part of everything of a group; return whether there is more. What the group has set goes last."""
    for table in reversed(metadata.sorted_tables):
        if table is guilds or "guild_id" not in table.c:
            continue
        key = sa.tuple_(*table.primary_key) if len(table.primary_key) > 1 else next(iter(table.primary_key))
        some = sa.select(*table.primary_key).where(table.c.guild_id == guild_id).limit(at_once)
        if (await conn.execute(sa.delete(table).where(key.in_(some)))).rowcount >= at_once:
            return True
    await conn.execute(sa.delete(guilds).where(guilds.c.guild_id == guild_id))
    return False


async def _end_private_games(conn: AsyncConnection, user_id: int, at: datetime) -> None:
    """End what nobody else plays, and forget the direct messages it was played in: they, too, lead to a person."""
    own = sa.and_(games.c.host_id == user_id, sa.or_(games.c.kind == "quiz", games.c.guild_id == 0))
    ended = {"state": "ended", "ending": "stopped", "ended_at": at, "step": None, "due_at": None}
    await conn.execute(sa.update(games).where(own, games.c.state == "running").values(ended))
    of_own = sa.or_(rounds.c.game_id.in_(sa.select(games.c.id).where(own)), rounds.c.host_id == user_id)
    await conn.execute(sa.update(rounds).where(of_own, rounds.c.closed_at.is_(None)).values(closed_at=at))
    for table, whose in ((rounds, of_own), (games, own)):
        place = {"channel_id": 0, "message_id": None}
        await conn.execute(sa.update(table).where(whose, table.c.guild_id == 0).values(place))


async def _forget_author(conn: AsyncConnection, user_id: int) -> None:
    """Take somebody's id out of the questions that they wrote where those were asked or are repeated."""
    written = sa.select(questions.c.guild_id, questions.c.id).where(questions.c.author_id == user_id)
    for table in (rounds, cards):
        text: sa.ColumnElement[str] = table.c.question
        for end in ("}", ","):  # or a longer id that begins alike would be cut
            text = sa.func.replace(text, f'"author_id":{user_id}{end}', f'"author_id":null{end}')
        own = sa.tuple_(table.c.guild_id, table.c.question_id).in_(written)
        await conn.execute(sa.update(table).where(own).values(question=text))


async def _few_at_a_time(conn: AsyncConnection, rows: sa.Select[Any]) -> AsyncIterator[sa.Row[Any]]:
    """Yield rows, and let others go on in between: somebody may have tens of thousands."""
    async with conn.stream(rows.execution_options(yield_per=_ROWS)) as found:
        async for some in found.partitions():
            for row in some:
                yield row
            await asyncio.sleep(0)


def _statement(held: Held, user_id: int, pseudonym: int) -> sa.UpdateBase:
    whose = held.column == user_id
    if held.fate is Fate.REMOVED:
        return sa.delete(held.table).where(whose)
    left = pseudonym if held.fate is Fate.PSEUDONYM else None
    return sa.update(held.table).where(whose).values({held.column.name: left, **held.blanks})


def _record(columns: Sequence[sa.ColumnElement[Any]], row: sa.Row[Any]) -> dict[str, Any]:
    return {name: _plain(column, value) for name, column, value in zip(row._fields, columns, row, strict=True)}


def _plain(column: sa.ColumnElement[Any], value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    # As Discord does it: programs that take numbers for floating point would round an id.
    return str(value) if column.type is Snowflake and value is not None else value
