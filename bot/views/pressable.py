"""What everything that can be pressed shares."""

from __future__ import annotations

import logging
from typing import Any

import discord

from bot.client import NOBODY
from bot.errors import SectionGoneError, TopicGoneError

log = logging.getLogger(__name__)


class Pressable:
    """Mixin for dynamic items, first in the bases: discord.py only logs what they raise; here the user is told."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the press asks for."""
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Run press() and report what it raises."""
        try:
            interaction.client.presses_pace.take(interaction.user.id, interaction.created_at)
            await self.press(interaction)
        except (SectionGoneError, TopicGoneError) as error:
            await interaction.client.report(interaction, error)
            await self._retire(interaction)
        except Exception as error:  # noqa: BLE001 - outermost frame of a press
            await interaction.client.report(interaction, error)

    async def _retire(self, interaction: discord.Interaction[Any]) -> None:
        """Disable a button that leads nowhere any more, where the message is the presser's own and shows no files.

        A message with files is left alone: sent back, its pictures would be links that expire.
        """
        button, view = getattr(self, "item", None), getattr(self, "view", None)
        in_place = interaction.response.type is discord.InteractionResponseType.deferred_message_update
        if not isinstance(button, discord.ui.Button) or view is None or not in_place or interaction.message is None:
            return
        if interaction.message.attachments:
            return
        button.disabled = True
        view.stop()
        try:
            await interaction.edit_original_response(view=view, allowed_mentions=NOBODY)
        except discord.HTTPException as error:
            log.warning("A button that leads nowhere could not be disabled: %s", error)
