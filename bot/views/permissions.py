"""What the bot may do in the channels that it uses, and what those may do who press."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import discord
from discord import app_commands

from bot.errors import CannotWriteThereError, HereRefusedError
from bot.render.settings import Finding
from bot.services.overview import Use, needed
from bot.views import send


def require_manager(interaction: send.Interaction) -> None:
    """Refuse what only those may do who manage the server; a command's own rule may be changed by its admins.

    Raises:
        HereRefusedError, MissingPermissions
    """
    send.require_group(interaction)
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])


def is_manager(interaction: send.Interaction) -> bool:
    """Return whether require_manager() would let somebody pass."""
    try:
        require_manager(interaction)
    except (HereRefusedError, app_commands.MissingPermissions):
        return False
    return True


def require_writable(channel: discord.TextChannel) -> None:
    """Refuse a channel in which the bot cannot write.

    Raises:
        CannotWriteThereError
    """
    granted = channel.permissions_for(channel.guild.me)
    if not (granted.view_channel and granted.send_messages and granted.embed_links):
        raise CannotWriteThereError(channel.id)


def examined(guild: discord.Guild | None, uses: Iterable[Use]) -> tuple[Finding, ...]:
    """Return what is missing for each use, from what Discord has told of the server's roles and channels."""
    return tuple(Finding(use, _missing(guild, use)) for use in uses)


def _missing(guild: discord.Guild | None, use: Use) -> tuple[str, ...] | None:
    channel = guild.get_channel_or_thread(use.channel_id) if guild else None
    if guild is None or channel is None:
        return None
    granted = channel.permissions_for(guild.me)
    names = [name for name in _wanted(channel, use) if not getattr(granted, name)]
    role = guild.get_role(use.role_id) if use.role_id else None
    if role and not role.mentionable and not granted.mention_everyone:
        names.append("mention_everyone")
    return tuple(names)


def _wanted(channel: Any, use: Use) -> tuple[str, ...]:
    names = needed(use)
    if not isinstance(channel, discord.Thread):
        return names
    return tuple("send_messages_in_threads" if name == "send_messages" else name for name in names)
