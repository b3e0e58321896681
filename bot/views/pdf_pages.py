"""The button that shows a page of a PDF as a picture."""

from __future__ import annotations

import re
from typing import Any, Self

import discord

from bot.render import pdf_pages as pages
from bot.render import presses
from bot.services import pdf_pages
from bot.views import places, send
from bot.views.pressable import Pressable

_Button = discord.ui.Button[Any]


class PdfPageButton(Pressable, discord.ui.DynamicItem[_Button], template=presses.PDF_PAGE):
    """Shows a page."""

    def __init__(self, item: _Button, section_id: str, page: int) -> None:
        super().__init__(item)
        self.section_id = section_id
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the section and the page."""
        assert isinstance(item, discord.ui.Button)  # noqa: S101 - dispatched by the kind of component, too
        return cls(item, match["section"], int(match["page"]))

    async def press(self, interaction: send.Interaction) -> None:
        """Draw the page and show it."""
        await send.acknowledge(interaction)
        studio = interaction.client.services.studio
        page = await pdf_pages.draw(places.library(interaction), studio, self.section_id, self.page)
        await send.reply(interaction, pages.of_page(page, interaction.client.text_for(interaction)))
