"""What can be pressed under /topics: up, back, next, and the choice at each level."""

from __future__ import annotations

import re

from bot.client import StudyBot
from bot.render import presses, topics
from bot.render.parts import Message
from bot.views import places, send
from bot.views.pressable import Button, Pressable, Select


def page(interaction: send.Interaction, level: str, key: str, number: int) -> Message:
    """Return what stands at one place of the tree.

    Raises:
        NotesLoadingError, TopicGoneError
    """
    bot: StudyBot = interaction.client
    found, texts = places.library(interaction).topics, bot.text_for(interaction)
    if level == presses.CATEGORY:
        return topics.category(found.category(key), number, texts)
    if level == presses.NOTE:
        category, note = found.note(key)
        return topics.note(category, note, number, texts)
    return topics.categories(found.categories, number, texts)


class TopicsButton(Pressable[Button], template=presses.TOPICS):
    """Goes to a place of the tree."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.level = self.carried["level"]
        self.key = self.carried["key"]
        self.page = int(self.carried["page"])

    async def press(self, interaction: send.Interaction) -> None:
        """Show the place."""
        await send.acknowledge(interaction)
        await send.reply(interaction, page(interaction, self.level, self.key, self.page))


class TopicsSelect(Pressable[Select], template=presses.PICK):
    """Goes to what was chosen: from all to a category, to a note, to a section."""

    def __init__(self, item: Select, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.level = self.carried["level"]

    async def press(self, interaction: send.Interaction) -> None:
        """Show what was chosen."""
        await send.acknowledge(interaction)
        chosen = self.item.values[0]
        if self.level == presses.NOTE:
            await send.answer(interaction, await places.library(interaction).open(chosen))
        else:
            below = presses.CATEGORY if self.level == presses.ALL else presses.NOTE
            await send.reply(interaction, page(interaction, below, chosen, 0))
