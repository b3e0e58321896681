"""/score and /leaderboard: read the interaction, ask the services, send what the renderers made."""

from __future__ import annotations

import logging
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import StudyBot
from bot.render import limits
from bot.services.boards import View
from bot.services.groups import Who
from bot.services.periods import Period
from bot.views import scores, send

log = logging.getLogger(__name__)

_Topic = app_commands.Range[str, 1, limits.QUERY]
_PERIODS: Final = [
    app_commands.Choice(name=locale_str("Today"), value=Period.TODAY.value),
    app_commands.Choice(name=locale_str("This week"), value=Period.WEEK.value),
    app_commands.Choice(name=locale_str("This month"), value=Period.MONTH.value),
    app_commands.Choice(name=locale_str("Season"), value=Period.SEASON.value),
    app_commands.Choice(name=locale_str("All time"), value=Period.EVER.value),
]


class ScoresCog(commands.Cog):
    """What people and groups have reached."""

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    @app_commands.command(name=locale_str("score"), description=locale_str("Points, streak, and the topics to work on"))
    @app_commands.rename(member=locale_str("member"), share=locale_str("share"))
    @app_commands.describe(
        member=locale_str("Whose score; your own if left out"),
        share=locale_str("Show your own score to everybody here"),
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def score(
        self,
        interaction: send.Interaction,
        member: discord.User | None = None,
        share: bool = False,
    ) -> None:
        """Show a score."""
        whose = send.who(interaction)
        if member is not None and member != interaction.user:
            send.require_group(interaction)
            whose = Who(member.id, whose.guild_id, member.display_name)
        shown = await send.promptly(interaction, scores.score(interaction, whose))
        await send.reply(interaction, shown, private=not share or whose.user_id != interaction.user.id)

    @app_commands.command(
        name=locale_str("leaderboard"), description=locale_str("Who has the most points in this server")
    )
    @app_commands.rename(period=locale_str("period"), topic=locale_str("topic"))
    @app_commands.describe(
        period=locale_str("Since when points count; this week if left out"),
        topic=locale_str("Only answers on this topic"),
    )
    @app_commands.choices(period=_PERIODS)
    @app_commands.guild_only()
    async def leaderboard(
        self, interaction: send.Interaction, period: str = Period.WEEK.value, topic: _Topic = ""
    ) -> None:
        """Show a board; only to themselves where somebody does not want to be seen on it."""
        send.require_group(interaction)
        private = not await self.bot.services.boards.is_shown(send.who(interaction))
        shown = await send.promptly(interaction, scores.board(interaction, View(Period(period), topic=topic)))
        await send.reply(interaction, shown, private=private)

    @leaderboard.autocomplete("topic")
    async def topics(self, interaction: send.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the topics whose name holds what was typed; any other text is understood, too."""
        chinese = self.bot.text_for(interaction).chinese
        try:
            found = await self.bot.services.boards.subjects(interaction.guild_id or 0)
        except Exception:
            log.exception("No topics to offer")
            return []
        names = [one.name("zh" if chinese else "en") for one in found.holding(typed)][: limits.CHOICES]
        return [app_commands.Choice(name=limits.cut(n, limits.CHOICE), value=n[: limits.CHOICE]) for n in names]
