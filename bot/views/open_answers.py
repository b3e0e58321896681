"""What is pressed and filled in about answers in people's own words: writing, grading, reading, voting."""

from __future__ import annotations

import asyncio
import re

from bot.errors import AnsweredError, NotAnsweredError
from bot.render import daily_presses as presses
from bot.render import open_answers
from bot.render.parts import Message
from bot.views import forms, send
from bot.views.forms import Filled, FormHandler
from bot.views.pressable import Button, Pressable


async def ask(interaction: send.Interaction, round_id: int) -> None:
    """Show the window in which an open question is answered."""
    answers = interaction.client.services.daily.open_answers
    try:
        found = await answers.begun(round_id, send.who(interaction))
    except AnsweredError:
        await _show_own(interaction, round_id)
        return
    await forms.ask(interaction, open_answers.form(found, interaction.client.text_for(interaction)))


async def _show_own(interaction: send.Interaction, round_id: int) -> None:
    daily = interaction.client.services.daily
    found = await send.promptly(interaction, daily.open_answers.own(round_id, send.who(interaction)))
    if found is None:
        raise NotAnsweredError
    told = await daily.journal.told(found.asked)
    message = await asyncio.to_thread(open_answers.own, found, told, interaction.client.text_for(interaction))
    await send.reply(interaction, message, private=True)


class WrittenForm(FormHandler, template=presses.WRITTEN):
    """Takes an answer in somebody's own words."""

    @classmethod
    async def submit(cls, interaction: send.Interaction, match: re.Match[str], filled: Filled) -> None:
        """Keep it."""
        daily = interaction.client.services.daily
        text = "".join(filled.get(open_answers.ANSWER, ()))
        submitting = daily.open_answers.submit(int(match["round"]), send.who(interaction), text)
        found = await send.promptly(interaction, submitting)
        told = await daily.journal.told(found.asked)
        texts = interaction.client.text_for(interaction)
        message = await asyncio.to_thread(open_answers.submitted, found, told, texts)
        await send.reply(interaction, message, private=True)


class GradeButton(Pressable[Button], template=presses.GRADE):
    """Shows the window in which one's own answer is graded."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.round_id = int(self.carried["round"])

    async def press(self, interaction: send.Interaction) -> None:
        """Show the window."""
        answers = interaction.client.services.daily.open_answers
        found = await answers.standing(self.round_id, send.who(interaction))
        await forms.ask(interaction, open_answers.grade_form(found, interaction.client.text_for(interaction)))


class GradedForm(FormHandler, template=presses.GRADED):
    """Counts an answer by the key points that its author found in it."""

    @classmethod
    async def submit(cls, interaction: send.Interaction, match: re.Match[str], filled: Filled) -> None:
        """Count it."""
        ticks = [int(one) for one in filled.get(open_answers.POINTS, ()) if one.isascii() and one.isdigit()]
        answers = interaction.client.services.daily.open_answers
        found = await send.promptly(interaction, answers.grade(int(match["round"]), send.who(interaction), ticks))
        await send.reply(
            interaction, open_answers.graded(found, interaction.client.text_for(interaction)), private=True
        )


async def _page(interaction: send.Interaction, round_id: int, page: int) -> Message:
    found = await interaction.client.services.daily.open_answers.page(round_id, send.who(interaction), page)
    return await asyncio.to_thread(open_answers.page, found, interaction.client.text_for(interaction))


class AnswersButton(Pressable[Button], template=presses.READ):
    """Shows a page of the answers."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.round_id = int(self.carried["round"])
        self.page = int(self.carried["page"])
        self.answer_id = int(self.carried.get("answer", 0))  # only votes have it

    async def press(self, interaction: send.Interaction) -> None:
        """Show the page: in place of another page, else in a reply of its own."""
        await send.acknowledge(interaction)
        await send.reply(interaction, await _page(interaction, self.round_id, self.page), private=True)


class VoteButton(AnswersButton, template=presses.VOTE):
    """Votes for an answer."""

    async def press(self, interaction: send.Interaction) -> None:
        """Count the vote and show the page as it stands."""
        await send.acknowledge(interaction)
        answers = interaction.client.services.daily.open_answers
        await answers.vote(self.answer_id, send.who(interaction))
        await send.reply(interaction, await _page(interaction, self.round_id, self.page), private=True)
