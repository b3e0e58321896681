"""``studybot run`` as a process of its own, pointed at a stand-in."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.wire.bell import Bell
from tests.wire.standin import TOKEN, Standin

ROOT = Path(__file__).resolve().parents[2]
DEADLINE_S = 30.0
TAIL_CHARS = 4000


class BotProcess:
    """One running bot.

    Attributes:
        output: what it has written to standard output and standard error so far.
    """

    def __init__(self, process: asyncio.subprocess.Process, bell: Bell) -> None:
        self.output = ""
        self._process = process
        self._bell = bell
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.output += line.decode()
            self._bell.ring()
        await self._process.wait()
        self._bell.ring()

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self._process.returncode is not None

    def told(self) -> str:
        """Return the end of its output, for the message of a failure."""
        return f"\nexit code {self._process.returncode}\n{self.output[-TAIL_CHARS:]}"

    async def wrote(self, words: str) -> None:
        """Wait until it has written *words*."""
        await self._bell.until(lambda: words in self.output, lambda: f"{words!r} in:{self.told()}")

    async def ended(self, within_s: float = DEADLINE_S) -> int:
        """Wait for its end and return the exit code.

        Raises:
            AssertionError: it goes on running.
        """
        try:
            code = await asyncio.wait_for(self._process.wait(), within_s)
        except TimeoutError:
            raise AssertionError(f"still running after {within_s:g} s{self.told()}") from None
        await self._reading
        return code

    def terminate(self) -> None:
        """Send SIGTERM."""
        self._process.terminate()

    async def kill(self) -> None:
        """End it the hard way, if it has not ended; safe to repeat."""
        if not self.over:
            self._process.kill()
        await self._process.wait()
        await self._reading


def environment(standin: Standin, folder: Path) -> dict[str, str]:
    """Return the environment of a bot that keeps everything below *folder*, where ``notes`` is."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": TOKEN,
        "STUDYBOT_DISCORD_API": standin.api,
        "STUDYBOT_DISCORD_GATEWAY": standin.gateway.url,
        "STUDYBOT_NOTES": str(folder / "notes"),
        "STUDYBOT_DATA": str(folder / "data"),
    }


@asynccontextmanager
async def running(
    standin: Standin, folder: Path, changes: Mapping[str, str] | None = None
) -> AsyncIterator[BotProcess]:
    """Run a bot, and kill it at the end if it still runs.

    Args:
        standin: what it talks to; its failures then tell the bot's output too.
        folder: its home and working directory.
        changes: environment variables that differ from :func:`environment`; an empty value takes one away.
    """
    environ = {key: value for key, value in (environment(standin, folder) | dict(changes or {})).items() if value}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        cwd=folder,
        env=environ,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    bot = BotProcess(process, standin.bell)
    standin.witnesses.append(bot.told)
    standin.bell.hopeless = lambda: bot.over
    try:
        yield bot
    finally:
        await bot.kill()
