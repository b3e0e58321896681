"""studybot run and studybot try: the bot on Discord, and the bot in a local chat."""

from __future__ import annotations

import importlib.util
import logging
import sys
from collections.abc import Mapping
from typing import Final

import typer

from bot import app
from bot.commands.loading import loaded_library
from bot.commands.session import Session
from bot.config import Config
from bot.errors import N_, StudyError
from bot.i18n import ENGLISH, SIMPLIFIED

_SCREENS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")


def run(session: Session, config: Config) -> None:
    """Serve Discord until SIGTERM or Ctrl-C.

    Raises:
        StudyError: there is no token, or Discord refuses it.
        NotesError: the notes cannot be read.
    """
    if config.token is None:
        raise StudyError(N_("There is no token: set DISCORD_TOKEN. The README says where to get it."))
    log_at(config.log_level)
    session.mention_sample(config)
    app.run(config, config.token.get_secret_value())


def try_locally(session: Session, config: Config, *, port: int, open_browser: bool, language: str | None) -> None:
    """Serve the local chat until Ctrl-C.

    Args:
        session: of this call.
        config: as read.
        port: 0 takes a free one.
        open_browser: whether to show the page.
        language: of the chat, zh-CN or en; None leaves it to the locale.

    Raises:
        StudyError: the local chat is not installed.
        NotesError: the notes cannot be read.
    """
    if importlib.util.find_spec("simcord") is None:
        raise StudyError(N_('The local chat is not installed: use make try, or pip install -e ".[try]"'))
    log_at("warning")
    # It warns of what only a bot on Discord could miss: voice, and intents that simcord asks for by way of trial.
    logging.getLogger("discord").setLevel(logging.ERROR)
    from bot import trial  # noqa: PLC0415 - cannot be imported without simcord

    spoken = language or (SIMPLIFIED if session.texts.chinese else ENGLISH)
    page = trial.Page(language=spoken, port=port, open_browser=open_browser and has_screen(session.environ))
    library = loaded_library(session, config)
    if library.loaded is not None:
        _ = library.loaded.bank  # or the first who asks for a question would wait until it is built
    trial.serve(config, library, page, say=typer.echo)


def has_screen(environ: Mapping[str, str]) -> bool:
    """Return whether a browser could show a page; else one of the terminal might take the place of the address."""
    return sys.platform != "linux" or any(environ.get(name) for name in _SCREENS)


def log_at(level: str) -> None:
    """Log to stderr from *level* on, whatever was set up before."""
    logging.basicConfig(
        level=level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr, force=True
    )
    # Below that it speaks at every start, of what nobody asks for.
    logging.getLogger("alembic").setLevel(logging.WARNING)
