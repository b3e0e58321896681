"""What can be pressed about a group's own questions: look, page, decide, change."""

from __future__ import annotations

import asyncio
import re

from bot.render import authoring_presses as presses
from bot.render import question_desk, question_entries, question_forms
from bot.services.entries import Entry, Filling
from bot.views import forms, send
from bot.views.editors import acknowledge, editor, manager, show
from bot.views.pressable import Button, Pressable, Select


class EntryButton(Pressable[Button], template=presses.SHOW):
    """Shows a question."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.question_id = self.carried.get("question", "")
        self.version = int(self.carried.get("version", 0))

    async def press(self, interaction: send.Interaction) -> None:
        """Show it."""
        await acknowledge(interaction)
        await show_entry(interaction, self.question_id)


class ListButton(EntryButton, template=presses.LIST):
    """Turns a page of a list."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the page."""
        await acknowledge(interaction)
        everybody = self.carried["whose"] == presses.EVERYBODY
        await show_list(interaction, self.carried["state"], everybody=everybody, page=int(self.carried["page"]))


class QueueButton(EntryButton, template=presses.QUEUE):
    """Goes to the suggestion after one."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show it."""
        manager(interaction)
        await acknowledge(interaction)
        await show_queue(interaction, int(self.carried["after"]))


class ApproveButton(EntryButton, template=presses.APPROVE):
    """Lets a question be asked."""

    async def press(self, interaction: send.Interaction) -> None:
        """Approve it and show what comes next."""
        who = manager(interaction)
        await acknowledge(interaction)
        found = await interaction.client.services.editing.authoring.approve(who, self.question_id, self.version)
        await show_next(interaction, found, self.carried["back"])


class RetireButton(EntryButton, template=presses.RETIRE):
    """Lets a question not be asked any more."""

    async def press(self, interaction: send.Interaction) -> None:
        """Retire it and show what comes next."""
        who = manager(interaction)
        await acknowledge(interaction)
        found = await interaction.client.services.editing.authoring.retire(who, self.question_id, self.version)
        await show_next(interaction, found, self.carried["back"])


class RejectButton(EntryButton, template=presses.REJECT):
    """Shows the window in which a rejection is reasoned."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the window."""
        manager(interaction)
        texts, back = interaction.client.text_for(interaction), back_of(self.carried["back"])
        await forms.ask(interaction, question_forms.rejection(self.question_id, self.version, back, texts))


class EditButton(EntryButton, template=presses.EDIT):
    """Shows the window that changes a question."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the window."""
        filling = await interaction.client.services.editing.authoring.form_of(editor(interaction), self.question_id)
        await ask(interaction, filling)


class DraftButton(EntryButton, template=presses.DRAFT):
    """Shows a window again with what was typed into it."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the window."""
        filling = await interaction.client.services.editing.authoring.draft(
            editor(interaction), int(self.carried["row"])
        )
        await ask(interaction, filling)


class EntrySelect(Pressable[Select], template=presses.PICK):
    """Shows the question that was picked in a list."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the question."""
        await acknowledge(interaction)
        await show_entry(interaction, self.item.values[0])


async def ask(interaction: send.Interaction, filling: Filling) -> None:
    """Show the window of a question."""
    await forms.ask(interaction, question_forms.form(filling, interaction.client.text_for(interaction)))


async def show_entry(interaction: send.Interaction, question_id: str) -> None:
    """Show a question.

    Raises:
        QuestionGoneError
    """
    who = editor(interaction)
    found = await interaction.client.services.editing.lookup.entry(who, question_id)
    texts = interaction.client.text_for(interaction)
    await show(interaction, await asyncio.to_thread(question_entries.entry, found, texts, manages=who.manages))


async def show_list(interaction: send.Interaction, letter: str, *, everybody: bool, page: int = 0) -> None:
    """Show a page of questions, with one's own appeals on the first."""
    who, editing = editor(interaction), interaction.client.services.editing
    state = question_entries.state_of(letter)
    found = await editing.lookup.listed(who, state=state, everybody=everybody, page=page)
    own = await editing.appeals.own(who.who) if state is None else ()
    await show(interaction, question_entries.listing(found, own, interaction.client.text_for(interaction)))


async def show_queue(interaction: send.Interaction, after: int = 0, note: str = "") -> None:
    """Show the suggestion that is to be decided about next."""
    found = await interaction.client.services.editing.lookup.queue(manager(interaction), after)
    texts = interaction.client.text_for(interaction)
    await show(interaction, await asyncio.to_thread(question_entries.queue, found, texts, note=note))


async def show_reports(interaction: send.Interaction, place: int = 0, note: str = "") -> None:
    """Show an open report."""
    found = await interaction.client.services.editing.reports.at(manager(interaction), place)
    texts = interaction.client.text_for(interaction)
    await show(interaction, await asyncio.to_thread(question_desk.reports, found, texts, note=note))


async def show_next(interaction: send.Interaction, found: Entry, back: str) -> None:
    """Show what comes after a decision: the queue, the reports, or the question itself."""
    texts = interaction.client.text_for(interaction)
    note = question_entries.decided(found, texts)
    if back == "q":
        await show_queue(interaction, found.number, note)
    elif back == "r":
        await show_reports(interaction, note=note)
    else:
        await show(interaction, await asyncio.to_thread(question_entries.entry, found, texts, manages=True))


def back_of(letter: str) -> presses.Back:
    """Return where a decision leads, as its button carries it."""
    return "q" if letter == "q" else "r" if letter == "r" else "d"


ITEMS = (
    EntryButton,
    ListButton,
    QueueButton,
    ApproveButton,
    RetireButton,
    RejectButton,
    EditButton,
    DraftButton,
    EntrySelect,
)
