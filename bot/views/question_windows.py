"""Windows that were filled in about questions: suggestions, changes, reasons."""

from __future__ import annotations

import asyncio
import re

from bot.render import authoring_presses as presses
from bot.render import question_desk, question_entries, question_forms
from bot.services.entries import Blank, Difficulty, Filling, Kind, Refused, Sheet
from bot.views import send
from bot.views.editors import acknowledge, editor, manager, show
from bot.views.forms import Filled, FormHandler
from bot.views.question_entries import show_next


class SuggestedForm(FormHandler, template=presses.SUGGESTED):
    """A new question."""

    @classmethod
    async def submit(cls, interaction: send.Interaction, match: re.Match[str], filled: Filled) -> None:
        """Keep it until somebody decides, or tell what is wrong with it."""
        who, texts = editor(interaction), interaction.client.text_for(interaction)
        await acknowledge(interaction)
        filling = Filling(Blank(Kind(match["kind"]), Difficulty(int(match["difficulty"]))), _sheet(filled))
        found = await interaction.client.services.editing.authoring.suggest(who, filling, interaction.channel_id or 0)
        if isinstance(found, Refused):
            await show(interaction, question_forms.refused(found, texts))
        else:
            await show(interaction, question_entries.suggested(found, texts))


class EditedForm(FormHandler, template=presses.EDITED):
    """A question that was changed."""

    @classmethod
    async def submit(cls, interaction: send.Interaction, match: re.Match[str], filled: Filled) -> None:
        """Change it, or tell what is wrong with it."""
        who, editing = editor(interaction), interaction.client.services.editing
        await acknowledge(interaction)
        entry = await editing.lookup.entry(who, match["question"])
        blank = Blank(
            entry.question.kind, Difficulty(int(match["difficulty"])), match["question"], int(match["version"])
        )
        found = await editing.authoring.change(who, Filling(blank, _sheet(filled)))
        texts = interaction.client.text_for(interaction)
        if isinstance(found, Refused):
            await show(interaction, question_forms.refused(found, texts))
        else:
            await show(interaction, await asyncio.to_thread(question_entries.entry, found, texts, manages=who.manages))


class RejectedForm(FormHandler, template=presses.REJECTED):
    """The reason of a rejection."""

    @classmethod
    async def submit(cls, interaction: send.Interaction, match: re.Match[str], filled: Filled) -> None:
        """Reject the question and show what comes next."""
        who = manager(interaction)
        await acknowledge(interaction)
        reason, key = _reason(filled), (match["question"], int(match["version"]))
        found = await interaction.client.services.editing.authoring.reject(who, *key, reason)
        await show_next(interaction, found, match["back"])


class ReportedForm(FormHandler, template=presses.REPORTED):
    """What is wrong with a question that was asked."""

    @classmethod
    async def submit(cls, interaction: send.Interaction, match: re.Match[str], filled: Filled) -> None:
        """Keep the report."""
        reports, who = interaction.client.services.editing.reports, send.who(interaction)
        added = await send.promptly(interaction, reports.report(who, int(match["round"]), _reason(filled)))
        message = question_desk.reported(added, interaction.client.text_for(interaction))
        await send.reply(interaction, message, private=True)


def _reason(filled: Filled) -> str:
    return "\n".join(filled.get(question_forms.REASON, ()))


def _sheet(filled: Filled) -> Sheet:
    return Sheet(**{name: "\n".join(filled.get(name, ())) for name in Sheet.__slots__})


FORMS = (SuggestedForm, EditedForm, RejectedForm, ReportedForm)
