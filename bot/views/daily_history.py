"""What is pressed to look back at daily questions, and ahead: pages, past ones, another next one, the line."""

from __future__ import annotations

import asyncio
import re

from bot.errors import NotesLoadingError, StreamGoneError
from bot.render import daily_history
from bot.render import daily_presses as presses
from bot.render.parts import Message
from bot.services.journal import Outcome
from bot.views import permissions, send
from bot.views.pressable import Button, Pressable, Select


async def newest(interaction: send.Interaction, stream_id: int) -> Message:
    """Return the newest question of a stream, with what is wrong for those who can mend it."""
    bot, daily = interaction.client, interaction.client.services.daily
    stream = await daily.streams.one(interaction.guild_id or 0, str(stream_id))
    texts = bot.text_for(interaction)
    found = await daily.journal.newest(stream)
    message = await _shown(interaction, found) if found else daily_history.nothing_yet(stream, texts)
    if not interaction.permissions.manage_guild:
        return message
    try:
        standing = await daily.streams.overview(stream.guild_id, stream.id)
    except NotesLoadingError:
        return message
    return Message((*message.parts, *daily_history.for_managers(standing, texts)))


async def history(interaction: send.Interaction, stream_id: int, page: int = 0) -> Message:
    """Return a page of the past questions of a stream."""
    streams = interaction.client.services.daily.streams
    stream = await streams.one(interaction.guild_id or 0, str(stream_id))
    found = await interaction.client.services.daily.journal.history(stream, page)
    return daily_history.history(found, interaction.client.text_for(interaction))


async def queue(interaction: send.Interaction, stream_id: int) -> Message:
    """Return the questions picked by hand."""
    stream, waiting = await interaction.client.services.daily.lineup.waiting(interaction.guild_id or 0, stream_id)
    return daily_history.queue(stream, waiting, interaction.client.text_for(interaction))


async def preview(interaction: send.Interaction, stream_id: int) -> Message:
    """Return the question that comes next."""
    found = await interaction.client.services.daily.lineup.preview(interaction.guild_id or 0, stream_id)
    return await asyncio.to_thread(daily_history.preview, found, interaction.client.text_for(interaction))


async def _shown(interaction: send.Interaction, found: Outcome) -> Message:
    own = None
    if found.written:
        open_answers = interaction.client.services.daily.open_answers
        own = await open_answers.own(found.asked.round_id, send.who(interaction))
    return await asyncio.to_thread(daily_history.shown, found, interaction.client.text_for(interaction), own)


class HistoryButton(Pressable[Button], template=presses.HISTORY):
    """Turns to a page of past questions."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.stream_id = int(self.carried["id"])
        self.page = int(self.carried["page"])

    async def press(self, interaction: send.Interaction) -> None:
        """Show the page."""
        send.require_group(interaction)
        await send.acknowledge(interaction)
        await send.reply(interaction, await history(interaction, self.stream_id, self.page), private=True)


class OtherButton(Pressable[Button], template=presses.OTHER):
    """Lets another question come next."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.stream_id = int(self.carried["id"])
        self.question_id = self.carried["question"]

    async def press(self, interaction: send.Interaction) -> None:
        """Show which question comes then."""
        permissions.require_manager(interaction)
        await send.acknowledge(interaction)
        lineup = interaction.client.services.daily.lineup
        await lineup.pass_over(send.who(interaction), self.stream_id, self.question_id)
        await send.reply(interaction, await preview(interaction, self.stream_id), private=True)


class LookSelect(Pressable[Select], template=presses.LOOK):
    """Shows a past question."""

    def __init__(self, item: Select, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.stream_id = int(self.carried["id"])

    async def press(self, interaction: send.Interaction) -> None:
        """Show it beside the list, which stays."""
        send.require_group(interaction)
        post_id = self.item.values[0]
        if not post_id.isascii() or not post_id.isdigit() or len(post_id) > 18:
            raise StreamGoneError
        journal = interaction.client.services.daily.journal
        found = await send.promptly(interaction, journal.outcome(interaction.guild_id or 0, int(post_id)))
        await send.reply(interaction, await _shown(interaction, found), private=True)


class QueueSelect(LookSelect, template=presses.QUEUE):
    """Takes questions out of those picked by hand."""

    async def press(self, interaction: send.Interaction) -> None:
        """Take them out, and show what is left."""
        permissions.require_manager(interaction)
        await send.acknowledge(interaction)
        lineup = interaction.client.services.daily.lineup
        for question_id in self.item.values:
            await lineup.remove(send.who(interaction), self.stream_id, question_id)
        await send.reply(interaction, await queue(interaction, self.stream_id), private=True)
