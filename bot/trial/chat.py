"""Serves the local chat: the bot of ``studybot run``, connected to simcord in place of Discord."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import errno
import os
import signal
import threading
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zoneinfo import ZoneInfo

import simcord
from discord import app_commands

from bot import jobs
from bot.client import StudyBot
from bot.config import Config
from bot.errors import N_, StudyError
from bot.i18n import Catalogues, Texts
from bot.online import build_bot
from bot.services.library import Library
from bot.trial.group import NAME, Group, describe_commands, gather, greet

_TICK_S: Final = 0.25
_PATIENCE_S: Final = 30.0
"""What an answer may take before simcord takes the bot for stuck."""


@dataclass(frozen=True, slots=True)
class Page:
    """How the local chat is shown.

    Attributes:
        language: of everything the bot and the group say: en, zh-CN or zh-TW.
        port: 0 takes a free one.
        open_browser: whether to show the page.
    """

    language: str
    port: int
    open_browser: bool


def serve(config: Config, library: Library, page: Page, *, say: Callable[[str], None]) -> None:
    """Serve the local chat until SIGINT or SIGTERM, or until its page ends it.

    Args:
        config: as read; no token is needed.
        library: its notes are loaded.
        page: how to show it.
        say: shows a line to whoever started it.

    Raises:
        StudyError: the port is taken, or the extra ``try`` is not whole.
    """
    catalogues = Catalogues.load()
    library.index.warm()
    # The bot notes there which commands Discord knows; this Discord forgets them.
    with TemporaryDirectory(prefix="studybot-try-") as folder:
        bot = build_bot(
            replace(config, data=Path(folder)), library, catalogues=catalogues, language=page.language, offline=True
        )
        asyncio.run(_serve(bot, page, catalogues.texts(page.language), watch=config.watch, say=say))


async def _serve(bot: StudyBot, page: Page, texts: Texts, *, watch: bool, say: Callable[[str], None]) -> None:
    stop = _stop_signal()
    library = bot.services.library
    async with _world(bot) as env:
        describe_commands(env, page.language)
        group = gather(env, texts)
        await greet(group, library, texts)
        async with _shown(env, group, page) as preview:
            say(invitation(preview.url, bot, texts))
            if page.open_browser:
                # Some browsers of the terminal return only when they are closed.
                threading.Thread(target=webbrowser.open, args=(preview.url,), daemon=True).start()
            tending = jobs.tend_notes(library, watch=watch)
            await _until_first_end(stop.wait(), preview.wait_closed(), tending, _keep_time(env))


def invitation(url: str, bot: StudyBot, texts: Texts) -> str:
    """Return what to open and what to type there, one line each."""
    commands = list(_slash_commands(bot))
    width = max(len(command.qualified_name) for command in commands) + 2
    return "\n".join(
        (
            texts.gettext("The local chat is at {url}", url=url),
            texts.gettext("Type there:"),
            *(f"  /{one.qualified_name:<{width}}{texts.gettext(one.description)}" for one in commands),
            texts.gettext("Ctrl-C ends it."),
        )
    )


def _slash_commands(bot: StudyBot) -> Iterator[app_commands.Command[object, ..., object]]:
    return (one for one in bot.tree.walk_commands() if isinstance(one, app_commands.Command))


@contextlib.asynccontextmanager
async def _world(bot: StudyBot) -> AsyncIterator[simcord.Env]:
    """Connect *bot* to a Discord without anybody in it."""
    # Errors have been told to whoever met them; simcord would raise them again at the end.
    async with simcord.run(bot, check_errors=False, settle_timeout=_PATIENCE_S) as env:
        _move_clock(env)
        assert bot.user is not None  # noqa: S101 - it is logged in
        await bot.user.edit(username=NAME)
        yield env


@contextlib.asynccontextmanager
async def _shown(env: simcord.Env, group: Group, page: Page) -> AsyncIterator[simcord.Preview]:
    preview = env.preview(
        group.hall,
        viewers=(group.visitor, *group.others),
        layout="channel",
        locale="en-US" if page.language == "en" else page.language,
        timezone=local_zone(Path("/etc/localtime")),
        port=page.port,
    )
    try:
        await preview.__aenter__()
    except simcord.SetupError as error:
        raise _refusal(error, page.port) from error
    try:
        yield preview
    finally:
        await preview.close()


def _refusal(error: simcord.SetupError, port: int) -> StudyError:
    cause = error.__cause__
    if isinstance(cause, OSError) and cause.errno == errno.EADDRINUSE:
        return StudyError(N_("Port {port} is taken. Choose another with --port, or 0 for a free one."), port=port)
    if isinstance(cause, OSError):
        reason = os.strerror(cause.errno or 0)
        return StudyError(N_("Port {port} cannot be used: {reason}"), port=port, reason=reason)
    return StudyError(N_("The local chat cannot start: {reason}"), reason=str(error))


def local_zone(link: Path) -> str:
    """Return the IANA name of the zone that *link* leads to, ``UTC`` if it has none."""
    _, found, name = os.path.realpath(link).partition("/zoneinfo/")
    try:
        return ZoneInfo(name).key if found else "UTC"
    except (OSError, ValueError):  # ValueError: no name of a zone; a zone that is unknown is a kind of KeyError
        return "UTC"
    except KeyError:
        return "UTC"


async def _keep_time(env: simcord.Env) -> None:
    while True:
        await asyncio.sleep(_TICK_S)
        _move_clock(env)


def _move_clock(env: simcord.Env) -> None:
    """Set simcord's clock, which stands still by itself, to now: by it the bot counts how often somebody asks."""
    behind = (datetime.now(UTC) - env.now()).total_seconds()
    env.backend.advance_clock(max(behind, 0.0))
