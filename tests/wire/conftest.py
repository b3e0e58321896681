"""A stand-in for Discord, the smallest bot that can try it out, and the real one as a process."""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
import pytest
import yarl

from tests.wire.standin import TOKEN, Standin
from tests.wire.tiny import TinyBot


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    """A stand-in that nobody is connected to yet."""
    async with Standin() as standin:
        yield standin


@pytest.fixture
async def tiny(standin: Standin, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TinyBot]:
    """The tiny bot, connected."""
    monkeypatch.setattr(discord.http.Route, "BASE", standin.api)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(standin.gateway.url))
    async with TinyBot() as bot:
        await bot.login(TOKEN)
        task = bot.loop.create_task(bot.connect())
        await standin.connected()
        yield bot
        await bot.close()
        await task
