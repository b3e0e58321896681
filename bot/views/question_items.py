"""What can be done about a question that was asked: keep it for review, report it, appeal; and settling that."""

from __future__ import annotations

import asyncio
import re

from bot.render import authoring_presses as presses
from bot.render import question_desk, question_files, question_forms, question_presses
from bot.views import forms, review, send
from bot.views.editors import acknowledge, manager, show
from bot.views.pressable import Button, Pressable
from bot.views.question_entries import show_reports


class KeepButton(Pressable[Button], template=question_presses.KEEP):
    """Adds the question to the presser's own reviews."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.key = int(match[1])

    async def press(self, interaction: send.Interaction) -> None:
        """Add it."""
        await review.keep(interaction, self.key)


class ReportButton(KeepButton, template=question_presses.REPORT):
    """Shows the window in which a report is reasoned."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the window."""
        await interaction.client.services.editing.reports.asked(send.who(interaction), self.key)
        await forms.ask(interaction, question_forms.report(self.key, interaction.client.text_for(interaction)))


class AppealButton(KeepButton, template=question_presses.APPEAL):
    """Asks for a look at what was typed."""

    async def press(self, interaction: send.Interaction) -> None:
        """Keep the appeal."""
        appeals = interaction.client.services.editing.appeals
        added = await send.promptly(interaction, appeals.appeal(send.who(interaction), self.key))
        message = question_desk.appealed(added, interaction.client.text_for(interaction))
        await send.reply(interaction, message, private=True)


class ReportsButton(KeepButton, template=presses.REPORTS):
    """Goes to an open report."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show it."""
        manager(interaction)
        await acknowledge(interaction)
        await show_reports(interaction, self.key)


class DismissButton(KeepButton, template=presses.DISMISS):
    """Settles a report without a change."""

    async def press(self, interaction: send.Interaction) -> None:
        """Settle it and show the next."""
        who = manager(interaction)
        await acknowledge(interaction)
        await interaction.client.services.editing.reports.dismiss(who, self.key)
        await show_reports(interaction, note=question_desk.dismissed(interaction.client.text_for(interaction)))


class AppealsButton(KeepButton, template=presses.APPEALS):
    """Goes to an open appeal."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show it."""
        manager(interaction)
        await acknowledge(interaction)
        await show_appeals(interaction, self.key)


class AcceptButton(KeepButton, template=presses.ACCEPT):
    """Lets what was typed count."""

    async def press(self, interaction: send.Interaction) -> None:
        """Accept it and show the next."""
        who = manager(interaction)
        await acknowledge(interaction)
        found = await interaction.client.services.editing.appeals.accept(who, self.key)
        await show_appeals(interaction, note=question_desk.decision(found, interaction.client.text_for(interaction)))


class DeclineButton(KeepButton, template=presses.DECLINE):
    """Leaves what was typed as it was marked."""

    async def press(self, interaction: send.Interaction) -> None:
        """Decline it and show the next."""
        who = manager(interaction)
        await acknowledge(interaction)
        found = await interaction.client.services.editing.appeals.decline(who, self.key)
        await show_appeals(interaction, note=question_desk.decision(found, interaction.client.text_for(interaction)))


class ImportButton(KeepButton, template=presses.IMPORT):
    """Imports the file that was looked at."""

    async def press(self, interaction: send.Interaction) -> None:
        """Import it."""
        who = manager(interaction)
        await acknowledge(interaction)
        found = await interaction.client.services.editing.importing.commit(who, self.key)
        await show(interaction, question_files.imported(found, interaction.client.text_for(interaction)))


async def show_appeals(interaction: send.Interaction, place: int = 0, note: str = "") -> None:
    """Show an open appeal."""
    found = await interaction.client.services.editing.appeals.at(manager(interaction), place)
    texts = interaction.client.text_for(interaction)
    await show(interaction, await asyncio.to_thread(question_desk.appeals, found, texts, note=note))


ITEMS = (
    KeepButton,
    ReportButton,
    AppealButton,
    ReportsButton,
    DismissButton,
    AppealsButton,
    AcceptButton,
    DeclineButton,
    ImportButton,
)
