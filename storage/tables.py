"""Every table, once. Rows that mean a fact are added and never changed; the database decides races by its unique keys.

Ids that custom_ids carry are never given out twice (``sqlite_autoincrement``): an old button must not find a new row.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem

from storage.types import Key, Snowflake, Utc

metadata: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key() -> sa.Column[int]:
    return sa.Column("id", Key, primary_key=True)


def _id(name: str, *more: SchemaItem, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, Snowflake, *more, nullable=nullable)


guilds: Final = sa.Table(
    "guilds",
    metadata,
    sa.Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("language", sa.String(5)),
    sa.Column("zone", sa.String(64), nullable=False, server_default="UTC"),
    sa.Column("week_start", sa.SmallInteger, nullable=False, server_default="0"),  # 0 is Monday, as datetime has it
    _id("log_channel_id", nullable=True),
    _id("board_channel_id", nullable=True),
    sa.Column("board_due_at", Utc),
    sa.Column("board_next_at", Utc, index=True),
    sa.Column("board_tries", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("board_problem", sa.String(20)),
    _id("board_message_id", nullable=True),
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
    _key(),
    _id("guild_id"),
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

questions: Final = sa.Table(
    "questions",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    _id("guild_id"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),  # suggested, approved, rejected, retired
    _id("author_id", nullable=True),
    _id("channel_id", nullable=True),
    _id("decided_by", nullable=True),
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
    _key(),
    _id("guild_id"),
    _id("user_id"),
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
    _key(),
    _id("guild_id"),
    _id("channel_id"),
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
    _key(),
    _id("guild_id"),
    _id("user_id"),
    sa.Column("question_id", sa.String(16), nullable=False),
    sa.Column("round_id", Key),
    sa.Column("reason", sa.String(1000), nullable=False),
    sa.Column("at", Utc, nullable=False),
    sa.Column("state", sa.String(10), nullable=False, server_default="open"),  # open, closed
    sa.UniqueConstraint("guild_id", "question_id", "user_id"),
    sa.Index("ix_question_reports_user_id", "user_id"),
    sqlite_autoincrement=True,
)

games: Final = sa.Table(
    "games",
    metadata,
    _key(),
    sa.Column("kind", sa.String(10), nullable=False),  # quiz, race
    _id("guild_id"),
    _id("channel_id"),
    _id("host_id"),
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
    _id("message_id", nullable=True),
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
    _id("guild_id"),
    sa.Column("joined", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("skips", sa.Integer, nullable=False, server_default="0"),
)
"""Who joined a race before it began, and the number of the last round that they voted to skip; anybody may answer."""

rounds: Final = sa.Table(
    "rounds",
    metadata,
    _key(),
    _id("guild_id"),
    _id("channel_id"),
    sa.Column("source", sa.String(10), nullable=False),  # daily, race, quiz, test
    sa.Column("game_id", Key, sa.ForeignKey("games.id", ondelete="CASCADE")),
    sa.Column("number", sa.Integer, nullable=False, server_default="0"),
    sa.Column("question_id", sa.String(16), nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("shuffle", sa.String(40), nullable=False, server_default=""),
    _id("host_id", nullable=True),
    sa.Column("opened_at", Utc),
    sa.Column("closes_at", Utc),
    sa.Column("closed_at", Utc),
    _id("message_id", nullable=True),
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
    _key(),
    _id("guild_id"),
    _id("user_id"),
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
round and user and holds differences: *answered* 0, *right* and *points* by how much they change. *day* is the local day
of the group at that time. *rule* is the version of the rules that the points were counted by.
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
    _key(),
    _id("guild_id"),
    _id("user_id"),
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
    _id("guild_id"),
    sa.Column("at", Utc, nullable=False),
)

appeals: Final = sa.Table(
    "appeals",
    metadata,
    _key(),
    _id("guild_id"),
    _id("user_id"),
    sa.Column("round_id", Key, sa.ForeignKey("rounds.id"), nullable=False),
    sa.Column("given", sa.String(200), nullable=False),
    sa.Column("at", Utc, nullable=False),
    sa.Column("state", sa.String(10), nullable=False, server_default="open"),  # open, accepted, declined
    _id("decided_by", nullable=True),
    sa.UniqueConstraint("round_id", "user_id"),
    sa.Index("ix_appeals_guild_id_state", "guild_id", "state"),
    sa.Index("ix_appeals_user_id", "user_id"),
    sqlite_autoincrement=True,
)
"""'I was right': typed answers that their authors want to be looked at."""

accepted_forms: Final = sa.Table(
    "accepted_forms",
    metadata,
    sa.Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    sa.Column("question_id", sa.String(16), primary_key=True),
    sa.Column("form", sa.String(200), primary_key=True),
    sa.Column("at", Utc, nullable=False),
)
"""Forms of an answer that a group's staff has accepted beside those that its author wrote down."""

