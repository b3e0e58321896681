"""A bot that is killed again and again, and members who go on pressing until they are answered."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.wire.exchanges import Exchange
from tests.wire.messages import Message
from tests.wire.payloads import Asker
from tests.wire.process import environment
from tests.wire.standin import Standin

PATIENCE_S = 600.0
"""For lives that are still to come."""


class Mortal:
    """One life after the other.

    Attributes:
        lives: how many have begun.
        alive: whether the newest one has not been killed yet.
    """

    def __init__(self, standin: Standin, process: asyncio.subprocess.Process, log: Path) -> None:
        self.lives = 0
        self.alive = False
        self._standin = standin
        self._process = process
        self._pid = 0
        standin.witnesses.append(lambda: "\n" + log.read_text(errors="replace")[-4_000:])

    async def start(self) -> None:
        """Begin a life, and wait until it is connected."""
        await self.conceive()
        await self._standin.bell.until(lambda: self._standin.gateway.connected, lambda: "a bot on the gateway")
        self.alive = True
        self._standin.bell.ring()

    async def conceive(self) -> None:
        """Begin a life, and do not wait for anything."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{self._standin.ahead_s}\n".encode())
        self._pid = int(await self._process.stdout.readline())
        self.lives += 1

    async def reborn(self) -> None:
        """Wait until another life than this one has begun."""
        life = self.lives
        await self._standin.bell.until(
            lambda: self.alive and self.lives > life, lambda: "a new life", deadline_s=PATIENCE_S
        )

    async def kill(self) -> None:
        """End the life with SIGKILL, and wait until its connection is gone."""
        self.alive = False
        os.kill(self._pid, signal.SIGKILL)
        await self._standin.bell.until(lambda: not self._standin.gateway.connected, lambda: "the connection's end")
        self._standin.bell.ring()

    async def terminate(self) -> None:
        """End the life as an operator does, and wait until its connection is gone."""
        self.alive = False
        os.kill(self._pid, signal.SIGTERM)
        await self._standin.bell.until(lambda: not self._standin.gateway.connected, lambda: "the connection's end")

    async def pressed(self, custom_id: str, message: Message, asker: Asker) -> Exchange:
        """Press a button, in this life and the next ones, until a reply to it was seen."""
        while True:
            await self._standin.bell.until(lambda: self.alive, lambda: "a bot that lives", deadline_s=PATIENCE_S)
            life = self.lives
            exchange = await self._attempt(custom_id, message, asker)
            if exchange is None:
                continue
            await self._standin.bell.until(
                lambda: exchange.answered or not self.alive or self.lives != life,  # noqa: B023 - waited for here
                lambda: f"a reply to {custom_id}: {self._standin.told()}",
            )
            if exchange.answered:
                return exchange

    async def _attempt(self, custom_id: str, message: Message, asker: Asker) -> Exchange | None:
        # A connection that has just been cut cannot be written to: the member sees "the application did not respond".
        try:
            return await self._standin.send_press(custom_id, message, asker)
        except ConnectionError:
            return None


@asynccontextmanager
async def mortal(standin: Standin, folder: Path) -> AsyncIterator[Mortal]:
    """Prepare the lives of bots that keep everything below *folder*, where ``notes`` is."""
    log = folder / "log.txt"
    with log.open("wb") as written:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.wire.forking"),
            cwd=folder,
            env=environment(standin, folder),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=written,
            start_new_session=True,
        )
    try:
        yield Mortal(standin, process, log)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
