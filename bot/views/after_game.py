"""What follows an answer in a game: a quiz moves on, a race only takes it until its round is over."""

from __future__ import annotations

import asyncio

from bot.render import asking, games
from bot.services.rounds import RACE, Verdict
from bot.views import send


async def answered(interaction: send.Interaction, verdict: Verdict) -> None:
    """Show what became of the answer, as far as it may be known."""
    texts, services = interaction.client.text_for(interaction), interaction.client.services
    if verdict.asked.source == RACE:
        await send.whisper(interaction, asking.verdict(verdict, texts, reveal=False))
        services.race_steps.looks.want(verdict.asked.game_id or 0)
    else:
        sheet = await services.quizzes.after(verdict)
        await send.replace(interaction, await asyncio.to_thread(games.sheet, sheet, texts))
