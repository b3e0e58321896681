"""What everything that can be pressed shares."""

from __future__ import annotations

import logging
import re
from typing import Any, Self, TypeVar

import discord

from bot.client import NOBODY
from bot.errors import SectionGoneError, TopicGoneError

log = logging.getLogger(__name__)


Button = discord.ui.Button[Any]
Select = discord.ui.Select[Any]
_Item = TypeVar("_Item", bound=discord.ui.Item[Any])


class Pressable(discord.ui.DynamicItem[_Item], template=r"(?!)"):
    """A dynamic item that tells whoever pressed it what went wrong, where discord.py would only log it.

    Attributes:
        carried: what its custom_id carries, by the groups of its template that matched.
    """

    def __init__(self, item: Any, match: re.Match[str]) -> None:
        super().__init__(item)
        self.carried = {name: value for name, value in match.groupdict().items() if value is not None}

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read what was pressed; what was chosen in a select comes with the press."""
        return cls(item, match)

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
        button, view = self.item, self.view
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
