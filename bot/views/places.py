"""Where somebody acts, and which notes are seen there."""

from __future__ import annotations

import discord

from bot.client import StudyBot
from bot.services.library import Library


def group_id(interaction: discord.Interaction[StudyBot]) -> int:
    """Return the group in which somebody acts; 0 for direct messages and for places where the bot is no member."""
    here = interaction.guild_id and interaction.client.get_guild(interaction.guild_id)
    return here.id if here else 0


def library(interaction: discord.Interaction[StudyBot]) -> Library:
    """Return the notes that are seen where somebody acts."""
    return interaction.client.services.libraries.of(group_id(interaction))
