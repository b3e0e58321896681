"""What follows an answer to a question."""

from __future__ import annotations

from bot.render import asking
from bot.services.rounds import Verdict
from bot.views import send


async def answered(interaction: send.Interaction, verdict: Verdict) -> None:
    """Tell the one who answered."""
    texts = interaction.client.text_for(interaction)
    await send.reply(interaction, asking.verdict(verdict, texts, reveal=True), private=True)
