"""Brings a database to the newest version."""

from __future__ import annotations

from storage.database import Database
from storage.tables import metadata


async def migrate(db: Database) -> None:
    """Make the tables."""
    async with db.begin() as conn:
        await conn.run_sync(metadata.create_all)
