"""/review: one's own cards, one after another, or all of them as a file for Anki."""

from __future__ import annotations

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import StudyBot
from bot.views import review, send

_FORMS = [
    app_commands.Choice(name=locale_str("Anki deck (.apkg)"), value="apkg"),
    app_commands.Choice(name=locale_str("Text for Anki (.tsv)"), value="tsv"),
]


class ReviewCog(commands.Cog):
    """Spaced repetition."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    @app_commands.command(
        name=locale_str("review"), description=locale_str("Repeat the questions that you got wrong, when it is time")
    )
    @app_commands.rename(export=locale_str("export"))
    @app_commands.describe(export=locale_str("Get all your cards as a file instead"))
    @app_commands.choices(export=_FORMS)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def review(self, interaction: send.Interaction, export: app_commands.Choice[str] | None = None) -> None:
        """Repeat the questions that you got wrong, when it is time."""
        if export is None:
            await review.begin(interaction)
        else:
            await review.export(interaction, export.value)
