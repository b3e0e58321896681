"""The client notes where it is: joined, removed, compared at every start; an outage is no removal."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import sqlalchemy as sa

from storage.errors import StorageError
from storage.tables import guilds


@pytest.fixture
def left(db):
    """Return a reader of the groups: id -> when the bot was removed, None if it was not."""

    async def left() -> dict[int, object]:
        async with db.reading() as conn:
            return {row.guild_id: row.left_at for row in await conn.execute(sa.select(guilds))}

    return left


async def comes(claim: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what an event of the gateway has written."""
    async with asyncio.timeout(30):
        while not await claim():  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.01)


@pytest.fixture
async def guild_id(chat, left) -> int:
    async def known() -> bool:
        return chat.env.guild.id in await left()

    await comes(known)
    return chat.env.guild.id


async def test_joining_is_noted(chat, guild_id, left):
    assert await left() == {guild_id: None}


async def test_removal_is_noted_and_an_invitation_takes_it_back(chat, guild_id, left, simcord_bot):
    async def gone() -> bool:
        return (await left())[guild_id] is not None

    chat.env.backend.remove_guild(guild_id)
    await comes(gone)
    await simcord_bot.services.presence.join(guild_id)
    assert (await left())[guild_id] is None


async def test_outage_is_no_removal_neither_now_nor_at_the_next_start(chat, guild_id, left, simcord_bot):
    chat.env.backend.emit("GUILD_DELETE", {"id": str(guild_id), "unavailable": True})
    await chat.env.settle()
    assert await left() == {guild_id: None}
    await simcord_bot.on_ready()
    assert await left() == {guild_id: None}


async def test_removal_while_the_bot_was_away_is_noted_at_the_start(chat, guild_id, left, make_bot, db):
    async with db.begin() as conn:
        await conn.execute(sa.insert(guilds).values(guild_id=5))
    await chat.env.restart_bot(make_bot())

    async def compared() -> bool:
        return (await left())[5] is not None

    await comes(compared)
    assert (await left())[guild_id] is None


async def test_failing_database_ends_nothing_and_is_logged(chat, simcord_bot, monkeypatch, caplog):
    async def fail(*_: object) -> None:
        raise StorageError("The database cannot be reached. Nothing was changed.")

    monkeypatch.setattr(type(simcord_bot.services.presence), "compare", fail)
    await simcord_bot.on_ready()
    assert "could not be noted: The database cannot be reached" in caplog.text
