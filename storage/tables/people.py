"""Groups, the people in them, and what is remembered about what they changed."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from storage.tables.columns import ident, key, metadata
from storage.types import Snowflake, Utc

guilds: Final = sa.Table(
    "guilds",
    metadata,
    sa.Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("language", sa.String(5)),
    sa.Column("zone", sa.String(64), nullable=False, server_default="UTC"),
    sa.Column("zone_chosen", sa.Boolean, nullable=False, server_default=sa.false()),  # UTC may be chosen, too
    sa.Column("week_start", sa.SmallInteger, nullable=False, server_default="0"),  # 0 is Monday, as datetime has it
    ident("log_channel_id", nullable=True),
    ident("board_channel_id", nullable=True),
    sa.Column("board_due_at", Utc),
    sa.Column("board_next_at", Utc, index=True),
    sa.Column("board_tries", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("board_problem", sa.String(20)),
    ident("board_message_id", nullable=True),
    sa.Column("joined_at", Utc),
    sa.Column("left_at", Utc, index=True),
)
"""What a group has set; a group that has set nothing has no row. Guild 0 are direct messages.

The board of a week is due when the week is over, at *board_due_at*. *board_next_at* is when the row wants to be looked
at: that instant, or the end of a lease; NULL where no board is wanted. *board_problem* says why the last is not there.
"""

seasons: Final = sa.Table(
    "seasons",
    metadata,
    key(),
    ident("guild_id"),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("began_at", Utc, nullable=False),
    sa.Column("ended_at", Utc),
    sa.Index("uq_seasons_running", "guild_id", unique=True, sqlite_where=sa.text("ended_at IS NULL"),
             postgresql_where=sa.text("ended_at IS NULL")),
    sqlite_autoincrement=True,
)  # fmt: skip

users: Final = sa.Table(
    "users",
    metadata,
    sa.Column("user_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("language", sa.String(5)),
    sa.Column("zone", sa.String(64)),
    sa.Column("hidden", sa.Boolean, nullable=False, server_default=sa.false()),
)
"""What a person has set for all groups."""

members: Final = sa.Table(
    "members",
    metadata,
    sa.Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("user_id", Snowflake, primary_key=True, autoincrement=False, index=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("seen_at", Utc, nullable=False),
    sa.Column("gone", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("excluded", sa.Boolean, nullable=False, server_default=sa.false()),
)
"""How somebody was called in a group when they last did something; what boards show."""

audit: Final = sa.Table(
    "audit",
    metadata,
    key(),
    ident("guild_id"),
    ident("user_id"),
    sa.Column("at", Utc, nullable=False),
    sa.Column("action", sa.String(40), nullable=False),
    sa.Column("subject", sa.String(100), nullable=False, server_default=""),
    sa.Index("ix_audit_guild_id_at", "guild_id", "at"),
    sa.Index("ix_audit_user_id", "user_id"),
    sqlite_autoincrement=True,
)
"""What those who manage a group have changed."""

deletions: Final = sa.Table(
    "deletions",
    metadata,
    sa.Column("token", sa.String(32), primary_key=True),
    sa.Column("at", Utc, nullable=False),
)
"""Deletions of somebody's data that this database has been through, without saying whose: see storage.forgotten."""
