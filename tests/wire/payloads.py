"""The least that discord.py needs to be told: the bot, one guild with two channels, and who asks."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]

APPLICATION_ID = 1_100_000_000_000_000_001
GUILD_ID = 1_100_000_000_000_000_002
CHANNEL_ID = 1_100_000_000_000_000_003
OTHER_CHANNEL_ID = 1_100_000_000_000_000_004
DM_CHANNEL_ID = 1_100_000_000_000_000_005
MEMBER_ID = 1_100_000_000_000_000_006
DISCORD_EPOCH_MS = 1_420_070_400_000
MANAGE_GUILD = 1 << 5
MAY_TALK = 0x0000_0006_4079_8C40  # look, talk, embed, attach, threads, commands, as @everyone has them
JOINED = "2026-01-02T03:04:05.000000+00:00"
IN_GUILD, IN_BOT_DM, IN_PRIVATE_CHANNEL = 0, 1, 2

Place = Literal["guild", "dm", "private"]


def snowflakes(ahead_s: Callable[[], float] = lambda: 0.0) -> Callable[[], int]:
    """Return a source of ids that say, as Discord's do, when they were made, and grow.

    What *ahead_s* returns is added to the time, in seconds.
    """
    numbers = itertools.count()

    def fresh() -> int:
        # discord.py reads from an interaction's id whether its token has expired.
        return (int((time.time() + ahead_s()) * 1000) - DISCORD_EPOCH_MS) << 22 | next(numbers) & 0x3FFFFF

    return fresh


def bot_user() -> Json:
    """Return the bot as a user."""
    return {"id": str(APPLICATION_ID), "username": "studybot", "discriminator": "0", "avatar": None, "bot": True}


def application() -> Json:
    """Return the application as ``/oauth2/applications/@me`` tells it."""
    owner = {"id": str(MEMBER_ID), "username": "lin", "discriminator": "0", "avatar": None}
    return {
        "id": str(APPLICATION_ID),
        "name": "studybot",
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": owner,
        "verify_key": "0" * 64,
        "flags": 0,
        "integration_types_config": {"0": {}, "1": {}},
    }


def guild() -> Json:
    """Return the guild as GUILD_CREATE tells it to a bot with nothing but the guilds intent."""
    names = {CHANNEL_ID: "notes", OTHER_CHANNEL_ID: "学习"}
    everyone = {"id": str(GUILD_ID), "name": "@everyone", "permissions": str(MAY_TALK), "position": 0}
    channels = [
        {"id": str(each), "type": 0, "name": name, "position": position, "permission_overwrites": []}
        for position, (each, name) in enumerate(names.items())
    ]
    return {
        "id": str(GUILD_ID),
        "name": "Study group 学习小组",
        "unavailable": False,
        "owner_id": str(MEMBER_ID),
        "preferred_locale": "zh-CN",
        "roles": [everyone | {"color": 0, "hoist": False, "managed": False, "mentionable": False}],
        "channels": channels,
        "threads": [],
        "member_count": 3,
    }


def thread(message_id: int, channel_id: int, name: str) -> Json:
    """Return the thread under a message: it has the message's id."""
    metadata = {"archived": False, "auto_archive_duration": 1440, "archive_timestamp": JOINED, "locked": False}
    return {
        "id": str(message_id),
        "type": 11,
        "guild_id": str(GUILD_ID),
        "parent_id": str(channel_id),
        "owner_id": str(APPLICATION_ID),
        "name": name,
        "message_count": 0,
        "member_count": 1,
        "thread_metadata": metadata,
    }


@dataclass(frozen=True, slots=True)
class Asker:
    """Who uses the bot, and where.

    Attributes:
        locale: of their client, as Discord writes it.
        permissions: theirs in the channel, as Discord computed them.
        place: "private" is a group chat or somebody else's server, where only the user has the bot installed.
    """

    user_id: int = MEMBER_ID
    name: str = "lin"
    locale: str = "en-US"
    permissions: int = MAY_TALK
    place: Place = "guild"

    @property
    def user(self) -> Json:
        """The user payload."""
        return {"id": str(self.user_id), "username": self.name, "discriminator": "0", "avatar": None}

    @property
    def channel_id(self) -> int:
        """The channel they are in."""
        return CHANNEL_ID if self.place == "guild" else DM_CHANNEL_ID

    def told(self) -> Json:
        """Return what an interaction tells about the asker and the place."""
        common = {"locale": self.locale, "channel_id": str(self.channel_id), "entitlements": []}
        if self.place == "guild":
            return common | self._in_guild()
        owners = {"0": "0"} if self.place == "dm" else {"1": str(self.user_id)}
        channel = {"id": str(self.channel_id), "type": 1, "recipients": [self.user], "last_message_id": None}
        return common | {
            "user": self.user,
            "channel": channel,
            "app_permissions": str(MAY_TALK),
            "authorizing_integration_owners": owners,
            "context": IN_BOT_DM if self.place == "dm" else IN_PRIVATE_CHANNEL,
        }

    def _in_guild(self) -> Json:
        member = {"user": self.user, "roles": [], "permissions": str(self.permissions), "flags": 0}
        return {
            "guild_id": str(GUILD_ID),
            "guild_locale": "zh-CN",
            "guild": {"id": str(GUILD_ID), "locale": "zh-CN", "features": []},
            "channel": {"id": str(CHANNEL_ID), "type": 0, "name": "notes", "permissions": str(self.permissions)},
            "member": member | {"joined_at": JOINED, "deaf": False, "mute": False},
            "app_permissions": str(MAY_TALK),
            "authorizing_integration_owners": {"0": str(GUILD_ID)},
            "context": IN_GUILD,
        }


def interaction(kind: int, data: Json, asker: Asker, *, fresh_id: int) -> Json:
    """Return the payload of INTERACTION_CREATE.

    Args:
        kind: 2 a command, 3 a component, 4 an autocomplete, 5 a window that was filled in.
        data: what was called or pressed.
        asker: who did it.
        fresh_id: of the interaction; its token is made from it.
    """
    return asker.told() | {
        "id": str(fresh_id),
        "application_id": str(APPLICATION_ID),
        "type": kind,
        "token": f"token-{fresh_id}",
        "version": 1,
        "attachment_size_limit": 10 * 1024 * 1024,
        "data": data,
    }


def ready(session_id: str, resume_url: str) -> Json:
    """Return the payload of READY: the guild is announced as not yet available, GUILD_CREATE follows."""
    return {
        "v": 10,
        "user": bot_user(),
        "guilds": [{"id": str(GUILD_ID), "unavailable": True}],
        "session_id": session_id,
        "resume_gateway_url": resume_url,
        "shard": [0, 1],
        "application": {"id": str(APPLICATION_ID), "flags": 0},
    }
