"""The REST routes of the stand-in, and what goes before all of them: the record, ordered faults, the token."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from tests.wire import definitions, payloads
from tests.wire.bell import Bell
from tests.wire.channels import Channels
from tests.wire.exchanges import Exchange
from tests.wire.faults import RESET, Fault, Faults
from tests.wire.gateway import Gateway, cut
from tests.wire.limits import Refusal
from tests.wire.messages import Message, Upload

Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

BASE = "/api/v10"
FILE_PART = re.compile(r"files\[(\d+)\]")
WITHOUT_TOKEN = re.compile(rf"{BASE}/(interactions|webhooks)/")
BODY_BYTES = 110 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came, and the status that it got; RESET if its connection was cut."""

    method: str
    path: str
    status: int

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status or 'reset'}"


def answer(data: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Return *data* as JSON; discord.py reads it only if the type stands alone, without a charset."""
    typed = {"Content-Type": "application/json"} | (headers or {})
    return web.Response(status=status, body=json.dumps(data).encode(), headers=typed)


async def read_upload(request: web.Request) -> Upload:
    """Return the body, sent as JSON or as multipart with ``payload_json`` and ``files[0]``, ..."""
    if request.content_type != "multipart/form-data":
        return Upload(await request.json())
    body: Json = {}
    files: dict[int, tuple[str, bytes]] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        number = FILE_PART.fullmatch(part.name or "")
        if part.name == "payload_json":
            body = json.loads(await part.read())
        elif number:
            files[int(number[1])] = (part.filename or "unknown", bytes(await part.read()))
    return Upload(body, files)


def _answering(handler: Callable[[web.Request], Awaitable[Any]]) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        return answer(await handler(request))

    return handle


class Rest:
    """Everything under the base.

    Attributes:
        seen: every request, in order.
        commands: the newest global commands, as synced.
        syncs: how often they were written.
        exchanges: interactions by token.
        messages: every message, by id.
        channels: what was posted unasked.
    """

    def __init__(self, *, token: str, bell: Bell, gateway: Gateway, fresh: Callable[[], int]) -> None:
        self.seen: list[Seen] = []
        self.faults = Faults()
        self.commands: list[Json] = []
        self.syncs = 0
        self.exchanges: dict[str, Exchange] = {}
        self.messages: dict[int, Message] = {}
        self._token = token
        self._bell = bell
        self._gateway = gateway
        self._fresh = fresh
        self.channels = Channels(fresh, read_upload, self.messages)

    def app(self) -> web.Application:
        """Return the application with REST and gateway."""
        app = web.Application(middlewares=[self._guard], client_max_size=BODY_BYTES)
        hook, original = r"/webhooks/{app}/{token}", "/messages/@original"
        for method, path, handler in (
            ("GET", "/users/@me", self._me),
            ("GET", "/oauth2/applications/@me", self._application),
            ("GET", "/applications/@me", self._application),
            ("GET", "/gateway/bot", self._where_the_gateway_is),
            ("GET", "/applications/{app}/commands", self._get_commands),
            ("PUT", "/applications/{app}/commands", self._put_commands),
            ("POST", "/interactions/{id}/{token}/callback", self._callback),
            ("POST", hook, self._follow_up),
            ("GET", hook + original, self._get_original),
            ("PATCH", hook + original, self._edit_original),
            ("PATCH", hook + "/messages/{message}", self._edit_message),
        ):
            app.router.add_route(method, BASE + path, handler)
        for method, path, channels in self.channels.routes():
            app.router.add_route(method, BASE + path, _answering(channels))
        app.router.add_get("/gateway", self._gateway.serve)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(BASE):
            return await handler(request)
        fault = self.faults.take(request.method, request.path.removeprefix(BASE))
        if fault is not None and fault.status == RESET:
            response = self._reset(request)
        elif fault is not None:
            response = await self._fail(request, fault)
        else:
            response = await self._allow(request, handler)
        status = RESET if fault is not None and fault.status == RESET else response.status
        self.seen.append(Seen(request.method, request.path.removeprefix(BASE), status))
        self._bell.ring()
        return response

    def _reset(self, request: web.Request) -> web.StreamResponse:
        cut(request)
        return web.Response()

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        await request.read()
        body: Json = {"message": f"{fault.status}: ordered by the test", "code": fault.code}
        if fault.status != 429:
            return answer(body, status=fault.status)
        limited = {"message": "You are being rate limited.", "retry_after": fault.retry_after_s, "global": False}
        return answer(limited, status=429, headers={"Via": "1.1 stand-in", "Retry-After": "1"})

    async def _allow(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        needs_token = not WITHOUT_TOKEN.match(request.path)
        if needs_token and request.headers.get("Authorization") != f"Bot {self._token}":
            await request.read()
            return answer({"message": "401: Unauthorized", "code": 0}, status=401)
        try:
            return await handler(request)
        except Refusal as refusal:
            return answer({"message": refusal.message, "code": refusal.code}, status=refusal.status)
        except web.HTTPException as error:
            return answer({"message": f"{error.status}: {error.reason}", "code": 0}, status=error.status)

    async def _me(self, _request: web.Request) -> web.Response:
        return answer(payloads.bot_user())

    async def _application(self, _request: web.Request) -> web.Response:
        return answer(payloads.application())

    async def _where_the_gateway_is(self, _request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return answer({"url": self._gateway.url, "shards": 1, "session_start_limit": limit})

    async def _get_commands(self, _request: web.Request) -> web.Response:
        return answer(self.commands)

    async def _put_commands(self, request: web.Request) -> web.Response:
        commands: list[Json] = await request.json()
        definitions.check_commands(commands)
        given = {"application_id": str(payloads.APPLICATION_ID), "version": "1", "description": ""}
        self.commands = [given | {"type": 1} | each | {"id": str(self._fresh())} for each in commands]
        self.syncs += 1
        return answer(self.commands)

    def _exchange(self, request: web.Request) -> Exchange:
        exchange = self.exchanges.get(request.match_info["token"])
        if exchange is None:
            raise Refusal("Unknown interaction", status=404, code=10062)
        return exchange

    async def _callback(self, request: web.Request) -> web.Response:
        exchange = self._exchange(request)
        exchange.begin(await read_upload(request), self._fresh())
        if request.query.get("with_response") not in ("1", "true"):
            return web.Response(status=204)
        interaction: Json = {"id": str(exchange.id), "type": exchange.kind}
        resource: Json = {"type": exchange.first}
        if exchange.original is not None:
            self._keep(exchange.original)
            interaction["response_message_id"] = str(exchange.original.id)
            resource["message"] = exchange.original.data
        return answer({"interaction": interaction, "resource": resource})

    async def _follow_up(self, request: web.Request) -> web.Response:
        message = self._exchange(request).follow_up(await read_upload(request), self._fresh())
        self._keep(message)
        return answer(message.data)

    async def _get_original(self, request: web.Request) -> web.Response:
        original = self._exchange(request).original
        if original is None:
            raise Refusal("Unknown Webhook", status=404, code=10015)
        return answer(original.data)

    async def _edit_original(self, request: web.Request) -> web.Response:
        return answer(self._exchange(request).edit(await read_upload(request), self._fresh()).data)

    async def _edit_message(self, request: web.Request) -> web.Response:
        exchange = self._exchange(request)
        mine = {message.id: message for message in (exchange.original, *exchange.followups) if message is not None}
        message = mine.get(int(request.match_info["message"]))
        if message is None:
            raise Refusal("Unknown Message", status=404, code=10008)
        message.write(await read_upload(request), self._fresh())
        exchange.edits += 1
        return answer(message.data)

    def _keep(self, message: Message) -> None:
        self.messages[message.id] = message
