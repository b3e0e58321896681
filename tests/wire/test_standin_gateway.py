"""The stand-in's gateway: sessions, lost connections and what is told again after them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable

import aiohttp
import pytest

from tests.wire import compression
from tests.wire.gateway import DISALLOWED_INTENTS, HELLO, NOT_AUTHENTICATED, WRONG_TOKEN
from tests.wire.standin import TOKEN, Standin
from tests.wire.tiny import TinyBot

GUILDS = 1


async def closed_with(standin: Standin, payload: object) -> int | None:
    """Return the code with which the gateway closes a connection that sends *payload* first."""
    async with aiohttp.ClientSession() as session, session.ws_connect(standin.gateway.url) as ws:
        assert (await ws.receive_json())["op"] == HELLO
        await ws.send_json(payload)
        await ws.receive()
        return ws.close_code


def identify(token: str, intents: int) -> object:
    return {"op": 2, "d": {"token": token, "intents": intents, "shard": [0, 1], "properties": {}}}


async def test_op_7_is_followed_by_a_resume(standin: Standin, tiny: TinyBot) -> None:
    await standin.gateway.reconnect()
    await standin.resumed(1)
    assert len(standin.gateway.identified) == 1
    assert not tiny.is_closed()


async def test_dropped_connection_is_resumed_and_what_it_missed_is_told(standin: Standin, tiny: TinyBot) -> None:
    standin.gateway.drop()
    exchange = await standin.slash("say", text="meanwhile")
    assert exchange.reply.data["content"] == "meanwhile"
    assert standin.gateway.resumed == 1
    assert not tiny.is_closed()


@pytest.mark.parametrize("code", [1000, 4000, 4009])
async def test_harmless_close_is_followed_by_a_resume(standin: Standin, tiny: TinyBot, code: int) -> None:
    await standin.gateway.close(code)
    await standin.resumed(1)
    assert not tiny.is_closed()


async def test_resumable_invalid_session_is_resumed(standin: Standin, tiny: TinyBot) -> None:
    await standin.gateway.invalidate(resumable=True)
    await standin.resumed(1)
    assert not tiny.is_closed()


async def test_lost_session_is_followed_by_a_new_identify(standin: Standin, tiny: TinyBot) -> None:
    await standin.gateway.invalidate(resumable=False)
    await standin.identified(2)
    assert (await standin.slash("say", text="again")).reply.data["content"] == "again"
    assert not tiny.is_closed()


async def test_forgotten_session_cannot_be_resumed(standin: Standin, tiny: TinyBot) -> None:
    standin.gateway.forget()
    await standin.gateway.reconnect()
    await standin.identified(2)
    assert standin.gateway.resumed == 0
    assert not tiny.is_closed()


async def test_wrong_token_is_refused(standin: Standin) -> None:
    assert await closed_with(standin, identify("wrong", GUILDS)) == WRONG_TOKEN


@pytest.mark.parametrize("bit", [1, 8, 15])
async def test_privileged_intent_is_refused(standin: Standin, bit: int) -> None:
    assert await closed_with(standin, identify(TOKEN, GUILDS | 1 << bit)) == DISALLOWED_INTENTS


async def test_nothing_is_taken_before_identify(standin: Standin) -> None:
    assert await closed_with(standin, {"op": 3, "d": {}}) == NOT_AUTHENTICATED


def decompressor(kind: str) -> Callable[[bytes], bytes]:
    """Return what undoes a stream of *kind*; skips where the library for it is missing."""
    if kind == "zlib-stream":
        return zlib.decompressobj().decompress
    undo: Callable[[bytes], bytes] = pytest.importorskip("zstandard").ZstdDecompressor().decompressobj().decompress
    return undo


@pytest.mark.parametrize("kind", ["zlib-stream", "zstd-stream"])
def test_messages_of_a_connection_share_one_stream(kind: str) -> None:
    undo, stream = decompressor(kind), compression.stream(kind)
    frames = [stream.pack(b"the same again") for _ in range(3)]
    assert [undo(frame) for frame in frames if isinstance(frame, bytes)] == [b"the same again"] * 3
    assert len(frames[2]) < len(frames[0])


async def test_connection_without_compression_gets_text(standin: Standin) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(standin.gateway.url) as ws:
        assert json.loads(await ws.receive_str())["op"] == HELLO
