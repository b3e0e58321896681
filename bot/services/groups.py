"""What groups and people have set, kept at hand: every reply asks for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from storage import settings
from storage.database import Connection, Database
from storage.settings import Group

_KEPT: Final = 10_000
"""Groups and names that are kept at hand; those not needed the longest make room."""
_NAME_LASTS: Final = timedelta(days=1)
LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who does something.

    Attributes:
        guild_id: of the group; 0 in direct messages.
        name: as the group sees it.
    """

    user_id: int
    guild_id: int
    name: str


class Groups:
    """The settings of groups and people."""

    def __init__(self, db: Database, *, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._groups: OrderedDict[int, Group] = OrderedDict()
        self._languages: dict[int, str] = {}
        self._seen: OrderedDict[tuple[int, int], tuple[str, datetime]] = OrderedDict()

    async def load(self) -> None:
        """Read the languages that people have chosen; replies look for them without waiting."""
        async with self._db.reading() as conn:
            self._languages = await settings.languages(conn)

    def language_of(self, user_id: int) -> str | None:
        """Return the language that somebody has chosen, None if they have not."""
        return self._languages.get(user_id)

    async def group(self, guild_id: int) -> Group:
        """Return what a group has set."""
        found = self._groups.get(guild_id)
        if found is None:
            async with self._db.reading() as conn:
                found = await settings.group(conn, guild_id)
            self._groups[guild_id] = found
            if len(self._groups) > _KEPT:
                self._groups.popitem(last=False)
        return found

    async def today(self, guild_id: int, now: datetime) -> date:
        """Return the group's local day at *now*."""
        return now.astimezone(ZoneInfo((await self.group(guild_id)).zone)).date()

    async def see(self, conn: Connection, who: Who) -> None:
        """Remember in this transaction how somebody is called, if that is news or was not said for a day."""
        key, now = (who.guild_id, who.user_id), self._clock()
        before = self._seen.get(key)
        if before is not None and before[0] == who.name and now - before[1] < _NAME_LASTS:
            return
        name = who.name[:LONGEST_NAME]
        await settings.saw(conn, guild_id=who.guild_id, user_id=who.user_id, name=name, at=now)
        self._seen[key] = (who.name, now)
        if len(self._seen) > _KEPT:
            self._seen.popitem(last=False)

    def forget(self, user_id: int) -> None:
        """Drop what is kept at hand about somebody."""
        self._languages.pop(user_id, None)
        for key in [key for key in self._seen if key[1] == user_id]:
            del self._seen[key]

    def changed(self, guild_id: int) -> None:
        """Read the group's settings anew when they are next asked for."""
        self._groups.pop(guild_id, None)
