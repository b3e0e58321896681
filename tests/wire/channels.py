"""The channels of the stand-in: what a bot posts there unasked, edits, looks for and opens threads under."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.wire import payloads
from tests.wire.limits import Refusal
from tests.wire.messages import Message, Upload

Json = dict[str, Any]

NONCE_CHARS = 25
NONCE_MS = 180_000
"""For "a few minutes" Discord remembers a nonce."""
THREAD_NAME_CHARS = 100
PAGE = 100


def made_ms(snowflake: int) -> int:
    """Return when an id was made, in milliseconds since Discord's beginning."""
    return snowflake >> 22


class Channels:
    """What was posted, in order.

    Attributes:
        posted: every message of a channel, newest last; what an enforced nonce kept from being doubled is there once.
        nonces: how often each was sent.
    """

    def __init__(
        self, fresh: Callable[[], int], read: Callable[[web.Request], Awaitable[Upload]], messages: dict[int, Message]
    ) -> None:
        self.posted: list[Message] = []
        self.nonces: dict[str, int] = {}
        self.threads: list[Json] = []
        self._by_nonce: dict[str, Message] = {}
        self._fresh = fresh
        self._read = read
        self._messages = messages

    def routes(self) -> tuple[tuple[str, str, Callable[[web.Request], Awaitable[Json | list[Json]]]], ...]:
        """Return method, path and handler of each route."""
        messages = "/channels/{channel}/messages"
        return (
            ("POST", messages, self._post),
            ("GET", messages, self._history),
            ("PATCH", messages + "/{message}", self._edit),
            ("POST", messages + "/{message}/threads", self._open_thread),
        )

    async def _post(self, request: web.Request) -> Json:
        upload = await self._read(request)
        nonce = str(upload.body.get("nonce") or "")
        if len(nonce) > NONCE_CHARS:
            raise Refusal("nonce: 25 or fewer")
        self.nonces[nonce] = self.nonces.get(nonce, 0) + 1
        fresh_id, before = self._fresh(), self._by_nonce.get(nonce)
        if nonce and upload.body.get("enforce_nonce") and before and made_ms(fresh_id) - made_ms(before.id) < NONCE_MS:
            return before.data
        message = Message(fresh_id, int(request.match_info["channel"]))
        message.write(upload, self._fresh())
        del message.data["webhook_id"]
        self._messages[message.id] = message
        self.posted.append(message)
        self._by_nonce[nonce] = message
        return message.data

    def forget_nonces(self) -> None:
        """Let the minutes pass for which Discord remembers a nonce."""
        self._by_nonce.clear()

    async def _edit(self, request: web.Request) -> Json:
        message = self._messages.get(int(request.match_info["message"]))
        if message is None:
            raise Refusal("Unknown Message", status=404, code=10008)
        message.write(await self._read(request), self._fresh())
        return message.data

    async def _history(self, request: web.Request) -> list[Json]:
        channel, limit = int(request.match_info["channel"]), int(request.query.get("limit", 50))
        after, before = int(request.query.get("after", 0)), int(request.query.get("before", 2**63))
        found = [one for one in self.posted if int(one.data["channel_id"]) == channel and after < one.id < before]
        chosen = found[:limit] if "after" in request.query else found[-limit:]
        return [message.data for message in reversed(chosen[:PAGE])]

    async def _open_thread(self, request: web.Request) -> Json:
        message_id, body = int(request.match_info["message"]), (await self._read(request)).body
        if not 1 <= len(body["name"]) <= THREAD_NAME_CHARS:
            raise Refusal("name: 1 to 100 characters")
        if any(thread["id"] == str(message_id) for thread in self.threads):
            raise Refusal("A thread has already been created for this message", code=160004)
        thread = payloads.thread(message_id, int(request.match_info["channel"]), body["name"])
        self.threads.append(thread)
        return thread
