"""Bots as children of a process that has imported everything: a new one lives in a blink and is killed for good.

Run as ``python -m tests.wire.forking``: each line on its standard input starts a bot, whose process id it prints.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path

from bot import app, online
from bot.commands.serving import log_at
from bot.config import load

__all__ = ["main", "online"]


def main() -> None:
    """Start a bot for every line, until there are no more."""
    # Ended children are not waited for; a child looks at its own as usual.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            _live()
        print(child, flush=True)  # noqa: T201 - the answer


def _live() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    code = 1
    try:
        config = load(os.environ, Path.cwd())
        assert config.token is not None
        log_at("info")
        app.run(config, config.token.get_secret_value())
        code = 0
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
