"""Cards to repeat, and every grading of one."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from storage.tables.columns import ident, key, metadata
from storage.types import Key, Utc

cards: Final = sa.Table(
    "cards",
    metadata,
    key(),
    ident("user_id"),
    ident("guild_id"),
    sa.Column("question_id", sa.String(16), nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("schedule", sa.Text, nullable=False),
    sa.Column("due_at", Utc, nullable=False),
    sa.Column("version", sa.Integer, nullable=False, server_default="0"),
    sa.Column("lapses", sa.Integer, nullable=False, server_default="0"),
    sa.Column("suspended", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("made_at", Utc, nullable=False),
    sa.UniqueConstraint("user_id", "question_id"),
    sa.Index("ix_cards_user_id_due_at", "user_id", "due_at"),
    sa.Index("ix_cards_guild_id", "guild_id"),
    sqlite_autoincrement=True,
)
"""A question that somebody repeats; *schedule* is the card of the fsrs library as JSON."""

reviews: Final = sa.Table(
    "reviews",
    metadata,
    key(),
    sa.Column("card_id", Key, sa.ForeignKey("cards.id", ondelete="CASCADE"), nullable=False),
    ident("user_id"),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("at", Utc, nullable=False),
    sa.Column("grade", sa.SmallInteger, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.UniqueConstraint("card_id", "version"),
    sa.Index("ix_reviews_user_id_at", "user_id", "at"),
    sqlite_autoincrement=True,
)
"""Every grading of a card, with what the card was before it; the key keeps two windows from grading it twice."""
