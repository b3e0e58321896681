"""/help and /about."""

from __future__ import annotations

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import StudyBot
from bot.render import help, replies
from bot.views import send


class HelpCog(commands.Cog):
    """What the bot can do, and who it is."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    @app_commands.command(name=locale_str("help"), description=locale_str("Show what I can do"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help(self, interaction: send.Interaction) -> None:
        """Show what the bot can do; to those who manage the server also what they can."""
        manager = interaction.guild_id is not None and interaction.permissions.manage_guild
        reply = help.overview(self.bot.text_for(interaction), manager=manager)
        await send.reply(interaction, reply, private=True)

    @app_commands.command(name=locale_str("about"), description=locale_str("Version, privacy and licence"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def about(self, interaction: send.Interaction) -> None:
        """Show version, privacy and licence."""
        reply = replies.about(self.bot.settings.version, self.bot.text_for(interaction))
        await send.reply(interaction, reply, private=True)
