"""The button that shows a page of a PDF as a picture."""

from __future__ import annotations

import re

from bot.render import pdf_pages as pages
from bot.render import presses
from bot.services import pdf_pages
from bot.views import places, send
from bot.views.pressable import Button, Pressable


class PdfPageButton(Pressable[Button], template=presses.PDF_PAGE):
    """Shows a page."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.section_id = self.carried["section"]
        self.page = int(self.carried["page"])

    async def press(self, interaction: send.Interaction) -> None:
        """Draw the page and show it."""
        await send.acknowledge(interaction)
        studio = interaction.client.services.studio
        page = await pdf_pages.draw(places.library(interaction), studio, self.section_id, self.page)
        await send.reply(interaction, pages.of_page(page, interaction.client.text_for(interaction)))
