"""What all tables share: the metadata, the names of keys and indexes, and two kinds of columns."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem

from storage.types import Key, Snowflake

metadata: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> sa.Column[int]:
    """Return the number that the database gives a row."""
    return sa.Column("id", Key, primary_key=True)


def ident(name: str, *more: SchemaItem, nullable: bool = False) -> sa.Column[int]:
    """Return a column for an id of Discord's."""
    return sa.Column(name, Snowflake, *more, nullable=nullable)
