"""Questions as they were asked, in whatever game, and everything that was answered."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from storage.tables.columns import ident, key, metadata
from storage.types import Key, Snowflake, Utc

games: Final = sa.Table(
    "games",
    metadata,
    key(),
    sa.Column("kind", sa.String(10), nullable=False),  # quiz, race
    ident("guild_id"),
    ident("channel_id"),
    ident("host_id"),
    sa.Column("language", sa.String(5), nullable=False),
    sa.Column("topic", sa.String(100), nullable=False, server_default=""),
    sa.Column("difficulty", sa.SmallInteger, nullable=False, server_default="0"),  # 0 is any
    sa.Column("seconds", sa.Integer),
    sa.Column("state", sa.String(10), nullable=False),  # running, ended
    sa.Column("ending", sa.String(20)),  # finished, stopped, unanswered, restart, failed
    sa.Column("started_at", Utc, nullable=False),
    sa.Column("ended_at", Utc),
    sa.Column("step", sa.String(10)),
    sa.Column("due_at", Utc, index=True),
    sa.Column("reposts", sa.SmallInteger, nullable=False, server_default="0"),
    ident("message_id", nullable=True),
    sa.Index("uq_games_race", "channel_id", unique=True,
             sqlite_where=sa.text("kind = 'race' AND state = 'running'"),
             postgresql_where=sa.text("kind = 'race' AND state = 'running'")),
    sa.Index("ix_games_host_id", "host_id"),
    sa.Index("ix_games_guild_id", "guild_id"),
    sqlite_autoincrement=True,
)  # fmt: skip
"""A quiz of one person's own, or a race in a channel; a channel has one race at a time.

*step* is what a race has to do at *due_at*, see storage.games; NULL in a quiz and where nothing is left to do.
"""

players: Final = sa.Table(
    "players",
    metadata,
    sa.Column("game_id", Key, sa.ForeignKey("games.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("user_id", Snowflake, primary_key=True, autoincrement=False, index=True),
    ident("guild_id"),
    sa.Column("joined", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("skips", sa.Integer, nullable=False, server_default="0"),
)
"""Who joined a race before it began, and the number of the last round that they voted to skip; anybody may answer."""

rounds: Final = sa.Table(
    "rounds",
    metadata,
    key(),
    ident("guild_id"),
    ident("channel_id"),
    sa.Column("source", sa.String(10), nullable=False),  # daily, race, quiz, test
    sa.Column("game_id", Key, sa.ForeignKey("games.id", ondelete="CASCADE")),
    sa.Column("number", sa.Integer, nullable=False, server_default="0"),
    sa.Column("question_id", sa.String(16), nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("shuffle", sa.String(40), nullable=False, server_default=""),
    ident("host_id", nullable=True),
    sa.Column("opened_at", Utc),
    sa.Column("closes_at", Utc),
    sa.Column("closed_at", Utc),
    ident("message_id", nullable=True),
    sa.UniqueConstraint("game_id", "number"),
    sa.Index("ix_rounds_guild_id_question_id", "guild_id", "question_id"),
    sa.Index("ix_rounds_host_id", "host_id"),
    sqlite_autoincrement=True,
)
"""A question as it was asked once: with its text of then, and its choices in the order shown.

*shuffle* holds, for each place shown, the index of the choice in the question, with commas between. *host_id* is the
only person who may answer.
"""

events: Final = sa.Table(
    "events",
    metadata,
    key(),
    ident("guild_id"),
    ident("user_id"),
    sa.Column("round_id", Key, sa.ForeignKey("rounds.id"), nullable=False),
    sa.Column("number", sa.SmallInteger, nullable=False),
    sa.Column("at", Utc, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("source", sa.String(10), nullable=False),
    sa.Column("question_id", sa.String(16), nullable=False),
    sa.Column("topic", sa.String(100), nullable=False),
    sa.Column("given", sa.String(200), nullable=False, server_default=""),
    sa.Column("answered", sa.SmallInteger, nullable=False),
    sa.Column("right", sa.SmallInteger, nullable=False),
    sa.Column("points", sa.Integer, nullable=False),
    sa.Column("took_ms", sa.Integer),
    sa.Column("rule", sa.SmallInteger, nullable=False),
    sa.UniqueConstraint("round_id", "user_id", "number"),
    sa.Index("ix_events_board", "guild_id", "at", "user_id", "points", "answered", "right", "topic", "source"),
    sa.Index("ix_events_user_id_at", "user_id", "at"),
    sqlite_autoincrement=True,
)
"""Every answer, appended once, and every later correction of one. Sums over rows are the truth.

*number* 0 is the answer; a correction (an accepted appeal, a self-grade, a void round) is the next number of the same
round and user and holds differences: *answered* 0, *right* and *points* by how much they change. An answer that its
author grades is neither right nor wrong before: it has *answered* 0, and its first grade 1. *day* is the local day of
the group at that time. *rule* is the version of the rules that the points were counted by.
"""

totals: Final = sa.Table(
    "totals",
    metadata,
    sa.Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("user_id", Snowflake, primary_key=True, autoincrement=False, index=True),
    sa.Column("answered", sa.Integer, nullable=False),
    sa.Column("right", sa.Integer, nullable=False),
    sa.Column("points", sa.Integer, nullable=False),
)
"""Sums over the events of a member that count, kept by the database itself: see storage.totals."""

open_answers: Final = sa.Table(
    "open_answers",
    metadata,
    key(),
    ident("guild_id"),
    ident("user_id"),
    sa.Column("round_id", Key, sa.ForeignKey("rounds.id"), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("earlier", sa.JSON, nullable=False),
    sa.Column("ticks", sa.String(40)),
    sa.Column("submitted_at", Utc, nullable=False),
    sa.Column("changed_at", Utc, nullable=False),
    sa.UniqueConstraint("round_id", "user_id"),
    sa.Index("ix_open_answers_user_id", "user_id"),
    sa.Index("ix_open_answers_guild_id", "guild_id"),
    sqlite_autoincrement=True,
)
"""Texts written to open questions: private until the reveal. *ticks* are the key points that the author found in it."""

votes: Final = sa.Table(
    "votes",
    metadata,
    sa.Column("answer_id", Key, sa.ForeignKey("open_answers.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("user_id", Snowflake, primary_key=True, autoincrement=False, index=True),
    ident("guild_id"),
    sa.Column("at", Utc, nullable=False),
)

appeals: Final = sa.Table(
    "appeals",
    metadata,
    key(),
    ident("guild_id"),
    ident("user_id"),
    sa.Column("round_id", Key, sa.ForeignKey("rounds.id"), nullable=False),
    sa.Column("given", sa.String(200), nullable=False),
    sa.Column("at", Utc, nullable=False),
    sa.Column("state", sa.String(10), nullable=False, server_default="open"),  # open, accepted, declined
    ident("decided_by", nullable=True),
    sa.UniqueConstraint("round_id", "user_id"),
    sa.Index("ix_appeals_guild_id_state", "guild_id", "state"),
    sa.Index("ix_appeals_user_id", "user_id"),
    sqlite_autoincrement=True,
)
"""'I was right': typed answers that their authors want to be looked at."""
