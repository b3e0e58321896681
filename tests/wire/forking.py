"""Bots as children of a process that has imported everything: a new one lives in a blink and is killed for good.

Run as ``python -m tests.wire.forking``: each line on its standard input starts a bot, whose process id it prints. The
line is a number of seconds, by which that bot's clock is ahead of ours.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot import app, online
from bot.assembly import open_services
from bot.client import StudyBot
from bot.commands.serving import log_at
from bot.config import Config, load
from knowledge.library import Loaded


def main() -> None:
    """Start a bot for every line, until there are no more."""
    # Ended children are not waited for; a child looks at its own as usual.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    config = load(os.environ, Path.cwd())
    notes = app.open_library(config).load()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _live(config, notes, timedelta(seconds=float(line)))
        print(child, flush=True)  # noqa: T201 - the answer


def _live(config: Config, notes: Loaded, ahead: timedelta) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    code = 1
    try:
        log_at("info")
        asyncio.run(_serve(config, notes, lambda: datetime.now(UTC) + ahead))
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


async def _serve(config: Config, notes: Loaded, clock: Callable[[], datetime]) -> None:
    assert config.token is not None
    online.point_at(config.discord_api, config.discord_gateway)
    online.build_bot = _quickly_ready(online.build_bot)
    libraries = app.open_libraries(config, clock=clock)
    libraries.public.loaded = notes
    async with open_services(config, libraries, clock=clock) as services:
        await online.serve(config, services, config.token.get_secret_value())


def _quickly_ready(build: Callable[..., StudyBot]) -> Callable[..., StudyBot]:
    """Spare each life the 2 s for which discord.py waits for more guilds than there are."""

    def built(*given: Any, **named: Any) -> StudyBot:
        bot = build(*given, **named)
        bot._connection.guild_ready_timeout = 0.01
        return bot

    return built


if __name__ == "__main__":
    main()
