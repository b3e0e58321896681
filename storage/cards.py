"""Cards: questions that somebody repeats. One card for each person and question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import insert_new
from storage.tables import cards


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card to be kept, due at once and without a schedule yet."""

    user_id: int
    guild_id: int
    question_id: str
    question: str
    made_at: datetime


async def add(conn: AsyncConnection, new: NewCard) -> bool:
    """Keep a card; False if this person has one of this question."""
    row = {name: getattr(new, name) for name in NewCard.__slots__}
    return await insert_new(conn, cards, {**row, "schedule": "", "due_at": new.made_at})
