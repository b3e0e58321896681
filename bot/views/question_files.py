"""Files of questions that are sent to the bot, and those that it sends."""

from __future__ import annotations

import discord

from bot.render import question_files
from bot.services.importing import MAX_BYTES
from bot.services.question_errors import FileTooLargeError
from bot.views import send
from bot.views.editors import manager


async def look(interaction: send.Interaction, file: discord.Attachment) -> None:
    """Show what importing *file* would do.

    Raises:
        FileTooLargeError: nobody types so much; it is not even read.
    """
    who, bot = manager(interaction), interaction.client
    if file.size > MAX_BYTES:
        raise FileTooLargeError(MAX_BYTES // 1_000_000)
    await interaction.response.defer(thinking=True, ephemeral=True)
    found = await bot.services.editing.importing.look(who, file.filename, await file.read())
    await send.reply(interaction, question_files.preview(found, bot.text_for(interaction)))


async def export(interaction: send.Interaction, form: str) -> None:
    """Send the group's own questions as a file.

    Raises:
        NothingToExportError: there are none.
    """
    who, bot = manager(interaction), interaction.client
    await interaction.response.defer(thinking=True, ephemeral=True)
    count, content = await bot.services.editing.importing.export(who, form)
    name = f"questions.{form}"
    await send.reply(interaction, question_files.exported(count, name, content, bot.text_for(interaction)))
