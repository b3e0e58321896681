"""Since when groups are told about their notes, and whether they have chosen their zone."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Change the tables."""
    _news_channels()
    _guilds()


def _news_channels() -> None:
    op.add_column("news_channels", sa.Column("since_at", sa.BigInteger(), nullable=True))


def _guilds() -> None:
    op.add_column("guilds", sa.Column("zone_chosen", sa.Boolean(), server_default=sa.false(), nullable=False))
    guilds = sa.table("guilds", sa.column("zone"), sa.column("zone_chosen"))
    op.execute(sa.update(guilds).where(guilds.c.zone != "UTC").values(zone_chosen=sa.true()))
