"""Faults that a test orders from the stand-in, seen from discord.py."""

from __future__ import annotations

import aiohttp
import discord
import pytest

from tests.wire.standin import TOKEN, Standin
from tests.wire.tiny import TinyBot


@pytest.mark.parametrize(("route", "command"), [("POST /interactions/", "say"), ("PATCH /webhooks/", "later")])
async def test_reply_that_is_one_too_many_is_repeated(
    standin: Standin, tiny: TinyBot, route: str, command: str
) -> None:
    standin.break_next(route, 429)
    exchange = await standin.slash(command, text="after all")
    assert exchange.reply.data["content"] == "after all"
    assert [seen.status for seen in standin.rest.seen if str(seen).startswith(route)] == [429, 200]
    assert not tiny.is_closed()


async def test_reset_connection_is_seen_as_one(standin: Standin) -> None:
    standin.break_next("POST /channels/", 0)  # a GET aiohttp would repeat by itself
    async with aiohttp.ClientSession() as session:
        with pytest.raises((aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
            await session.post(f"{standin.api}/channels/1/messages", json={})
    assert [str(seen) for seen in standin.rest.seen] == ["POST /channels/1/messages -> reset"]


async def test_fault_is_had_as_often_as_ordered(standin: Standin) -> None:
    standin.break_next("GET /users/@me", 500, times=2)
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as session:
        statuses = [(await session.get(f"{standin.api}/users/@me")).status for _ in range(3)]
    assert statuses == [500, 500, 200]
    assert not standin.faults.pending


async def test_wrong_token_cannot_log_in(standin: Standin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", standin.api)
    async with TinyBot() as bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("wrong")


async def test_silent_server_refuses_until_it_listens() -> None:
    async with Standin(listening=False) as standin, aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(standin.api)
        await standin.listen()
        assert (await session.get(f"{standin.api}/users/@me")).status == 401


async def test_gateway_that_refuses_answers_503(standin: Standin) -> None:
    standin.gateway.refusing = True
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await session.ws_connect(standin.gateway.url)
    assert refused.value.status == 503
