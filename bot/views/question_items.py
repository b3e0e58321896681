"""What can be done about a question that was asked: keep it for review."""

from __future__ import annotations

import re
from typing import Any, Self

import discord

from bot.render import question_presses as presses
from bot.views import review, send
from bot.views.pressable import Pressable

_Button = discord.ui.Button[Any]


class KeepButton(Pressable, discord.ui.DynamicItem[_Button], template=presses.KEEP):
    """Adds the question to the presser's own reviews."""

    def __init__(self, item: _Button, round_id: int) -> None:
        super().__init__(item)
        self.round_id = round_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the round."""
        assert isinstance(item, discord.ui.Button)  # noqa: S101 - dispatched by the kind of component, too
        return cls(item, int(match["round"]))

    async def press(self, interaction: send.Interaction) -> None:
        """Add it."""
        await review.keep(interaction, self.round_id)


ITEMS = (KeepButton,)
