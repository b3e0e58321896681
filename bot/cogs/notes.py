"""/notes: how the notes stand, for everybody; reading them again and saying what is new, for those who manage."""

from __future__ import annotations

from datetime import timedelta

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import StudyBot
from bot.errors import HereRefusedError
from bot.render import notes_pages, notes_status
from bot.services.pace import Pace
from bot.views import news, permissions, places, send


def _require_member(interaction: send.Interaction) -> None:
    # Installed by a user, the bot meets people who manage a server that has nothing to do with these notes.
    if interaction.is_user_integration() and not interaction.is_guild_integration():
        raise HereRefusedError


class NotesCog(commands.Cog):
    """The notes themselves."""

    notes = app_commands.Group(
        name=locale_str("notes"),
        description=locale_str("The notes that I answer from"),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
    )

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self._reloads = Pace(2, timedelta(minutes=1))

    @notes.command(name=locale_str("status"), description=locale_str("Show which notes are loaded"))
    async def status(self, interaction: send.Interaction) -> None:
        """Show which notes are loaded."""
        announced = await news.line(interaction)
        now = places.library(interaction).status()
        reply = notes_status.status(now, self.bot.text_for(interaction), announced=announced)
        await send.reply(interaction, reply, private=True)

    @notes.command(name=locale_str("reload"), description=locale_str("Read the notes again (Manage Server)"))
    @app_commands.guild_only()
    @app_commands.checks.has_permissions(manage_guild=True)
    async def reload(self, interaction: send.Interaction) -> None:
        """Read the notes again."""
        _require_member(interaction)
        self._reloads.take(interaction.guild_id or 0, interaction.created_at)
        await interaction.response.defer(thinking=True, ephemeral=True)
        change = await self.bot.services.libraries.reload(places.group_id(interaction))
        now = places.library(interaction).status()
        await send.reply(interaction, notes_pages.reloaded(change, now, self.bot.text_for(interaction)))

    @notes.command(
        name=locale_str("announce"),
        description=locale_str("Say in a channel what is new in the notes (Manage Server)"),
    )
    @app_commands.rename(channel=locale_str("channel"))
    @app_commands.describe(channel=locale_str("Where; left out, I show where that is now"))
    @app_commands.guild_only()
    @app_commands.checks.has_permissions(manage_guild=True)
    async def announce(self, interaction: send.Interaction, channel: discord.TextChannel | None = None) -> None:
        """Say in a channel what is new; without one, show where that is said, and end it with a button."""
        permissions.require_manager(interaction)
        if channel is not None:
            permissions.require_writable(channel)
        work = news.choose(interaction, channel.id) if channel else news.panel(interaction)
        await send.reply(interaction, await send.promptly(interaction, work), private=True)

    @notes.command(
        name=locale_str("problems"),
        description=locale_str("Show what is wrong with the notes (Manage Server)"),
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def problems(self, interaction: send.Interaction) -> None:
        """Show what is wrong with the notes, and what they were asked for in vain."""
        _require_member(interaction)
        reply = notes_pages.problems(places.library(interaction).problems(), self.bot.text_for(interaction))
        await send.reply(interaction, reply, private=True)
