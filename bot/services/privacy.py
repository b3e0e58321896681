"""What people may ask of their own data: all of it in a file, its deletion, and to stay off the boards."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from storage import settings, userdata
from storage.database import Database
from storage.forgotten import forget

UNPACKED_BYTES: Final = 4_000_000
"""Larger exports are packed, so that Discord takes them."""


@dataclass(frozen=True, slots=True)
class Export:
    """Everything kept about somebody, as a file.

    Attributes:
        name: of the file; ASCII.
        rows: how many things it holds.
    """

    name: str
    content: bytes
    rows: int


class Privacy:
    """Everybody's own data."""

    def __init__(
        self,
        db: Database,
        *,
        on_forgotten: Callable[[int], None],
        on_unseen: Callable[[], None],
        clock: Callable[[], datetime],
    ) -> None:
        """Make the service.

        Args:
            db: the database.
            on_forgotten: called with the id of somebody whose data was deleted, to drop what is kept at hand.
            on_unseen: called when somebody is no longer to be seen, to drop the pictures that show people.
            clock: aware.
        """
        self._db = db
        self._on_forgotten = on_forgotten
        self._on_unseen = on_unseen
        self._clock = clock

    async def export(self, user_id: int) -> Export:
        """Return everything that is kept about somebody."""
        async with self._db.reading() as conn:
            found = await userdata.export(conn, user_id)
        now = self._clock()
        whole = {"user_id": str(user_id), "exported_at": now.isoformat(), **found}
        return await asyncio.to_thread(_file, f"mydata-{now:%Y-%m-%d}", whole, sum(map(len, found.values())))

    async def delete(self, user_id: int) -> None:
        """Delete everything that is kept about somebody, for good.

        Raises:
            StorageError: it was not done.
        """
        await forget(self._db, user_id, self._clock())
        self._on_forgotten(user_id)
        self._on_unseen()

    async def toggle_hidden(self, user_id: int) -> bool:
        """Take somebody off all boards, or put them back; return whether they are hidden now."""
        async with self._db.begin() as conn:
            hidden = not (await settings.person(conn, user_id)).hidden
            await settings.set_person(conn, user_id, hidden=hidden)
        self._on_unseen()
        return hidden


def _file(name: str, whole: dict[str, Any], rows: int) -> Export:
    content = json.dumps(whole, ensure_ascii=False, indent=1).encode()
    if len(content) <= UNPACKED_BYTES:
        return Export(f"{name}.json", content, rows)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.json", content)
    return Export(f"{name}.zip", packed.getvalue(), rows)
