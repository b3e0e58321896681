"""Since when groups are told about their notes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Change the tables."""
    _news_channels()


def _news_channels() -> None:
    op.add_column("news_channels", sa.Column("since_at", sa.BigInteger(), nullable=True))
