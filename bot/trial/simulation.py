"""simcord in place of Discord: the bot connected to it, its clock going, and its page."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import simcord

from bot.client import StudyBot
from bot.errors import N_, StudyError

NAME: Final = "studybot"
LOCALTIME: Final = Path("/etc/localtime")
_TICK_S: Final = 0.25
_LOOK_S: Final = 1.0
_PATIENCE_S: Final = 30.0
"""What an answer may take before simcord takes the bot for stuck."""


@contextlib.asynccontextmanager
async def connected(bot: StudyBot) -> AsyncIterator[simcord.Env]:
    """Connect *bot* to a Discord with nobody else in it, where it is now."""
    # Errors have been told to whoever met them; simcord would raise them again at the end.
    async with simcord.run(bot, check_errors=False, settle_timeout=_PATIENCE_S) as env:
        # For simcord a refusal is a failure, after which its page would hold on to the command.
        del bot.tree.on_error
        _move_clock(env)
        assert bot.user is not None  # noqa: S101 - it is logged in
        await bot.user.edit(username=NAME)
        yield env


async def keep_time(env: simcord.Env, preview: simcord.Preview) -> None:
    """Let the clock of *env* go, and that of its page, for ever."""
    while True:
        await asyncio.sleep(_TICK_S)
        _move_clock(env)
        # The page tells by it how long ago something was; what came later would lie in the future.
        preview.capture_time = env.now()


async def keep_shown(env: simcord.Env, preview: simcord.Preview) -> None:
    """Show what the bot does by itself, for ever: the page looks only at what its people do."""
    seen = 0
    while True:
        await asyncio.sleep(_LOOK_S)
        newest, seen = env.http_requests[seen:], len(env.http_requests)
        if any(request.method != "GET" and request.path.startswith("/channels/") for request in newest):
            # Preview.refresh() waits for the bot, and refuses meanwhile what people do.
            preview._publish_message_pages(reason="refresh")


def _move_clock(env: simcord.Env) -> None:
    # It stands still by itself, and the bot counts by it how often somebody asks.
    behind = (datetime.now(UTC) - env.now()).total_seconds()
    env.backend.advance_clock(max(behind, 0.0))


@contextlib.asynccontextmanager
async def shown(
    channel: simcord.ChannelHandle,
    viewers: Sequence[simcord.MemberActor],
    *,
    env: simcord.Env,
    language: str,
    port: int,
) -> AsyncIterator[simcord.Preview]:
    """Serve the page of *channel*, as the first of *viewers* until another is chosen.

    Raises:
        StudyError: the port is taken, or simcord is not whole.
    """
    locale = "en-US" if language == "en" else language
    zone = zone_of(LOCALTIME)
    preview = env.preview(channel, viewers=viewers, layout="channel", locale=locale, timezone=zone, port=port)
    try:
        await preview.__aenter__()
    except simcord.SetupError as error:
        raise _refusal(error, port) from error
    try:
        yield preview
    finally:
        await preview.close()


def _refusal(error: simcord.SetupError, port: int) -> StudyError:
    cause = error.__cause__
    if not isinstance(cause, OSError):
        return StudyError(N_("The local chat cannot start: {reason}"), reason=str(error))
    if cause.errno == errno.EADDRINUSE:
        return StudyError(N_("Port {port} is taken. Choose another with --port; 0 picks a free one."), port=port)
    return StudyError(N_("Port {port} cannot be used: {reason}"), port=port, reason=os.strerror(cause.errno or 0))


def zone_of(link: Path) -> str:
    """Return the IANA name of the zone that *link* leads to; ``UTC`` if it leads to none."""
    _, found, name = os.path.realpath(link).partition("/zoneinfo/")
    try:
        return ZoneInfo(name).key if found else "UTC"
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return "UTC"


def describe_commands(env: simcord.Env, language: str) -> None:
    """Describe the commands in *language*: the page has no way of its own to choose among translations."""
    for command in env.backend.commands.get(None, {}).values():
        _describe(command, language)


def _describe(node: dict[str, Any], language: str) -> None:
    translated = (node.get("description_localizations") or {}).get(language)
    if translated:
        node["description"] = translated
    for choice in node.get("choices") or ():
        choice["name"] = (choice.get("name_localizations") or {}).get(language) or choice["name"]
    for below in node.get("options") or ():
        _describe(below, language)
