"""What groups are told about their notes."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from storage.tables.columns import ident, key, metadata
from storage.types import Snowflake, Utc

news_channels: Final = sa.Table(
    "news_channels",
    metadata,
    sa.Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    ident("channel_id"),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("seen", sa.LargeBinary, nullable=False),
    sa.Column("told_at", Utc),
    sa.Column("since_at", Utc),
)
"""Where a group is told what is new in its notes, and of which state of them it knows.

*state* stands for all sections of that state, *seen* holds a digest of each, see bot.services.news. *since_at* is when
the channel was chosen, NULL where that was before the column was there.
"""

news_posts: Final = sa.Table(
    "news_posts",
    metadata,
    key(),
    ident("guild_id"),
    ident("channel_id"),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("topics", sa.Text, nullable=False),
    sa.Column("made_at", Utc, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("due_at", Utc, index=True),
    sa.UniqueConstraint("guild_id", "state"),
    sqlite_autoincrement=True,
)
"""What a group is told, once for each state of its notes; *due_at* is NULL once it was told, or cannot be."""
