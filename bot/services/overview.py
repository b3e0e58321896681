"""What those who manage a group see of it: its settings, and the channels in which the bot writes unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.services.groups import Groups
from storage import news, weekly
from storage.database import Database
from storage.settings import Group

__all__ = ["Group", "Overview", "Panel", "Purpose", "Use", "needed"]

_ALWAYS: Final = ("view_channel", "send_messages", "embed_links")
_FILES: Final = ("attach_files",)
_HISTORY: Final = ("read_message_history",)
_THREADS: Final = ("create_public_threads", "send_messages_in_threads")


class Purpose(StrEnum):
    """What a channel is used for."""

    DAILY = "daily"
    BOARD = "board"
    LOG = "log"
    NEWS = "news"
    HERE = "here"
    """Somebody stands in it, and may start a race."""


@dataclass(frozen=True, slots=True)
class Use:
    """A channel in use.

    Attributes:
        name: of the daily question.
        threads: whether threads are opened in it.
        role_id: of the role that is mentioned in it.
    """

    channel_id: int
    purpose: Purpose
    name: str = ""
    threads: bool = False
    role_id: int | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """The settings of a group.

    Attributes:
        at: what its clocks show.
        next_board: when the next board of a week is posted; None for never.
    """

    group: Group
    at: datetime
    next_board: datetime | None


class Overview:
    """The settings of groups, to be looked at."""

    def __init__(self, db: Database, groups: Groups, *, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._groups = groups
        self._clock = clock

    async def panel(self, guild_id: int) -> Panel:
        """Return the settings of a group."""
        group = await self._groups.group(guild_id)
        async with self._db.reading() as conn:
            board = await weekly.of_guild(conn, guild_id)
        return Panel(group, self._clock().astimezone(ZoneInfo(group.zone)), board.due_at if board else None)

    async def uses(self, guild_id: int, here_id: int) -> tuple[Use, ...]:
        """Return the channels in use, and last the one that *here_id* names if it is none of them."""
        group = await self._groups.group(guild_id)
        found = [
            Use(one.channel_id, Purpose.DAILY, one.name, one.thread, one.role_id)
            for one in await self._groups.streams(guild_id)
        ]
        if group.board_channel_id:
            found.append(Use(group.board_channel_id, Purpose.BOARD))
        if group.log_channel_id:
            found.append(Use(group.log_channel_id, Purpose.LOG))
        async with self._db.reading() as conn:
            told = await news.channel(conn, guild_id)
        if told is not None:
            found.append(Use(told.channel_id, Purpose.NEWS))
        if all(one.channel_id != here_id for one in found):
            found.append(Use(here_id, Purpose.HERE))
        return tuple(found)


def needed(use: Use) -> tuple[str, ...]:
    """Return the permissions that a use takes, by discord.py's names.

    The history is for finding a message of which Discord did not say whether it arrived.
    """
    match use.purpose:
        case Purpose.DAILY:
            return (*_ALWAYS, *_FILES, *_HISTORY, *(_THREADS if use.threads else ()))
        case Purpose.BOARD:
            return (*_ALWAYS, *_HISTORY)
        case Purpose.LOG | Purpose.NEWS:
            return _ALWAYS
        case Purpose.HERE:
            return (*_ALWAYS, *_FILES)
