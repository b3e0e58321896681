"""/quiz start, race and stop: read the interaction, ask the services, send what the renderers made."""

from __future__ import annotations

import logging
from typing import Final

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import StudyBot
from bot.render import limits, races
from bot.services import choosing
from bot.services.choosing import MOST_QUESTIONS
from bot.services.races import FEWEST_SECONDS, MOST_SECONDS
from bot.views import games, send

log = logging.getLogger(__name__)

_Topic = app_commands.Range[str, 1, limits.QUERY]
_Count = app_commands.Range[int, 1, MOST_QUESTIONS]
_Seconds = app_commands.Range[int, FEWEST_SECONDS, MOST_SECONDS]
# As knowledge.questions.model numbers them.
_DIFFICULTIES: Final = [
    app_commands.Choice(name=locale_str("easy"), value=1),
    app_commands.Choice(name=locale_str("medium"), value=2),
    app_commands.Choice(name=locale_str("hard"), value=3),
]


class QuizCog(commands.Cog):
    """Quizzes of one's own, and races for a channel."""

    quiz = app_commands.Group(
        name=locale_str("quiz"),
        description=locale_str("Questions from the notes, alone or together"),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
    )

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    @quiz.command(name=locale_str("start"), description=locale_str("Take a quiz of your own; nobody else sees it"))
    @app_commands.rename(topic=locale_str("topic"), count=locale_str("count"), difficulty=locale_str("difficulty"))
    @app_commands.describe(
        topic=locale_str("What the questions are about; all topics if left out"),
        count=locale_str("How many questions; 5 if left out"),
        difficulty=locale_str("How hard they are; any if left out"),
    )
    @app_commands.choices(difficulty=_DIFFICULTIES)
    async def start(
        self, interaction: send.Interaction, topic: _Topic = "", count: _Count = 5, difficulty: int | None = None
    ) -> None:
        """Begin a quiz."""
        chinese = self.bot.text_for(interaction).chinese
        wish = choosing.wish(topic, count, chinese=chinese, difficulty=difficulty)
        beginning = self.bot.services.quizzes.start(send.who(interaction), interaction.channel_id or 0, wish)
        found = await send.promptly(interaction, beginning)
        await send.reply(interaction, await games.quiz_message(interaction, found), private=True)

    @quiz.command(name=locale_str("race"), description=locale_str("Start a race: everybody answers the same questions"))
    @app_commands.rename(topic=locale_str("topic"), count=locale_str("count"), seconds=locale_str("seconds"))
    @app_commands.describe(
        topic=locale_str("What the questions are about; all topics if left out"),
        count=locale_str("How many questions; 5 if left out"),
        seconds=locale_str("Time for each question; 30 seconds if left out"),
    )
    async def race(
        self, interaction: send.Interaction, topic: _Topic = "", count: _Count = 5, seconds: _Seconds = 30
    ) -> None:
        """Begin a race in this channel."""
        send.require_group(interaction)
        games.require_writing(interaction)
        texts = await self.bot.texts_of(interaction.guild_id or 0)
        wish = choosing.wish(topic, count, chinese=texts.chinese)
        place = interaction.channel_id or 0
        beginning = self.bot.services.races.start(send.who(interaction), place, wish, seconds=seconds)
        found = await send.promptly(interaction, beginning)
        await send.reply(interaction, games.race_message(interaction, found), private=True)

    @quiz.command(name=locale_str("stop"), description=locale_str("End the race in this channel"))
    async def stop(self, interaction: send.Interaction) -> None:
        """End the race in this channel."""
        send.require_group(interaction)
        stopping = self.bot.services.races.stop_in
        may = games.manages(interaction)
        await send.promptly(interaction, stopping(interaction.channel_id or 0, send.who(interaction), manages=may))
        await send.reply(interaction, races.stopped(self.bot.text_for(interaction)), private=True)

    @start.autocomplete("topic")
    @race.autocomplete("topic")
    async def topics(self, interaction: send.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the topics whose name holds what was typed, the largest first; any other text is understood, too."""
        chinese = self.bot.text_for(interaction).chinese
        try:
            found = await self.bot.services.quizzes.topics(send.who(interaction).guild_id, chinese=chinese)
        except Exception:
            log.exception("No topics to offer")
            return []
        wanted = typed.strip().casefold()
        names = [topic.name for topic in found if wanted in topic.name.casefold()][: limits.CHOICES]
        return [app_commands.Choice(name=limits.cut(n, limits.CHOICE), value=n[: limits.CHOICE]) for n in names]
