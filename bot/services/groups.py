"""What groups and people have set, kept at hand: every reply asks for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from bot.services.periods import next_week
from storage import audit, settings, streams, weekly
from storage.database import Connection, Database, DirectConnection
from storage.settings import Group, Person, Seen
from storage.streams import Stream

_KEPT: Final = 10_000
"""Groups and names that are kept at hand; those not needed the longest make room."""
_NAME_LASTS: Final = timedelta(days=1)
_GROUP_LASTS: Final = timedelta(minutes=1)
"""For another process may change it."""
_BETWEEN_BOARDS: Final = timedelta(days=4)
"""Before a planned board, within which none is posted: a group that moves its week gets none of a day or two."""
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


@dataclass(frozen=True, slots=True)
class Choice:
    """What those who manage a group choose for it.

    Attributes:
        language: of public posts; None leaves it to the server's.
        zone: IANA name; empty leaves it as it is, chosen or not.
        week_start: 0 is Monday.
        log_channel_id: None for none, as with the board.
    """

    language: str | None
    zone: str
    week_start: int
    log_channel_id: int | None
    board_channel_id: int | None


class Groups:
    """The settings of groups and people."""

    def __init__(self, db: Database, *, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._groups: OrderedDict[int, tuple[Group, datetime]] = OrderedDict()
        self._changes = 0
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
        kept, now = self._groups.get(guild_id), self._clock()
        if kept is not None and now - kept[1] < _GROUP_LASTS:
            return kept[0]
        changes = self._changes
        async with self._db.reading() as conn:
            found = await settings.group(conn, guild_id)
        if changes == self._changes:  # else it may have been read before a change that is through now
            _keep(self._groups, guild_id, (found, now))
        return found

    async def person(self, user_id: int) -> Person:
        """Return what somebody has set."""
        async with self._db.reading() as conn:
            return await settings.person(conn, user_id)

    async def today(self, guild_id: int, now: datetime) -> date:
        """Return the group's local day at *now*."""
        return now.astimezone(ZoneInfo((await self.group(guild_id)).zone)).date()

    async def zone_of(self, user_id: int, guild_id: int) -> ZoneInfo:
        """Return the zone in which somebody lives: their own choice, else the group's."""
        return ZoneInfo((await self.person(user_id)).zone or (await self.group(guild_id)).zone)

    async def streams(self, guild_id: int) -> tuple[Stream, ...]:
        """Return the daily questions of a group."""
        async with self._db.reading() as conn:
            return await streams.of_guild(conn, guild_id)

    async def see(self, conn: Connection, who: Who) -> None:
        """Write down in this transaction how somebody is called, unless that is known to be there; see remember()."""
        await conn.run_sync(self.see_all, [who])

    def see_all(self, conn: DirectConnection, people: Sequence[Who]) -> None:
        """Write down in this transaction how people are called, each of them there once; as see() does."""
        now = self._clock()
        news = [who for who in people if self._is_news(who, now)]
        settings.saw_all(conn, [Seen(who.guild_id, who.user_id, who.name[:LONGEST_NAME], now) for who in news])

    def remember(self, who: Who) -> None:
        """Keep at hand what see() has written, once its transaction is through; for a day it need not write again."""
        now = self._clock()
        if self._is_news(who, now):
            _keep(self._seen, (who.guild_id, who.user_id), (who.name, now))

    def _is_news(self, who: Who, now: datetime) -> bool:
        before = self._seen.get((who.guild_id, who.user_id))
        return before is None or before[0] != who.name or now - before[1] >= _NAME_LASTS

    async def choose_language(self, who: Who, language: str | None) -> None:
        """Let somebody be answered in *language*; None is that of their Discord."""
        async with self._db.begin() as conn:
            await settings.set_person(conn, who.user_id, language=language)
        if language:
            self._languages[who.user_id] = language
        else:
            self._languages.pop(who.user_id, None)

    async def choose_zone(self, who: Who, zone: str | None) -> None:
        """Let somebody's days be those of *zone*; None is that of their group."""
        async with self._db.begin() as conn:
            await settings.set_person(conn, who.user_id, zone=zone)

    async def change(self, who: Who, choice: Choice) -> Group:
        """Set what was chosen for a group, and write down who changed what; return how it stands then."""
        async with self._db.begin() as conn:
            before = await settings.group(conn, who.guild_id)
            chosen = before.zone_chosen or bool(choice.zone)
            choice = replace(choice, zone=choice.zone or before.zone)
            await self._write_down(conn, who, before, choice)
            await self._plan(conn, before, choice)
            values = {"language": choice.language, "zone": choice.zone, "week_start": choice.week_start}
            values |= {"zone_chosen": chosen, "log_channel_id": choice.log_channel_id}
            await settings.set_group(conn, who.guild_id, **values)
            after = await settings.group(conn, who.guild_id)
        self.changed(who.guild_id)
        return after

    async def move(self, who: Who, zone: str) -> None:
        """Set the zone of a group alone."""
        group = await self.group(who.guild_id)
        values = {name: getattr(group, name) for name in Choice.__slots__}
        await self.change(who, Choice(**{**values, "zone": zone}))

    async def exclude(self, who: Who, member: Who, *, excluded: bool) -> None:
        """Take a member off the boards of the group, or put them back."""
        now = self._clock()
        async with self._db.begin() as conn:
            name = member.name[:LONGEST_NAME]
            key = {"guild_id": who.guild_id, "user_id": member.user_id}
            await settings.exclude(conn, **key, name=name, at=now, excluded=excluded)
            action = "exclude" if excluded else "include"
            await audit.add(
                conn, action, guild_id=who.guild_id, user_id=who.user_id, at=now, subject=str(member.user_id)
            )

    def forget(self, user_id: int) -> None:
        """Drop what is kept at hand about somebody."""
        self._languages.pop(user_id, None)
        for key in [key for key in self._seen if key[1] == user_id]:
            del self._seen[key]

    def changed(self, guild_id: int) -> None:
        """Read the group's settings anew when they are next asked for."""
        self._changes += 1
        self._groups.pop(guild_id, None)

    async def _write_down(self, conn: Connection, who: Who, before: Group, choice: Choice) -> None:
        now = self._clock()
        for name in Choice.__slots__:
            chosen = getattr(choice, name)
            if chosen != getattr(before, name):
                subject = "" if chosen is None else str(chosen)
                await audit.add(conn, name, guild_id=who.guild_id, user_id=who.user_id, at=now, subject=subject)

    async def _plan(self, conn: Connection, before: Group, choice: Choice) -> None:
        """Plan the next board where its channel or its week has changed; one that is being posted is left alone."""
        names = ("board_channel_id", "zone", "week_start")
        planned = await weekly.of_guild(conn, before.guild_id)
        now = self._clock()
        if all(getattr(before, name) == getattr(choice, name) for name in names):
            return
        if planned and planned.due_at <= now and choice.board_channel_id == before.board_channel_id:
            return
        after = max(now, planned.due_at - _BETWEEN_BOARDS) if planned else now
        due_at = next_week(after, ZoneInfo(choice.zone), week_start=choice.week_start)
        await weekly.plan(conn, before.guild_id, choice.board_channel_id, due_at)


_K = TypeVar("_K")
_V = TypeVar("_V")


def _keep(kept: OrderedDict[_K, _V], key: _K, value: _V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > _KEPT:
        kept.popitem(last=False)
