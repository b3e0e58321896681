"""/mydata export, delete and hide: what people may do with what is kept about them."""

from __future__ import annotations

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import StudyBot
from bot.render import privacy
from bot.views import forms, send


class MyDataCog(commands.Cog):
    """Everybody's own data."""

    mydata = app_commands.Group(
        name=locale_str("mydata"),
        description=locale_str("What I keep about you"),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
    )

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    @mydata.command(name=locale_str("export"), description=locale_str("Get everything that I keep about you as a file"))
    async def export(self, interaction: send.Interaction) -> None:
        """Send the file with everything."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        found = await self.bot.services.privacy.export(interaction.user.id)
        await send.reply(interaction, privacy.exported(found, self.bot.text_for(interaction)), private=True)

    @mydata.command(
        name=locale_str("delete"), description=locale_str("Delete everything that I keep about you; I ask first")
    )
    async def delete(self, interaction: send.Interaction) -> None:
        """Ask whether to delete."""
        await forms.ask(interaction, privacy.confirmation(self.bot.text_for(interaction)))

    @mydata.command(
        name=locale_str("hide"), description=locale_str("Leave the leaderboards of all groups, or come back to them")
    )
    async def hide(self, interaction: send.Interaction) -> None:
        """Hide, or show again."""
        hidden = await send.promptly(interaction, self.bot.services.privacy.toggle_hidden(interaction.user.id))
        await send.reply(interaction, privacy.hidden(hidden, self.bot.text_for(interaction)), private=True)
