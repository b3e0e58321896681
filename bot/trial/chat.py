"""Serves the local chat: the bot of ``studybot run``, connected to simcord in place of Discord."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from discord import app_commands

from bot import jobs
from bot.assembly import open_services
from bot.client import StudyBot
from bot.config import Config
from bot.drawing_ahead import draw_ahead
from bot.i18n import Catalogues, Texts
from bot.online import build_bot, until_first_end
from bot.render.help import CALLED
from bot.render.preparing import orders
from bot.services.libraries import Libraries
from bot.services.library import Library
from bot.trial.group import TOPIC, gather, greet
from bot.trial.simulation import connected, describe_commands, keep_shown, keep_time, shown


@dataclass(frozen=True, slots=True)
class Page:
    """How the local chat is shown.

    Attributes:
        language: of what the bot and the group say; ``en`` or ``zh-CN``.
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
        say: shows lines to whoever started it.

    Raises:
        StudyError: the port is taken, or the extra ``try`` is not whole.
    """
    # Whatever is made at its first use is made here, or the first answer would wait for it.
    library.index.warm()
    catalogues = texts_of_page()
    # The bot notes in its data which commands Discord knows; this Discord forgets them.
    with TemporaryDirectory(prefix="studybot-try-") as data:
        config = replace(config, data=Path(data), database=None)
        asyncio.run(_serve_from(config, library, page, catalogues, say))


def texts_of_page() -> Catalogues:
    """Return all texts, with the commands by their English names: the page shows no others."""
    return Catalogues.load().naming_in_english(CALLED)


async def _serve_from(
    config: Config, library: Library, page: Page, catalogues: Catalogues, say: Callable[[str], None]
) -> None:
    async with open_services(config, Libraries(library)) as services:
        bot = build_bot(config, services, catalogues=catalogues, language=page.language, trial=True)
        await _serve(bot, page, catalogues.texts(page.language), watch=config.watch, say=say)


async def _serve(bot: StudyBot, page: Page, texts: Texts, *, watch: bool, say: Callable[[str], None]) -> None:
    stop = _stop_signal()
    libraries = bot.services.libraries
    async with connected(bot) as env:
        describe_commands(env, page.language)
        group = gather(env, texts)
        await greet(group, libraries.public, texts)
        viewers = (group.visitor, *group.others)
        async with shown(group.hall, viewers, env=env, language=page.language, port=page.port) as preview:
            say(invitation(preview.url, bot, texts))
            if page.open_browser:
                # A browser in the terminal returns only when it is left.
                threading.Thread(target=webbrowser.open, args=(preview.url,), daemon=True).start()
            tending = jobs.tend_notes(libraries, watch=watch)
            drawing = draw_ahead(libraries, bot.services.studio, partial(orders, texts=texts))
            apart = (tending, drawing, bot.host(), keep_time(env, preview), keep_shown(env, preview))
            await until_first_end(stop.wait(), preview.wait_closed(), *apart)


def invitation(url: str, bot: StudyBot, texts: Texts) -> str:
    """Return what to open and what to type there, in lines."""
    commands = {_typed(command): command.description for command in _slash_commands(bot)}
    width = max(map(len, commands)) + 2
    return "\n".join(
        (
            texts.gettext("The local chat: {url}", url=url),
            texts.gettext("Type there, for example:"),
            *(f"  {typed:<{width}}{texts.gettext(description)}" for typed, description in commands.items()),
            texts.gettext("Ctrl-C ends it."),
        )
    )


def _typed(command: app_commands.Command[Any, ..., Any]) -> str:
    required = (parameter.name for parameter in command.parameters if parameter.required)
    needed = (TOPIC.casefold() if name == "topic" else f"{name}:" for name in required)
    return " ".join((f"/{command.qualified_name}", *needed))


def _slash_commands(bot: StudyBot) -> Iterator[app_commands.Command[Any, ..., Any]]:
    return (one for one in bot.tree.walk_commands() if isinstance(one, app_commands.Command))


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows, where Ctrl-C interrupts asyncio.run()
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop
