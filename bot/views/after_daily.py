"""What follows an answer to a daily question or a test of one: what is right at once, later, or for practice."""

from __future__ import annotations

import asyncio

from bot.render import daily
from bot.services.rounds import Given, Verdict
from bot.views import open_answers, send


async def answered(interaction: send.Interaction, verdict: Verdict) -> None:
    """Tell the one who answered what they may know now."""
    bot = interaction.client
    told = await bot.services.daily.journal.told(verdict.asked)
    message = await asyncio.to_thread(daily.answered, verdict, told, bot.text_for(interaction))
    await send.reply(interaction, message, private=True)


async def late(interaction: send.Interaction, round_id: int, given: Given) -> None:
    """Mark an answer that came too late to count, for practice.

    Raises:
        RoundClosedError: what is right is not shown yet, or this was no daily question.
    """
    bot = interaction.client
    journal = bot.services.daily.journal
    verdict = await send.promptly(interaction, journal.practise(round_id, send.who(interaction), given))
    told = await journal.told(verdict.asked)
    message = await asyncio.to_thread(daily.practised, verdict, told.section_id, bot.text_for(interaction))
    await send.reply(interaction, message, private=True)


async def ask_for_text(interaction: send.Interaction, round_id: int) -> None:
    """Show the window in which an open question is answered."""
    await open_answers.ask(interaction, round_id)
