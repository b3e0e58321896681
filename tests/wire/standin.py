"""A small stand-in for Discord on loopback: REST and gateway over real sockets, faults to order, a member's actions.

It covers what an offline model of Discord leaves out: the wire itself. It knows one guild, one shard and one bot.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.wire import components as tree
from tests.wire import definitions, payloads
from tests.wire.bell import Bell
from tests.wire.exchanges import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMIT, Exchange
from tests.wire.faults import Fault, Faults
from tests.wire.gateway import Gateway
from tests.wire.messages import Message
from tests.wire.payloads import Asker
from tests.wire.rest import BASE, Rest

Json = dict[str, Any]

TOKEN = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.wire.a-token-for-the-stand-in-alone"  # noqa: S105 - opens nothing
SHUTDOWN_S = 0.1
ASKER = Asker()


class Standin:
    """The server and the person in front of it.

    Args:
        listening: False reserves the port and refuses connections until :meth:`listen`.

    Attributes:
        witnesses: what they return is told with a failure.
        ahead_s: by how much the time that ids tell is ahead of ours.
    """

    def __init__(self, *, listening: bool = True) -> None:
        self.bell = Bell()
        self.witnesses: list[Callable[[], str]] = []
        self.gateway = Gateway(TOKEN, self.bell)
        self.ahead_s = 0.0
        self._fresh = payloads.snowflakes(lambda: self.ahead_s)
        self.rest = Rest(token=TOKEN, bell=self.bell, gateway=self.gateway, fresh=self._fresh)
        self._listening = listening
        self._socket = socket.socket()
        self._runner = web.AppRunner(self.rest.app(), access_log=None, shutdown_timeout=SHUTDOWN_S)

    async def __aenter__(self) -> Self:
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", 0))
        self.gateway.url = f"ws://{self._address}/gateway"
        if self._listening:
            await self.listen()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.gateway.stop()
        await self._runner.cleanup()
        self._socket.close()

    async def listen(self) -> None:
        """Accept connections from now on."""
        await self._runner.setup()
        await web.SockSite(self._runner, self._socket).start()

    @property
    def _address(self) -> str:
        host, port = self._socket.getsockname()
        return f"{host}:{port}"

    @property
    def api(self) -> str:
        """The REST base."""
        return f"http://{self._address}{BASE}"

    @property
    def faults(self) -> Faults:
        """The faults that are still to come."""
        return self.rest.faults

    def break_next(self, route: str, status: int, *, times: int = 1, code: int = 0) -> None:
        """Let the next *times* requests to *route* (a regular expression) fail with *status*; 0 cuts the connection."""
        self.faults.add(Fault(route, status, code), times)

    async def connected(self) -> None:
        """Wait until a bot has a session and a connection for it."""
        await self.bell.until(lambda: self.gateway.connected, lambda: f"a bot on the gateway; seen: {self.told()}")

    async def identified(self, times: int) -> None:
        """Wait until IDENTIFY was sent *times* in all and the newest session is connected."""
        await self.bell.until(
            lambda: len(self.gateway.identified) >= times and self.gateway.connected,
            lambda: f"{times} IDENTIFY; seen {len(self.gateway.identified)}, requests: {self.told()}",
        )

    async def resumed(self, times: int) -> None:
        """Wait until sessions were resumed *times* in all."""
        await self.bell.until(
            lambda: self.gateway.resumed >= times and self.gateway.connected,
            lambda: f"{times} RESUME; seen {self.gateway.resumed}, IDENTIFY {len(self.gateway.identified)}",
        )

    def told(self) -> str:
        """Return the newest requests and what the witnesses say, for the message of a failure."""
        requests = "; ".join(map(str, self.rest.seen[-12:])) or "no request at all"
        return "".join([requests, *(witness() for witness in self.witnesses)])

    async def slash(self, name: str, /, asker: Asker = ASKER, **options: Any) -> Exchange:
        """Call ``/name`` (subcommands after a space) and wait until it is answered."""
        return await self.settled(await self.send_slash(name, asker, **options))

    async def send_slash(self, name: str, /, asker: Asker = ASKER, **options: Any) -> Exchange:
        """Call ``/name`` and return at once; :meth:`settled` waits for the answer."""
        first, *path = name.split()
        return await self._call(first, path, options, asker)

    async def autocomplete(self, name: str, option: str, typed: str, asker: Asker = ASKER) -> list[Json]:
        """Type *typed* into an option of ``/name`` and return the choices offered."""
        first, *path = name.split()
        exchange = await self._call(first, path, {option: typed}, asker, focused=option)
        return (await self.settled(exchange)).choices

    async def menu(self, name: str, content: str, asker: Asker = ASKER) -> Exchange:
        """Use the message menu *name* on somebody's message that says *content*."""
        command = self._command(name, definitions.MESSAGE_MENU)
        message = Message(self._fresh(), asker.channel_id)
        target = message.data | {"content": content, "author": asker.user}
        data = {"id": command["id"], "name": name, "type": definitions.MESSAGE_MENU, "target_id": target["id"]}
        resolved = {"resolved": {"messages": {target["id"]: target}}}
        return await self.settled(await self._interact(COMMAND, data | resolved, asker))

    async def press(self, custom_id: str, message: Message, asker: Asker = ASKER) -> Exchange:
        """Press a button of *message* and wait for what it does."""
        return await self.settled(await self.send_press(custom_id, message, asker))

    async def send_press(self, custom_id: str, message: Message, asker: Asker = ASKER) -> Exchange:
        """Press a button of *message* and return at once; :meth:`settled` waits for what it does."""
        return await self._use(custom_id, message, asker, tree.BUTTON, {})

    async def select(self, custom_id: str, value: str, message: Message, asker: Asker = ASKER) -> Exchange:
        """Choose *value* in a select of *message* and wait for what it does."""
        control = message.controls.get(custom_id, {})
        values = [option["value"] for option in control.get("options", [])]
        assert value in values, f"{custom_id!r} offers {values}, not {value!r}"
        return await self.settled(await self._use(custom_id, message, asker, tree.STRING_SELECT, {"values": [value]}))

    async def submit(self, shown: Exchange, asker: Asker = ASKER, /, **values: str | list[str]) -> Exchange:
        """Fill in the window that *shown* was answered with, and wait for what it does.

        A text stands for a text input, a list for what was chosen in a select or among boxes.
        """
        assert shown.modal is not None, f"no window was shown, but callback type {shown.first}"
        components = [_filled(label, values) for label in shown.modal["components"]]
        data = {"custom_id": shown.modal["custom_id"], "components": components}
        return await self.settled(await self._interact(SUBMIT, data, asker, shown.pressed))

    async def settled(self, exchange: Exchange) -> Exchange:
        """Wait until *exchange* is answered, and return it."""
        await self.bell.until(
            lambda: exchange.answered,
            lambda: f"an answer to {exchange.payload['data']}; first: {exchange.first}; seen: {self.told()}",
        )
        return exchange

    async def _use(self, custom_id: str, message: Message, asker: Asker, kind: int, more: Json) -> Exchange:
        control = message.controls.get(custom_id)
        assert control is not None, f"no {custom_id!r} to use in {list(message.controls)}"
        assert control["type"] == kind, f"{custom_id!r} is of type {control['type']}"
        data = {"custom_id": custom_id, "component_type": kind, "id": control["id"]} | more
        return await self._interact(COMPONENT, data, asker, message)

    async def _call(
        self, name: str, path: list[str], options: Json, asker: Asker, focused: str | None = None
    ) -> Exchange:
        command = self._command(name, definitions.CHAT_INPUT)
        given = definitions.call(command, path, options, focused)
        data = {"id": command["id"], "name": name, "type": definitions.CHAT_INPUT, "options": given}
        return await self._interact(AUTOCOMPLETE if focused else COMMAND, data, asker)

    def _command(self, name: str, kind: int) -> Json:
        known = {(each["name"], each["type"]): each for each in self.rest.commands}
        assert (name, kind) in known, f"no command {name!r} was synced, only {sorted(known)}"
        return known[name, kind]

    async def _interact(self, kind: int, data: Json, asker: Asker, message: Message | None = None) -> Exchange:
        payload = payloads.interaction(kind, data, asker, fresh_id=self._fresh())
        if message is not None:
            payload["message"] = message.data
        exchange = Exchange(payload, pressed=message)
        self.rest.exchanges[payload["token"]] = exchange
        await self.gateway.dispatch("INTERACTION_CREATE", payload)
        return exchange


def _filled(label: Json, values: dict[str, str | list[str]]) -> Json:
    control = label["component"]
    value = values.get(control["custom_id"], "" if control["type"] == tree.TEXT_INPUT else [])
    key = "value" if isinstance(value, str) else "values"
    inner = {"type": control["type"], "custom_id": control["custom_id"], "id": 1, key: value}
    return {"type": tree.LABEL, "id": 2, "component": inner}
