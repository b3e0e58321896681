"""The bot on Discord: built, connected, kept connected, and ended by a signal."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from bot import jobs
from bot.client import Extensions, Settings, StudyBot, connect, point_at
from bot.cogs.daily import DailyCog
from bot.cogs.explain import ExplainCog
from bot.cogs.help import HelpCog
from bot.cogs.mydata import MyDataCog
from bot.cogs.notes import NotesCog
from bot.cogs.questions import QuestionsCog
from bot.cogs.quiz import QuizCog
from bot.cogs.review import ReviewCog
from bot.cogs.scores import ScoresCog
from bot.cogs.settings import SettingsCog
from bot.cogs.topics import TopicsCog
from bot.config import Config
from bot.drawing_ahead import draw_ahead, tidy
from bot.errors import StudyError
from bot.hosts.announcing import AnnouncingHost
from bot.hosts.board import BoardHost
from bot.hosts.daily import DailyHost
from bot.hosts.news import NewsHost
from bot.hosts.race import RaceHost
from bot.i18n import ENGLISH, Catalogues
from bot.render.preparing import orders
from bot.services.services import Services
from bot.views.items import FORMS, ITEMS

__all__ = ["EXTENSIONS", "Connection", "build_bot", "point_at", "serve", "until_first_end"]

log = logging.getLogger(__name__)

EXTENSIONS: Final = Extensions(
    cogs=(
        ExplainCog,
        TopicsCog,
        NotesCog,
        HelpCog,
        ReviewCog,
        MyDataCog,
        QuizCog,
        ScoresCog,
        SettingsCog,
        QuestionsCog,
        DailyCog,
    ),
    items=ITEMS,
    forms=FORMS,
    hosts=(RaceHost, BoardHost, AnnouncingHost, DailyHost, NewsHost),
)
FIRST_PAUSE_S: Final = 5.0
LONGEST_PAUSE_S: Final = 300.0
STABLE_S: Final = 300.0
"""A connection that lasted this long starts the pauses anew. Discord allows 1,000 sessions in 24 hours."""
_PORTIONS: Final = 2
"""Collections of the middle-aged after which Python looks at the old; it usually takes 10."""
_CLOSING_S: Final = 8.0
_LAST_MOMENT_S: Final = 9.5


def build_bot(
    config: Config,
    services: Services,
    *,
    catalogues: Catalogues | None = None,
    language: str | None = None,
    trial: bool = False,
) -> StudyBot:
    """Return the bot, not yet connected.

    Args:
        config: as read.
        services: the rules.
        catalogues: the texts; None reads them.
        language: in which everybody is answered; None is everybody in their own.
        trial: it goes into a Discord that is made up, whose page would wait for what goes on by itself.
    """
    settings = Settings(
        data=config.data,
        version=_version(),
        language=language,
        otherwise=config.language,
        offline=trial,
        hosted_apart=trial,
    )
    return StudyBot(services, settings, catalogues=catalogues or Catalogues.load(), extensions=EXTENSIONS)


class Connection:
    """Keeps a bot connected: after any end that is not final a new one takes its place, with growing pauses."""

    def __init__(
        self,
        make: Callable[[], StudyBot],
        token: str,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float],
    ) -> None:
        self._make = make
        self._token = token
        self._sleep = sleep
        self._monotonic = monotonic
        self._bot: StudyBot | None = None

    def ready(self) -> bool:
        """Return whether Discord and the bot are in touch."""
        return self._bot is not None and self._bot.is_ready() and not self._bot.is_closed()

    async def keep(self) -> None:
        """Connect, and again after every end, for ever.

        Raises:
            StudyError: Discord refuses the bot for good.
        """
        pause = FIRST_PAUSE_S
        while True:
            began = self._monotonic()
            await self._once()
            if self._monotonic() - began > STABLE_S:
                pause = FIRST_PAUSE_S
            log.warning("Disconnected; connecting again in %s s", pause)
            await self._sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)

    async def _once(self) -> None:
        self._bot = self._make()
        try:
            async with self._bot:
                await connect(self._bot, self._token)
        except StudyError:
            raise
        except OSError as error:
            log.warning("Discord cannot be reached: %s", error)
        except Exception:
            # discord.py ends with whatever an event's parser raised; none of it is a reason to stay away.
            log.exception("The connection ended")


async def serve(config: Config, services: Services, token: str) -> None:
    """Run the bot and its jobs until a signal asks to stop.

    Raises:
        StudyError: Discord refuses the bot for good.
        NotesError: the notes cannot be read at the start.
    """
    loop, libraries = asyncio.get_running_loop(), services.libraries
    collect_often()
    stop = _stop_signal(loop)
    catalogues = await asyncio.to_thread(Catalogues.load)
    connection = Connection(lambda: build_bot(config, services, catalogues=catalogues), token, monotonic=loop.time)
    try:
        await until_first_end(
            stop.wait(),
            connection.keep(),
            jobs.tend_notes(libraries, watch=config.watch, apart=config.data),
            draw_ahead(libraries, services.studio, partial(orders, texts=catalogues.texts(ENGLISH))),
            tidy(services.studio),
            jobs.beat(config.health, ready=connection.ready, clock=libraries.public.clock),
            jobs.purge_left(services.presence),
        )
    finally:
        libraries.close()


def collect_often() -> None:
    """Let Python look for garbage in small portions.

    discord.py leaves some for every press of a button. While hundreds press, a collection of the usual size stops
    everybody for 25 to 60 ms; the notes, which are the most of what is there, are not looked at, see services.library.
    """
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _PORTIONS)


async def until_first_end(*works: Awaitable[object]) -> None:
    """Run *works* together until one ends; raise what it raised. The others get 8 seconds to end themselves."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=_CLOSING_S)
    for task in done:
        task.result()


def _stop_signal(loop: asyncio.AbstractEventLoop) -> asyncio.Event:
    stop = asyncio.Event()

    def begin() -> None:
        log.info("Stopping")
        stop.set()
        # A thread that is in the middle of indexing cannot be interrupted; what it writes is written whole.
        last_moment = threading.Timer(_LAST_MOMENT_S, os._exit, args=(0,))
        last_moment.daemon = True
        last_moment.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, begin)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(begin))
    return stop


def _version() -> str:
    try:
        return version("studybot")
    except PackageNotFoundError:
        return ""
