"""Writes in channels without being asked: posts, edits, threads. Says what went wrong; others decide on it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

import aiohttp
import discord

from bot.client import NOBODY, StudyBot
from bot.render import fallback, limits
from bot.render.parts import Message
from bot.views import pictures, send

log = logging.getLogger(__name__)

_T = TypeVar("_T")
_LOOKED_BACK: Final = 100
"""Messages of a channel among which our own is looked for."""
_CLOCKS_DIFFER: Final = timedelta(minutes=1)
_NEEDED: Final = ("view_channel", "send_messages", "embed_links", "attach_files")
_NEEDED_FOR_THREADS: Final = ("create_public_threads", "send_messages_in_threads")


class Trouble(StrEnum):
    """Why something could not be written; the values are kept in the database."""

    GONE = "gone"
    FORBIDDEN = "forbidden"
    REFUSED = "refused"
    AWAY = "away"
    """Discord fails or cannot be reached: trying again may help, and what was sent may have arrived."""


class PublishError(Exception):
    """Nothing was written, or nobody knows (Trouble.AWAY)."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.value)


class LockedOutError(PublishError):
    """Discord does not know the token (any more): no channel takes anything, which says nothing about this one.

    Like Trouble.AWAY it may pass; but nothing has arrived, and how often it was tried means nothing.
    """

    def __init__(self) -> None:
        super().__init__(Trouble.AWAY)


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, or a thread, of a group."""

    guild_id: int
    channel_id: int


class Publisher:
    """Writes as the bot. Every method raises PublishError and nothing else for what Discord does."""

    def __init__(self, bot: StudyBot) -> None:
        self._bot = bot

    async def post(self, place: Place, message: Message, *, nonce: str, role_id: int | None = None) -> int:
        """Post *message* and return its id.

        Args:
            place: where.
            message: its pictures are sent where the bot may, else what stands for them.
            nonce: at most 25 characters; a repeat within a few minutes returns the first message.
            role_id: the one role that the message may mention.
        """
        allowed = discord.AllowedMentions(roles=[discord.Object(role_id)]) if role_id else NOBODY
        shown, names, files = await self._illustrated(place, message)
        sending = self._channel(place).send(
            view=send.layout(shown, names), files=files, nonce=nonce, allowed_mentions=allowed
        )
        return (await _told(sending)).id

    async def _illustrated(
        self, place: Place, message: Message
    ) -> tuple[Message, Mapping[str, str], list[discord.File]]:
        """Return *message* with the pictures that can be sent there, their names, and all files."""
        ready = {}
        if "attach_files" not in self._lacking(place, ("attach_files",)):
            services = self._bot.services
            library = services.libraries.of(place.guild_id)
            ready = await pictures.ready_of(library, services.studio, message, limits.FILE_BYTES)
        shown = fallback.without_pictures(message, ready, await self._bot.texts_of(place.guild_id))
        names = pictures.names(shown, ready)
        return shown, names, [*pictures.files(shown, ready, names), *send.attachments(message)]

    async def edit(self, place: Place, message_id: int, message: Message) -> None:
        """Put *message* in place of what the message with this id showed."""
        partial = self._channel(place).get_partial_message(message_id)
        await _told(partial.edit(view=send.layout(message, {}), allowed_mentions=NOBODY))

    async def open_thread(self, place: Place, message_id: int, name: str) -> int:
        """Open a thread under a message and return its id; one that is there already is taken."""
        partial = self._channel(place).get_partial_message(message_id)
        try:
            return (await _told(partial.create_thread(name=name))).id
        except PublishError as error:
            cause = error.__cause__
            if isinstance(cause, discord.HTTPException) and cause.code == _HAS_A_THREAD:
                return message_id  # a thread under a message has the message's id
            raise

    async def find(self, place: Place, press: str, *, since: datetime) -> int | None:
        """Return the id of our own message since then that has a component with the custom_id *press*.

        None means that it is not among the first messages since then.
        """
        if "read_message_history" in self._lacking(place, ("read_message_history",)):
            raise PublishError(Trouble.FORBIDDEN)  # Discord would show an empty channel

        async def look() -> int | None:
            async for found in self._channel(place).history(
                after=since - _CLOCKS_DIFFER, limit=_LOOKED_BACK, oldest_first=True
            ):
                if found.author == self._bot.user and press in _presses(found.components):
                    return found.id
            return None

        return await _told(look())

    async def delete(self, place: Place, message_id: int) -> None:
        """Delete a message of our own; one that is gone already is no trouble."""
        try:
            await _told(self._channel(place).get_partial_message(message_id).delete())
        except PublishError as error:
            if error.trouble is not Trouble.GONE:
                raise

    async def is_member(self, guild_id: int, user_id: int) -> bool:
        """Return whether somebody is in a group; Discord is asked, for the bot is told of no leavings."""
        guild = self._bot.get_guild(guild_id)
        if guild is None:
            raise PublishError(Trouble.AWAY)
        try:
            await _told(guild.fetch_member(user_id))
        except PublishError as error:
            if isinstance(error.__cause__, discord.HTTPException) and error.__cause__.code in _NO_MEMBER:
                return False
            raise
        return True

    def missing(self, place: Place, *, thread: bool = False) -> tuple[str, ...]:
        """Return which permissions the bot lacks there, by discord.py's names; nothing where it cannot be known."""
        return self._lacking(place, (*_NEEDED, *(_NEEDED_FOR_THREADS if thread else ())))

    def _lacking(self, place: Place, needed: tuple[str, ...]) -> tuple[str, ...]:
        guild = self._bot.get_guild(place.guild_id)
        channel = guild.get_channel_or_thread(place.channel_id) if guild else None
        if guild is None or channel is None or guild.me is None:
            return ()
        granted = channel.permissions_for(guild.me)
        return tuple(name for name in needed if not getattr(granted, name))

    def reachable(self, guild_id: int) -> bool:
        """Return whether the group is there now: False while Discord has an outage, or after the bot was removed."""
        guild = self._bot.get_guild(guild_id)
        return guild is not None and not guild.unavailable

    def _channel(self, place: Place) -> discord.PartialMessageable:
        return self._bot.get_partial_messageable(place.channel_id, guild_id=place.guild_id)


_HAS_A_THREAD: Final = 160004
_BUSY: Final = frozenset({408, 429})
_NO_MEMBER: Final = frozenset({10_007, 10_013})
"""No such member, no such user."""


async def _told(doing: Awaitable[_T]) -> _T:
    try:
        return await doing
    except discord.HTTPException as error:
        log.warning("Discord refused with %s (code %s)", error.status, error.code)
        raise (LockedOutError() if error.status == 401 else PublishError(_trouble(error))) from error
    except (aiohttp.ClientError, OSError) as error:
        log.warning("Discord cannot be reached: %s", type(error).__name__)
        raise PublishError(Trouble.AWAY) from error


def _trouble(error: discord.HTTPException) -> Trouble:
    if error.status == 404:
        return Trouble.GONE
    if error.status == 403:
        return Trouble.FORBIDDEN
    return Trouble.REFUSED if error.status < 500 and error.status not in _BUSY else Trouble.AWAY


def _presses(components: Any) -> set[str]:
    found: set[str] = set()
    for component in components:
        found |= _presses(getattr(component, "children", ()))
        if custom_id := getattr(component, "custom_id", None):
            found.add(custom_id)
    return found
