"""/explain and the message menu "Explain this": read the interaction, ask the library, send what the renderer made."""

from __future__ import annotations

import logging

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import StudyBot
from bot.render import limits, replies
from bot.services.library import MARK, Found, NotFound
from bot.views import places, send

log = logging.getLogger(__name__)


class ExplainCog(commands.Cog):
    """Answers from the notes."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(name=locale_str("Explain this"), callback=self.explain_this)
        self.menu.allowed_installs = app_commands.AppInstallationType(guild=True, user=True)
        self.menu.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)

    async def cog_load(self) -> None:
        """Add the menu, which is no command of the class."""
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """Take the menu away."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    @app_commands.command(name=locale_str("explain"), description=locale_str("Look something up in the notes"))
    @app_commands.rename(topic=locale_str("topic"))
    @app_commands.describe(topic=locale_str("A term or a question, in Chinese or English"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def explain(self, interaction: send.Interaction, topic: app_commands.Range[str, 1, limits.QUERY]) -> None:
        """Look something up in the notes."""
        await send.think(interaction)
        chinese = self.bot.text_for(interaction).chinese
        outcome = await places.library(interaction).explain(topic, language="zh" if chinese else "en")
        await self._show(interaction, outcome)

    @explain.autocomplete("topic")
    async def topics(self, interaction: send.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer headings and terms; the value is a section's id, but any other text is understood, too."""
        try:
            found = places.library(interaction).complete(typed)
        except Exception:
            log.exception("No completions")
            return []
        shown = [(limits.cut(one.text, limits.CHOICE) or "—", one.section_id) for one in found[: limits.CHOICES]]
        return [app_commands.Choice(name=name, value=MARK + key if key else name) for name, key in shown]

    async def explain_this(self, interaction: send.Interaction, message: discord.Message) -> None:
        """Look up the terms found in a message."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await self._show(interaction, await places.library(interaction).explain_message(message.content))

    async def _show(self, interaction: send.Interaction, outcome: Found | NotFound) -> None:
        if isinstance(outcome, Found):
            await send.answer(interaction, outcome.answer)
        else:
            await send.reply(interaction, replies.not_found(outcome.results, self.bot.text_for(interaction)))
