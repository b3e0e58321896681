"""What can be pressed under an answer: pages, the other language, suggestions, the next best matches."""

from __future__ import annotations

import re

from bot.render import presses
from bot.views import places, send
from bot.views.pressable import Button, Pressable, Select
from knowledge.model import Language


async def _open(interaction: send.Interaction, section_id: str, page: int | None = None) -> None:
    await send.acknowledge(interaction)
    answer = await places.library(interaction).open(section_id)
    await send.answer(interaction, answer, page)


class PageButton(Pressable[Button], template=presses.EXPLAIN):
    """Turns to a page of an answer."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.section_id = self.carried["section"]
        self.page = int(self.carried["page"]) if "page" in self.carried else None  # only turning buttons have it

    async def press(self, interaction: send.Interaction) -> None:
        """Show the section."""
        await _open(interaction, self.section_id, self.page)


class TwinButton(PageButton, template=presses.TWIN):
    """Shows the section that says the same in the other language."""


class SuggestionButton(PageButton, template=presses.SUGGEST):
    """Shows a heading that was near to what the notes do not have."""


class AlsoButton(PageButton, template=presses.ALSO):
    """Shows a section of a PDF, or of the note beside one, as far as there is one in the reader's language."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the section."""
        await send.acknowledge(interaction)
        language: Language = "zh" if interaction.client.text_for(interaction).chinese else "en"
        answer = await places.library(interaction).open(self.section_id, language)
        await send.answer(interaction, answer, self.page)


class RelatedSelect(Pressable[Select], template=presses.RELATED):
    """Shows what was chosen among the next best matches."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the section chosen."""
        await _open(interaction, self.item.values[0])