streams: Final = sa.Table(
    "streams",
    metadata,
    _key(),
    _id("guild_id"),
    sa.Column("name", sa.String(100), nullable=False),
    _id("channel_id"),
    sa.Column("post_at", sa.String(5), nullable=False),  # wall-clock HH:MM in *zone*
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("topics", sa.JSON, nullable=False),
    sa.Column("difficulty", sa.SmallInteger, nullable=False, server_default="0"),  # 0 is any
    sa.Column("language", sa.String(5), nullable=False),
    sa.Column("reveal", sa.String(20), nullable=False),
    sa.Column("thread", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("generated", sa.Boolean, nullable=False, server_default=sa.false()),
    _id("role_id", nullable=True),
    sa.Column("seed", sa.Integer, nullable=False),
    sa.Column("next_at", Utc, index=True),
    sa.Column("paused", sa.String(40)),
    _id("created_by"),
    sa.Column("created_at", Utc, nullable=False),
    sa.Column("retired_at", Utc),
    sa.Index("ix_streams_guild_id", "guild_id"),
    sqlite_autoincrement=True,
)
"""A daily question: where, when, of what. *next_at* is NULL while it is paused; *paused* says why."""

queued: Final = sa.Table(
    "queued",
    metadata,
    _key(),
    sa.Column("stream_id", Key, sa.ForeignKey("streams.id", ondelete="CASCADE"), nullable=False),
    sa.Column("question_id", sa.String(16), nullable=False),
    _id("added_by"),
    sa.UniqueConstraint("stream_id", "question_id"),
    sqlite_autoincrement=True,
)
"""Questions picked by hand; they come first, in this order."""

posts: Final = sa.Table(
    "posts",
    metadata,
    _key(),
    sa.Column("stream_id", Key, sa.ForeignKey("streams.id", ondelete="CASCADE"), nullable=False),
    _id("guild_id"),
    sa.Column("day", sa.Date),
    sa.Column("state", sa.String(12), nullable=False),  # claimed, sent, revealed, skipped, uncertain
    sa.Column("due_at", Utc, nullable=False),
    sa.Column("question_id", sa.String(16), nullable=False),
    sa.Column("round_id", Key, sa.ForeignKey("rounds.id")),
    _id("channel_id"),
    _id("message_id", nullable=True),
    _id("thread_id", nullable=True),
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
    _key(),
    sa.Column("stream_id", Key, sa.ForeignKey("streams.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("post_id", Key, sa.ForeignKey("posts.id", ondelete="CASCADE"), index=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("due_at", Utc, nullable=False, index=True),
    sqlite_autoincrement=True,
)
"""What those who manage a group are still to be told about a stream; a row goes when it was told."""

cards: Final = sa.Table(
    "cards",
    metadata,
    _key(),
    _id("user_id"),
    _id("guild_id"),
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
    _key(),
    sa.Column("card_id", Key, sa.ForeignKey("cards.id", ondelete="CASCADE"), nullable=False),
    _id("user_id"),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("at", Utc, nullable=False),
    sa.Column("grade", sa.SmallInteger, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.UniqueConstraint("card_id", "version"),
    sa.Index("ix_reviews_user_id_at", "user_id", "at"),
    sqlite_autoincrement=True,
)
"""Every grading of a card, with what the card was before it; the key keeps two windows from grading it twice."""

audit: Final = sa.Table(
    "audit",
    metadata,
    _key(),
    _id("guild_id"),
    _id("user_id"),
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
