"""Groups that removed the bot are purged after 30 days, unless they took it back."""

from datetime import timedelta

import pytest

from bot.services import presence
from bot.services.presence import Presence
from storage import userdata
from storage.tables import events, guilds
from tests.storage.filling import NOON, fill, rows

GROUP, OTHER = 333_333_333_333_333_333, 444_444_444_444_444_444


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self):
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def purged() -> list[int]:
    return []


@pytest.fixture
async def service(db, clock, purged) -> Presence:
    async with db.begin() as conn:
        for guild_id in (GROUP, OTHER):
            await fill(conn, user_id=1, guild_id=guild_id)
    made = Presence(db, on_purged=purged.append, clock=clock)
    await made.compare([GROUP, OTHER])
    return made


async def kept(db, guild_id) -> int:
    async with db.reading() as conn:
        return len(await rows(conn, events.c.guild_id, guild_id))


async def test_group_that_was_left_is_purged_after_30_days_and_not_before(service, db, clock, purged):
    await service.leave(GROUP)
    clock.turn(days=30, seconds=-1)
    assert await service.purge() == 0
    clock.turn(seconds=1)
    assert await service.purge() == 1
    assert (await kept(db, GROUP), await kept(db, OTHER)) == (0, 1)
    assert purged == [GROUP]


async def test_group_that_takes_the_bot_back_keeps_everything(service, db, clock):
    await service.leave(GROUP)
    clock.turn(days=29)
    await service.join(GROUP)
    clock.turn(days=29)
    assert await service.purge() == 0
    assert await kept(db, GROUP) == 1


async def test_group_left_while_nobody_looked_has_its_30_days_from_then(service, db, clock):
    clock.turn(days=100)
    await service.compare([OTHER])
    assert await service.purge() == 0
    clock.turn(days=30)
    assert await service.purge() == 1


async def test_large_group_is_purged_in_short_transactions(service, db, clock, monkeypatch):
    monkeypatch.setattr(userdata, "PURGED_AT_ONCE", 1)
    monkeypatch.setattr(userdata.purge_guild, "__kwdefaults__", {"at_once": 1})
    await service.leave(GROUP)
    clock.turn(days=30)
    await service.purge()
    assert (await kept(db, GROUP), await kept(db, OTHER)) == (0, 1)


async def test_purge_stops_where_the_group_comes_back_meanwhile(service, db, clock):
    await service.leave(GROUP)
    clock.turn(days=30)
    before = clock() - presence.GRACE
    await service.join(GROUP)
    assert not await service._purge_part(GROUP, before)
    assert await kept(db, GROUP) == 1


async def test_what_was_purged_is_as_if_it_had_never_been(service, db, clock):
    await service.leave(GROUP)
    clock.turn(days=30)
    await service.purge()
    async with db.reading() as conn:
        assert await rows(conn, guilds.c.guild_id, GROUP) == []
