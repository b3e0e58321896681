"""What can be pressed under an answer: pages, the other language, suggestions, the next best matches."""

from __future__ import annotations

import re
from typing import Any, Self

import discord

from bot.render import presses
from bot.views import places, send
from bot.views.pressable import Pressable

_Button = discord.ui.Button[Any]
_Select = discord.ui.Select[Any]


async def _open(interaction: send.Interaction, section_id: str, page: int | None = None) -> None:
    await send.acknowledge(interaction)
    answer = await places.library(interaction).open(section_id)
    await send.answer(interaction, answer, page)


class PageButton(Pressable, discord.ui.DynamicItem[_Button], template=presses.EXPLAIN):
    """Turns to a page of an answer."""

    def __init__(self, item: _Button, section_id: str, page: int | None) -> None:
        super().__init__(item)
        self.section_id = section_id
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the section and the page, which only turning buttons carry."""
        assert isinstance(item, discord.ui.Button)  # noqa: S101 - dispatched by the kind of component, too
        page = match.groupdict().get("page")
        return cls(item, match["section"], int(page) if page else None)

    async def press(self, interaction: send.Interaction) -> None:
        """Show the section."""
        await _open(interaction, self.section_id, self.page)


class TwinButton(PageButton, template=presses.TWIN):
    """Shows the section that says the same in the other language."""


class SuggestionButton(PageButton, template=presses.SUGGEST):
    """Shows a heading that was near to what the notes do not have."""


class AlsoButton(PageButton, template=presses.ALSO):
    """Shows a section of the PDF beside a note, or of the PDF whose page is shown."""


class RelatedSelect(Pressable, discord.ui.DynamicItem[_Select], template=presses.RELATED):
    """Shows what was chosen among the next best matches."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Take the select as it is: what was chosen comes with the press."""
        assert isinstance(item, discord.ui.Select)  # noqa: S101 - dispatched by the kind of component, too
        return cls(item)

    async def press(self, interaction: send.Interaction) -> None:
        """Show the section chosen."""
        await _open(interaction, self.item.values[0])
