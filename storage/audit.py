"""What those who manage a group have changed: who, when and what."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import audit

_LONGEST_SUBJECT: Final = 100


async def add(
    conn: AsyncConnection, action: str, *, guild_id: int, user_id: int, at: datetime, subject: str = ""
) -> None:
    """Keep a change. *action* is a short name of ours, *subject* names what was changed."""
    row = {"guild_id": guild_id, "user_id": user_id, "at": at, "action": action, "subject": subject[:_LONGEST_SUBJECT]}
    await conn.execute(sa.insert(audit).values(row))
