"""A group's own questions, and what people say about questions."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from storage.tables.columns import ident, key, metadata
from storage.types import Key, Snowflake, Utc

questions: Final = sa.Table(
    "questions",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    ident("guild_id"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),  # suggested, approved, rejected, retired
    ident("author_id", nullable=True),
    ident("channel_id", nullable=True),
    ident("decided_by", nullable=True),
    sa.Column("reason", sa.String(500), nullable=False, server_default=""),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("created_at", Utc, nullable=False),
    sa.Column("changed_at", Utc, nullable=False),
    sa.UniqueConstraint("guild_id", "number"),
    sa.Index("ix_questions_author_id", "author_id"),
)
"""A group's own questions; *body* is what knowledge.questions.model.dump writes, *number* what people call it by.

*body* holds no author: that is *author_id*, who suggested it in *channel_id*.
"""

drafts: Final = sa.Table(
    "drafts",
    metadata,
    key(),
    ident("guild_id"),
    ident("user_id"),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("at", Utc, nullable=False, index=True),
    sa.Index("ix_drafts_user_id", "user_id"),
    sqlite_autoincrement=True,
)
"""What somebody typed or sent and has not finished with: kept for minutes, so that nobody types it twice."""

announcements: Final = sa.Table(
    "announcements",
    metadata,
    key(),
    ident("guild_id"),
    ident("channel_id"),
    sa.Column("kind", sa.String(20), nullable=False),  # approved, rejected, report, appeal
    sa.Column("question_id", sa.String(16), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("due_at", Utc, nullable=False, index=True),
    sqlite_autoincrement=True,
)
"""What a channel is still to be told about a question; a row goes when it was told."""

question_reports: Final = sa.Table(
    "question_reports",
    metadata,
    key(),
    ident("guild_id"),
    ident("user_id"),
    sa.Column("question_id", sa.String(16), nullable=False),
    sa.Column("round_id", Key),
    sa.Column("reason", sa.String(1000), nullable=False),
    sa.Column("at", Utc, nullable=False),
    sa.Column("state", sa.String(10), nullable=False, server_default="open"),  # open, closed
    sa.UniqueConstraint("guild_id", "question_id", "user_id"),
    sa.Index("ix_question_reports_user_id", "user_id"),
    sqlite_autoincrement=True,
)

accepted_forms: Final = sa.Table(
    "accepted_forms",
    metadata,
    sa.Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("question_id", sa.String(16), primary_key=True),
    sa.Column("form", sa.String(200), primary_key=True),
    sa.Column("at", Utc, nullable=False),
)
"""Forms of an answer that a group's staff has accepted beside those that its author wrote down."""
