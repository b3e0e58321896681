"""What can be pressed in /review. The window is its owner's own and changes in place; its state is in the database."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable

from bot.errors import TooLargeError
from bot.render import decks, limits, review
from bot.render import review_presses as presses
from bot.render.parts import Message
from bot.services.desk import Desk, Grade
from bot.services.review import DAILY
from bot.views import places, send
from bot.views.pressable import Button, Pressable, Select


async def begin(interaction: send.Interaction) -> None:
    """Show the card that is due, to its owner alone."""
    await interaction.response.defer(thinking=True, ephemeral=True)
    desk = await interaction.client.services.review.next(send.who(interaction))
    await send.reply(interaction, await _message(interaction, desk))


async def export(interaction: send.Interaction, form: str) -> None:
    """Send all cards as a file, to their owner alone.

    Raises:
        NoCardsError: there are none.
        TooLargeError: Discord takes no file of that size here.
    """
    await interaction.response.defer(thinking=True, ephemeral=True)
    bot, pack = interaction.client, decks.PACKERS[form]
    cards = await bot.services.review.deck(send.who(interaction))
    reader = decks.Reader(bot.text_for(interaction), interaction.created_at, places.library(interaction).places)
    content = await asyncio.to_thread(pack, cards, reader)
    if len(content) > (interaction.filesize_limit or limits.FILE_BYTES):
        raise TooLargeError
    await send.reply(interaction, decks.message(f"studybot.{form}", content, len(cards), reader.texts))


async def keep(interaction: send.Interaction, round_id: int) -> None:
    """Make a card of a round's question."""
    added = await send.promptly(interaction, interaction.client.services.review.keep(send.who(interaction), round_id))
    await send.reply(interaction, review.kept(added, interaction.client.text_for(interaction)), private=True)


async def _show(interaction: send.Interaction, doing: Awaitable[Desk]) -> None:
    await interaction.response.defer()
    await send.replace(interaction, await _message(interaction, await doing))


async def _message(interaction: send.Interaction, desk: Desk) -> Message:
    return await asyncio.to_thread(review.desk, desk, interaction.client.text_for(interaction), limit=DAILY)


class NextButton(Pressable[Button], template=presses.NEXT):
    """Looks for a card that is due."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.card = self.carried.get("card", "")
        self.version = int(self.carried.get("version", 0))

    async def press(self, interaction: send.Interaction) -> None:
        """Show the card that is due."""
        await _show(interaction, interaction.client.services.review.next(send.who(interaction)))


class ShowButton(NextButton, template=presses.SHOW):
    """Shows the answer."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the answer."""
        reviews = interaction.client.services.review
        await _show(interaction, reviews.reveal(send.who(interaction), int(self.card), self.version))


class PickButton(NextButton, template=presses.PICK):
    """Answers with one choice."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show whether it is right."""
        reviews, given = interaction.client.services.review, [int(self.carried["place"])]
        await _show(interaction, reviews.reveal(send.who(interaction), int(self.card), self.version, given))


class GradeButton(NextButton, template=presses.GRADE):
    """Grades the card."""

    async def press(self, interaction: send.Interaction) -> None:
        """Grade it and show the next one."""
        reviews, grade = interaction.client.services.review, Grade(int(self.carried["grade"]))
        await _show(interaction, reviews.grade(send.who(interaction), int(self.card), self.version, grade))


class UndoButton(NextButton, template=presses.UNDO):
    """Takes the last grade back."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the card again as it was."""
        reviews = interaction.client.services.review
        await _show(interaction, reviews.undo(send.who(interaction), int(self.card), self.version))


class AsideButton(NextButton, template=presses.ASIDE):
    """Lets the card rest."""

    async def press(self, interaction: send.Interaction) -> None:
        """Set it aside and show the next one."""
        reviews = interaction.client.services.review
        await _show(interaction, reviews.set_aside(send.who(interaction), int(self.card), self.version))


class BackButton(NextButton, template=presses.BACK):
    """Asks again for what was set aside."""

    async def press(self, interaction: send.Interaction) -> None:
        """Take one card back, or all."""
        card_id = int(self.card) if self.card.isdigit() else None
        await _show(interaction, interaction.client.services.review.take_back(send.who(interaction), card_id))


class PractiseButton(NextButton, template=presses.PRACTISE):
    """Goes through the cards without an effect on their schedules."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the next card, or the answer of this one."""
        reviews, revealed = interaction.client.services.review, self.carried["stage"] == presses.ANSWER
        await _show(interaction, reviews.practise(send.who(interaction), int(self.card), revealed=revealed))


class PickSelect(Pressable[Select], template=presses.SEVERAL):
    """Answers with all choices that were picked."""

    def __init__(self, item: Select, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.card_id = int(self.carried["card"])
        self.version = int(self.carried["version"])

    async def press(self, interaction: send.Interaction) -> None:
        """Show whether it is right."""
        places = [int(value) for value in self.item.values if value.isascii() and value.isdigit()]
        reviews = interaction.client.services.review
        await _show(interaction, reviews.reveal(send.who(interaction), self.card_id, self.version, places))


ITEMS = (
    NextButton,
    ShowButton,
    PickButton,
    GradeButton,
    UndoButton,
    AsideButton,
    BackButton,
    PractiseButton,
    PickSelect,
)
