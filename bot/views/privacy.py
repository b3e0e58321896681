"""The window that asks whether to delete somebody's data."""

from __future__ import annotations

import re

from bot.render import privacy
from bot.views import forms, send


class DeletionForm(forms.FormHandler, template=privacy.DELETION):
    """Deletes the data of whoever typed the word."""

    @classmethod
    async def submit(cls, interaction: send.Interaction, _match: re.Match[str], filled: forms.Filled) -> None:
        """Delete, and say so."""
        bot = interaction.client
        privacy.require_confirmation("".join(filled.get(privacy.WORD, ())))
        await interaction.response.defer(thinking=True, ephemeral=True)
        await bot.services.privacy.delete(interaction.user.id)
        await send.reply(interaction, privacy.deleted(bot.text_for(interaction)), private=True)
