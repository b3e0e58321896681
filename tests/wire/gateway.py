"""The gateway of the stand-in: sessions that number their events and tell again what a dropped connection missed."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.wire import compression, payloads
from tests.wire.bell import Bell

Json = dict[str, Any]

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 0, 1, 2, 6, 7, 9, 10, 11
NOT_AUTHENTICATED, WRONG_TOKEN, INVALID_SHARD, DISALLOWED_INTENTS = 4003, 4004, 4010, 4014
HEARTBEAT_INTERVAL_MS = 41_250
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15  # members, presences, message content


@dataclass(slots=True)
class Session:
    """What one IDENTIFY began; *events* holds every dispatch of it, the first with sequence number 1."""

    id: str
    events: list[Json] = field(default_factory=list)


class Connection:
    """One web socket."""

    def __init__(self, request: web.Request, ws: web.WebSocketResponse, stream: compression.Stream) -> None:
        self.session: Session | None = None
        self._request = request
        self._ws = ws
        self._stream = stream
        self._closing = asyncio.Lock()

    @property
    def open(self) -> bool:
        """Whether something can be sent."""
        return not self._ws.closed and self._request.transport is not None and not self._request.transport.is_closing()

    async def send(self, op: int, data: Any, **more: Any) -> None:
        """Send one payload; nothing if the other side has gone."""
        if not self.open:
            return
        frame = self._stream.pack(json.dumps({"op": op, "d": data, "s": None, "t": None} | more).encode())
        try:
            await (self._ws.send_str(frame) if isinstance(frame, str) else self._ws.send_bytes(frame))
        except ConnectionResetError:  # the session keeps the event for its RESUME
            return

    async def close(self, code: int) -> None:
        """Close with *code*, as Discord does when it has a reason, and wait until the other side has closed too."""
        async with self._closing:
            await self._ws.close(code=code)

    async def closed(self) -> None:
        """Wait for the end of a close(), if there is one.

        A server that lets go of the socket before loses the code: what the client sends then is met by a reset.
        """
        async with self._closing:
            return

    def drop(self) -> None:
        """Cut the TCP connection without a word."""
        cut(self._request)


def cut(request: web.Request) -> None:
    """End the TCP connection under *request* with a reset, as a machine in between does."""
    if request.transport is not None:
        sock = request.transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()


class Gateway:
    """All connections and sessions; one shard.

    Attributes:
        identified: the data of every IDENTIFY that was accepted or refused, without its token.
        resumed: how many RESUMEs were accepted.
        connections: how many web sockets were opened.
        refusing: every new connection is answered with 503 while it is true.
    """

    def __init__(self, token: str, bell: Bell) -> None:
        self.identified: list[Json] = []
        self.resumed = 0
        self.connections = 0
        self.refusing = False
        self.url = ""
        self._token = token
        self._bell = bell
        self._sessions: dict[str, Session] = {}
        self._newest: Session | None = None
        self._connection: Connection | None = None

    @property
    def connected(self) -> bool:
        """A bot has a session and a connection for it."""
        connection = self._connection
        return connection is not None and connection.open and connection.session is not None

    async def dispatch(self, event: str, data: Json) -> None:
        """Tell the newest session; if its connection is away, RESUME will bring it.

        Raises:
            AssertionError: no bot ever identified.
        """
        session = self._newest
        assert session is not None, "no bot has identified"
        payload = {"t": event, "s": len(session.events) + 1, "d": data}
        session.events.append(payload)
        if self.connected and self._connection is not None and self._connection.session is session:
            await self._connection.send(DISPATCH, data, t=event, s=payload["s"])

    async def reconnect(self) -> None:
        """Ask for a new connection (op 7)."""
        await self._current().send(RECONNECT, None)

    async def invalidate(self, *, resumable: bool) -> None:
        """Declare the session invalid (op 9); if not *resumable*, it is forgotten."""
        connection = self._current()
        if not resumable:
            self.forget()
        await connection.send(INVALID_SESSION, resumable)

    def forget(self) -> None:
        """Lose the sessions: the next RESUME is refused."""
        self._sessions.clear()

    async def close(self, code: int) -> None:
        """Close the connection with *code*."""
        await self._current().close(code)

    def drop(self) -> None:
        """Cut the connection."""
        self._current().drop()

    def _current(self) -> Connection:
        assert self._connection is not None, "no bot is connected"
        return self._connection

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve one web socket to its end."""
        if self.refusing:
            return web.Response(status=503)
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        connection = Connection(request, ws, compression.stream(request.query.get("compress", "")))
        self.connections += 1
        self._bell.ring()
        await connection.send(HELLO, {"heartbeat_interval": HEARTBEAT_INTERVAL_MS})
        async for message in ws:
            if message.type is WSMsgType.TEXT:
                await self._receive(connection, json.loads(message.data))
                self._bell.ring()
        await connection.closed()
        self._bell.ring()
        return ws

    async def stop(self) -> None:
        """Close the connection, if there is one, because the stand-in ends."""
        if self._connection is not None and self._connection.open:
            await self._connection.close(WSCloseCode.GOING_AWAY)

    async def _receive(self, connection: Connection, payload: Json) -> None:
        op, data = payload["op"], payload["d"]
        if op == HEARTBEAT:
            await connection.send(HEARTBEAT_ACK, None)
        elif op == IDENTIFY:
            await self._identify(connection, data)
        elif op == RESUME:
            await self._resume(connection, data)
        elif connection.session is None:
            await connection.close(NOT_AUTHENTICATED)

    async def _identify(self, connection: Connection, data: Json) -> None:
        self.identified.append({key: value for key, value in data.items() if key != "token"})
        if data["token"] != self._token:
            await connection.close(WRONG_TOKEN)
        elif data.get("shard", [0, 1]) != [0, 1]:
            await connection.close(INVALID_SHARD)
        elif data["intents"] & PRIVILEGED:
            await connection.close(DISALLOWED_INTENTS)
        else:
            session = Session(f"session-{len(self.identified)}")
            self._sessions[session.id] = self._newest = connection.session = session
            self._connection = connection
            await self.dispatch("READY", payloads.ready(session.id, self.url))
            await self.dispatch("GUILD_CREATE", payloads.guild())

    async def _resume(self, connection: Connection, data: Json) -> None:
        session = self._sessions.get(data["session_id"] or "")
        if data["token"] != self._token:
            await connection.close(WRONG_TOKEN)
        elif session is None or data["seq"] is None or data["seq"] > len(session.events):
            await connection.send(INVALID_SESSION, False)
        else:
            told = data["seq"]
            while told < len(session.events):  # it may grow meanwhile
                event = session.events[told]
                await connection.send(DISPATCH, event["d"], t=event["t"], s=event["s"])
                told += 1
            connection.session, self._connection = session, connection
            self.resumed += 1
            await self.dispatch("RESUMED", {})
