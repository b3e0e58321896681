"""The tables from streams to notices, in the order in which they refer to one another."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Change the tables."""
    _streams()
    _totals()
    _users()
    _players()
    _queued()
    _reviews()
    _rounds()
    _appeals()
    _events()
    _open_answers()
    _posts()
    _notices()


def _streams() -> None:
    op.create_table(
        "streams",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("post_at", sa.String(length=5), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("difficulty", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("reveal", sa.String(length=20), nullable=False),
        sa.Column("thread", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("role_id", sa.BigInteger(), nullable=True),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("paused", sa.String(length=40), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_streams")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_streams_guild_id", "streams", ["guild_id"], unique=False)
    op.create_index(op.f("ix_streams_next_at"), "streams", ["next_at"], unique=False)


def _totals() -> None:
    op.create_table(
        "totals",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name=op.f("pk_totals")),
    )
    op.create_index(op.f("ix_totals_user_id"), "totals", ["user_id"], unique=False)


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=5), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("hidden", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_users")),
    )


def _players() -> None:
    op.create_table(
        "players",
        sa.Column("game_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("joined", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("skips", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name=op.f("fk_players_game_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("game_id", "user_id", name=op.f("pk_players")),
    )
    op.create_index(op.f("ix_players_user_id"), "players", ["user_id"], unique=False)


def _queued() -> None:
    op.create_table(
        "queued",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stream_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_id", sa.String(length=16), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["stream_id"], ["streams.id"], name=op.f("fk_queued_stream_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queued")),
        sa.UniqueConstraint("stream_id", "question_id", name=op.f("uq_queued_stream_id_question_id")),
        sqlite_autoincrement=True,
    )


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("card_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.SmallInteger(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_reviews_card_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("card_id", "version", name=op.f("uq_reviews_card_id_version")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reviews_user_id_at", "reviews", ["user_id", "at"], unique=False)


def _rounds() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("game_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("question_id", sa.String(length=16), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("shuffle", sa.String(length=40), server_default="", nullable=False),
        sa.Column("host_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.Column("closes_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["game_id"], ["games.id"], name=op.f("fk_rounds_game_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("game_id", "number", name=op.f("uq_rounds_game_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rounds_guild_id_question_id", "rounds", ["guild_id", "question_id"], unique=False)
    op.create_index("ix_rounds_host_id", "rounds", ["host_id"], unique=False)


def _appeals() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("given", sa.String(length=200), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="open", nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_appeals_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("round_id", "user_id", name=op.f("uq_appeals_round_id_user_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_appeals_guild_id_state", "appeals", ["guild_id", "state"], unique=False)
    op.create_index("ix_appeals_user_id", "appeals", ["user_id"], unique=False)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("question_id", sa.String(length=16), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("given", sa.String(length=200), server_default="", nullable=False),
        sa.Column("answered", sa.SmallInteger(), nullable=False),
        sa.Column("right", sa.SmallInteger(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        sa.Column("rule", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_events_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("round_id", "user_id", "number", name=op.f("uq_events_round_id_user_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_events_board",
        "events",
        ["guild_id", "at", "user_id", "points", "answered", "right", "topic", "source"],
        unique=False,
    )
    op.create_index("ix_events_user_id_at", "events", ["user_id", "at"], unique=False)


def _open_answers() -> None:
    op.create_table(
        "open_answers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.Column("ticks", sa.String(length=40), nullable=True),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_open_answers_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_answers")),
        sa.UniqueConstraint("round_id", "user_id", name=op.f("uq_open_answers_round_id_user_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_open_answers_guild_id", "open_answers", ["guild_id"], unique=False)
    op.create_index("ix_open_answers_user_id", "open_answers", ["user_id"], unique=False)


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stream_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("question_id", sa.String(length=16), nullable=False),
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("nonce", sa.String(length=25), nullable=False),
        sa.Column("reveal", sa.String(length=20), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("again_at", sa.BigInteger(), nullable=True),
        sa.Column("unsure_since", sa.BigInteger(), nullable=True),
        sa.Column("reveal_tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reveal_at", sa.BigInteger(), nullable=True),
        sa.Column("revealed_at", sa.BigInteger(), nullable=True),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_posts_round_id")),
        sa.ForeignKeyConstraint(["stream_id"], ["streams.id"], name=op.f("fk_posts_stream_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("stream_id", "day", name=op.f("uq_posts_stream_id_day")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_posts_again_at"), "posts", ["again_at"], unique=False)
    op.create_index("ix_posts_guild_id", "posts", ["guild_id"], unique=False)
    op.create_index(op.f("ix_posts_reveal_at"), "posts", ["reveal_at"], unique=False)
    op.create_index("ix_posts_round_id", "posts", ["round_id"], unique=False)


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stream_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_notices_post_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["stream_id"], ["streams.id"], name=op.f("fk_notices_stream_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notices_due_at"), "notices", ["due_at"], unique=False)
    op.create_index(op.f("ix_notices_post_id"), "notices", ["post_id"], unique=False)
    op.create_index(op.f("ix_notices_stream_id"), "notices", ["stream_id"], unique=False)
