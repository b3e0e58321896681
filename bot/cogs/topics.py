"""/topics: browse the notes by category, note and heading."""

from __future__ import annotations

import logging

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import StudyBot
from bot.render import limits, presses, topics
from bot.views import browse, places, send

log = logging.getLogger(__name__)


class TopicsCog(commands.Cog):
    """What the notes hold."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    @app_commands.command(name=locale_str("topics"), description=locale_str("Browse what the notes hold"))
    @app_commands.rename(category=locale_str("category"))
    @app_commands.describe(category=locale_str("A folder of the notes"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def topics(
        self, interaction: send.Interaction, category: app_commands.Range[str, 1, limits.QUERY] | None = None
    ) -> None:
        """Browse what the notes hold."""
        level = presses.CATEGORY if category else presses.ALL
        await send.reply(interaction, browse.page(interaction, level, category or presses.NOWHERE, 0), private=True)

    @topics.autocomplete("category")
    async def categories(self, interaction: send.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the categories whose name holds what was typed."""
        texts = self.bot.text_for(interaction)
        try:
            named = [
                (topics.category_name(one, texts), one.key) for one in places.library(interaction).topics.categories
            ]
        except Exception:  # noqa: BLE001 - outermost frame of an autocompletion
            log.info("No categories to offer yet")
            return []
        fitting = [(name, key) for name, key in named if typed.strip().casefold() in name.casefold()]
        return [app_commands.Choice(name=limits.cut(n, limits.CHOICE), value=k) for n, k in fitting[: limits.CHOICES]]
