"""Rows in every table, whatever the tables may be: each belongs to one person and one group."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any, Final

import sqlalchemy as sa

from storage.database import Connection, insert_new
from storage.tables import events, games, metadata
from storage.types import Snowflake, Utc
from storage.userdata import PERSONAL

NOON: Final = datetime(2026, 11, 25, 12, tzinfo=UTC)
PERSONAL_COLUMNS: Final = {held.column for held in PERSONAL}
_numbers = count(10**17)
_SPECIAL: Final = {
    games.c.kind: "quiz",
    games.c.state: "running",
    games.c.ended_at: None,
    events.c.number: 0,
    events.c.given: "my own words",
}


async def fill(conn: Connection, *, user_id: int, guild_id: int) -> None:
    """Add a row to every table; one that may not be there twice is left as it is."""
    keys: dict[sa.Column[Any], Any] = {}
    for table in metadata.sorted_tables:
        row = {
            column.name: _value(column, keys, user_id, guild_id)
            for column in table.c
            if not (column.primary_key and table.dialect_kwargs.get("sqlite_autoincrement"))
        }
        await insert_new(conn, table, row)
        newest = await conn.execute(sa.select(table).order_by(*(one.desc() for one in table.primary_key)).limit(1))
        keys.update(zip(table.c, newest.one(), strict=True))


async def rows(conn: Connection, column: sa.Column[Any], value: int) -> list[Any]:
    return list(await conn.execute(sa.select(column.table).where(column == value)))


def _value(column: sa.Column[Any], keys: dict[sa.Column[Any], Any], user_id: int, guild_id: int) -> Any:
    if column in _SPECIAL:
        return _SPECIAL[column]
    if column in PERSONAL_COLUMNS:
        return user_id
    if column.name == "guild_id":
        return guild_id
    for reference in column.foreign_keys:
        return keys[reference.column]
    return _any(column)


def _any(column: sa.Column[Any]) -> Any:
    match column.type:
        case Utc():
            return NOON
        case sa.Date():
            return date(2026, 11, 25)
        case sa.Boolean():
            return False
        case sa.JSON() | sa.LargeBinary():
            return ["x"] if isinstance(column.type, sa.JSON) else b"x"
        case sa.String(length=length):
            return str(next(_numbers))[-(length or 9) :]
        case _:
            return next(_numbers) if column.type is Snowflake else 1
