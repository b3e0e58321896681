"""What answers a question: buttons, menus and windows. What follows an answer depends on where it was asked."""

from __future__ import annotations

import re

from bot.errors import NotAnOrderError, RoundClosedError
from bot.render import asking
from bot.render import asking_presses as presses
from bot.services.rounds import DAILY, TEST, Given, Verdict
from bot.views import after_daily, after_game, forms, places, send
from bot.views.forms import Filled, FormHandler
from bot.views.pressable import Button, Pressable, Select


async def _take(interaction: send.Interaction, round_id: int, given: Given) -> None:
    rounds = interaction.client.services.rounds
    try:
        verdict: Verdict = await send.promptly(interaction, rounds.answer(round_id, send.who(interaction), given))
    except RoundClosedError:
        await after_daily.late(interaction, round_id, given)
        return
    if verdict.asked.source in {DAILY, TEST}:
        await after_daily.answered(interaction, verdict)
    else:
        await after_game.answered(interaction, verdict)


class RoundButton(Pressable[Button], template=presses.TYPE):
    """Shows the window in which an answer is typed."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.round_id = int(self.carried["round"])
        self.place = int(self.carried.get("place", 0))

    async def press(self, interaction: send.Interaction) -> None:
        """Show the window."""
        asked = await interaction.client.services.rounds.theirs(self.round_id, send.who(interaction))
        await forms.ask(interaction, asking.typed_form(asked, interaction.client.text_for(interaction)))


class OrderButton(RoundButton, template=presses.ORDER):
    """Shows the window in which letters are put in order."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the window."""
        asked = await interaction.client.services.rounds.theirs(self.round_id, send.who(interaction))
        await forms.ask(interaction, asking.order_form(asked, interaction.client.text_for(interaction)))


class ChoiceButton(RoundButton, template=presses.CHOICE):
    """Answers with one choice."""

    async def press(self, interaction: send.Interaction) -> None:
        """Take the answer."""
        asked = await interaction.client.services.rounds.asked(self.round_id)
        await _take(interaction, self.round_id, asked.picked([self.place]))


class OpenButton(RoundButton, template=presses.OPEN):
    """Shows the window in which an open question is answered."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the window."""
        await after_daily.ask_for_text(interaction, self.round_id)


class SeveralSelect(Pressable[Select], template=presses.SEVERAL):
    """Answers with all choices that were picked."""

    def __init__(self, item: Select, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.round_id = int(self.carried["round"])

    async def press(self, interaction: send.Interaction) -> None:
        """Take the answer."""
        asked = await interaction.client.services.rounds.asked(self.round_id)
        places = [int(value) for value in self.item.values if value.isascii() and value.isdigit()]
        await _take(interaction, self.round_id, tuple(sorted(asked.picked(places))))


class TypedForm(FormHandler, template=presses.TYPED):
    """Answers with a word or a number."""

    @classmethod
    async def submit(cls, interaction: send.Interaction, match: re.Match[str], filled: Filled) -> None:
        """Take the answer."""
        await _take(interaction, int(match["round"]), "".join(filled.get("answer", ())))


class OrderedForm(FormHandler, template=presses.ORDERED):
    """Answers with letters in order."""

    @classmethod
    async def submit(cls, interaction: send.Interaction, match: re.Match[str], filled: Filled) -> None:
        """Take the answer."""
        asked = await interaction.client.services.rounds.asked(int(match["round"]))
        places = places_of("".join(filled.get("answer", ())), len(asked.shuffle))
        await _take(interaction, asked.round_id, asked.picked(places))


def places_of(typed: str, choices: int) -> list[int]:
    """Return the places that letters name, in their order; blanks, commas, arrows and case do not matter.

    Raises:
        NotAnOrderError: a letter is missing, there twice, or none of the choices'.
    """
    places = [asking.LETTERS.find(letter) for letter in typed.upper() if letter.isalpha()]
    if sorted(places) != list(range(choices)):
        raise NotAnOrderError(asking.LETTERS[:choices])
    return places


class ReadButton(Pressable[Button], template=presses.READ):
    """Shows a section of the notes to whoever presses."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.section_id = self.carried["section"]

    async def press(self, interaction: send.Interaction) -> None:
        """Show the section."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await send.answer(interaction, await places.library(interaction).open(self.section_id))
