"""A bot that only replies to presses, as its own process: the peer of tests.bench.pressing."""

from __future__ import annotations

import asyncio
import os
from typing import Any, Self

import discord
from discord.ext import commands

from bot.client import point_at
from bot.render import asking_presses


class ReplyButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=asking_presses.CHOICE):
    """Replies."""

    @classmethod
    async def from_custom_id(cls, _interaction: Any, item: Any, _match: Any, /) -> Self:
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("Your answer is in: A", ephemeral=True)


class ReplyBot(commands.AutoShardedBot):
    """Nothing but discord.py and the button."""

    def __init__(self) -> None:
        super().__init__((), intents=discord.Intents(guilds=True), max_messages=None)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(ReplyButton)


async def main() -> None:
    """Run until killed."""
    point_at(os.environ["STUDYBOT_DISCORD_API"], os.environ["STUDYBOT_DISCORD_GATEWAY"])
    async with ReplyBot() as bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(main())
