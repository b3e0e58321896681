"""Daily questions: what is wanted, and what was posted."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from storage.tables.columns import ident, key, metadata
from storage.types import Key, Utc

streams: Final = sa.Table(
    "streams",
    metadata,
    key(),
    ident("guild_id"),
    sa.Column("name", sa.String(100), nullable=False),
    ident("channel_id"),
    sa.Column("post_at", sa.String(5), nullable=False),  # wall-clock HH:MM in *zone*
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("topics", sa.JSON, nullable=False),
    sa.Column("difficulty", sa.SmallInteger, nullable=False, server_default="0"),  # 0 is any
    sa.Column("language", sa.String(5), nullable=False),
    sa.Column("reveal", sa.String(20), nullable=False),
    sa.Column("thread", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("generated", sa.Boolean, nullable=False, server_default=sa.false()),
    ident("role_id", nullable=True),
    sa.Column("seed", sa.Integer, nullable=False),
    sa.Column("next_at", Utc, index=True),
    sa.Column("paused", sa.String(40)),
    ident("created_by"),
    sa.Column("created_at", Utc, nullable=False),
    sa.Column("retired_at", Utc),
    sa.Index("ix_streams_guild_id", "guild_id"),
    sqlite_autoincrement=True,
)
"""A daily question: where, when, of what. *next_at* is NULL while it is paused; *paused* says why."""

queued: Final = sa.Table(
    "queued",
    metadata,
    key(),
    sa.Column("stream_id", Key, sa.ForeignKey("streams.id", ondelete="CASCADE"), nullable=False),
    sa.Column("question_id", sa.String(16), nullable=False),
    ident("added_by"),
    sa.UniqueConstraint("stream_id", "question_id"),
    sqlite_autoincrement=True,
)
"""Questions picked by hand; they come first, in this order."""

posts: Final = sa.Table(
    "posts",
    metadata,
    key(),
    sa.Column("stream_id", Key, sa.ForeignKey("streams.id", ondelete="CASCADE"), nullable=False),
    ident("guild_id"),
    sa.Column("day", sa.Date),
    sa.Column("state", sa.String(12), nullable=False),  # claimed, sent, revealed, skipped, uncertain
    sa.Column("due_at", Utc, nullable=False),
    sa.Column("question_id", sa.String(16), nullable=False),
    sa.Column("round_id", Key, sa.ForeignKey("rounds.id")),
    ident("channel_id"),
    ident("message_id", nullable=True),
    ident("thread_id", nullable=True),
    sa.Column("nonce", sa.String(25), nullable=False),
    sa.Column("reveal", sa.String(20), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("again_at", Utc, index=True),
    sa.Column("unsure_since", Utc),
    sa.Column("reveal_tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("reveal_at", Utc, index=True),
    sa.Column("revealed_at", Utc),
    sa.Column("problem", sa.String(40)),
    sa.UniqueConstraint("stream_id", "day"),
    sa.Index("ix_posts_guild_id", "guild_id"),
    sa.Index("ix_posts_round_id", "round_id"),
    sqlite_autoincrement=True,
)
"""What a stream posts: one row for each local day, so that a day is posted once; a test post has no day.

*again_at* is when the row wants to be looked at again: a lease that ends, a step to try once more. *reveal_at* is when
the answers are to be shown, and what keeps others away while somebody does it. *unsure_since* is when a message was
first sent of which nobody knows whether it arrived. *reveal* is the stream's rule of then.
"""

notices: Final = sa.Table(
    "notices",
    metadata,
    key(),
    sa.Column("stream_id", Key, sa.ForeignKey("streams.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("post_id", Key, sa.ForeignKey("posts.id", ondelete="CASCADE"), index=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("due_at", Utc, nullable=False, index=True),
    sqlite_autoincrement=True,
)
"""What those who manage a group are still to be told about a stream; a row goes when it was told."""
