"""The only place that turns a Message into Discord's components and sends it."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

import discord

from bot.client import NOBODY, StudyBot
from bot.errors import HereRefusedError
from bot.render import fallback, pages, stills
from bot.render.parts import Attachment, Button, Buttons, Menu, Message, Part, Picture, Separator, Text
from bot.services.groups import Who
from bot.views import pictures, places
from knowledge.model import Answer

log = logging.getLogger(__name__)

_PATIENCE_S: Final = 1.5
"""Of the 3 s that Discord waits for a first response."""
_TOO_MUCH: Final = frozenset({400, 413})
"""Refusals of what was sent: a form that breaks a rule, files that are too large together."""

Interaction = discord.Interaction[StudyBot]
_T = TypeVar("_T")
_STYLES: Final[Mapping[str, discord.ButtonStyle]] = MappingProxyType(
    {
        "plain": discord.ButtonStyle.secondary,
        "main": discord.ButtonStyle.primary,
        "good": discord.ButtonStyle.success,
        "bad": discord.ButtonStyle.danger,
    }
)
_Post = Callable[[discord.ui.LayoutView, list[discord.File]], Awaitable[object]]


async def think(interaction: Interaction) -> None:
    """Acknowledge a command whose answer takes a moment; only its user sees it where the bot is no member."""
    private = interaction.is_user_integration() and not interaction.is_guild_integration()
    await interaction.response.defer(thinking=True, ephemeral=private)


async def acknowledge(interaction: Interaction) -> None:
    """Acknowledge a press: what the presser asked for changes in place, anybody else gets a reply of their own."""
    if _asked_by_presser(interaction):
        await interaction.response.defer()
    else:
        await interaction.response.defer(thinking=True, ephemeral=True)


async def promptly(interaction: Interaction, work: Awaitable[_T]) -> _T:
    """Return what *work* does; if it takes its time, acknowledge with a reply that only its user will see."""
    late: list[asyncio.Task[None]] = []
    timer = asyncio.get_running_loop().call_later(
        _PATIENCE_S, lambda: late.append(asyncio.create_task(_put_off(interaction)))
    )
    try:
        return await work
    finally:
        timer.cancel()
        await asyncio.gather(*late)


async def _put_off(interaction: Interaction) -> None:
    if not interaction.response.is_done():
        await interaction.response.defer(thinking=True, ephemeral=True)


def who(interaction: Interaction) -> Who:
    """Return who acts, and in which group; 0 stands for direct messages and places where the bot is no member."""
    return Who(interaction.user.id, places.group_id(interaction), interaction.user.display_name)


def require_group(interaction: Interaction) -> None:
    """Refuse what belongs to a group where the bot is no member of one.

    Installed by a user, the bot meets people who manage a server that has nothing to do with these notes.

    Raises:
        HereRefusedError: in direct messages, and where the bot came with a user.
    """
    if not interaction.guild_id or (interaction.is_user_integration() and not interaction.is_guild_integration()):
        raise HereRefusedError


async def replace(interaction: Interaction, message: Message) -> None:
    """Put *message* in place of the one that was pressed."""
    if not interaction.response.is_done():
        await interaction.response.defer()
    await reply(interaction, message)


async def answer(interaction: Interaction, found: Answer, page: int | None = None) -> None:
    """Show a page of an answer; None is the page on which its section begins."""
    bot, studio = interaction.client, interaction.client.services.studio
    reader = pages.Reader(bot.text_for(interaction), places.library(interaction).places, studio.draw)
    await reply(interaction, await studio.beside(pages.of_answer, found, reader, page))


async def reply(interaction: Interaction, message: Message, *, private: bool = False) -> None:
    """Send *message* as the response, or in place of the message of an acknowledged press.

    *private* lets only its user see it; it is without effect after an acknowledgement, which has decided that.
    """
    response = interaction.response
    if response.type is discord.InteractionResponseType.deferred_message_update:

        async def post(view: discord.ui.LayoutView, files: list[discord.File]) -> object:
            return await interaction.edit_original_response(view=view, attachments=files, allowed_mentions=NOBODY)

    elif response.is_done():

        async def post(view: discord.ui.LayoutView, files: list[discord.File]) -> object:
            # The first follow-up takes the place of "is thinking" and is as private as that; later ones are told.
            return await interaction.followup.send(
                view=view, files=files, ephemeral=private, allowed_mentions=NOBODY, wait=True
            )

    else:

        async def post(view: discord.ui.LayoutView, files: list[discord.File]) -> object:
            return await response.send_message(view=view, files=files, ephemeral=private, allowed_mentions=NOBODY)

    await _deliver(interaction, message, post)


async def whisper(interaction: Interaction, message: Message) -> None:
    """Send the text of a short *message* as plain text to its user alone: the quickest, for what many press at once."""
    await _say(interaction, "\n".join(part.text for part in message.parts if isinstance(part, Text)))


def layout(message: Message, names: Mapping[str, str]) -> discord.ui.LayoutView:
    """Return *message* as components; *names* are the attachments' by the paths of the pictures.

    The view is finished before it is sent: what is pressed finds its DynamicItem by its custom_id alone.
    """
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.Container(*(_component(part, names) for part in message.parts)))
    view.stop()
    return view


def attachments(message: Message) -> list[discord.File]:
    """Return the files of *message* that are no pictures, to be sent once."""
    return [discord.File(io.BytesIO(part.content), part.name) for part in message.parts if isinstance(part, Attachment)]


async def _deliver(interaction: Interaction, message: Message, post: _Post) -> None:
    texts = interaction.client.text_for(interaction)
    ready = await pictures.found(interaction, message)
    still = {path for path, photo in ready.items() if photo.still}
    whole = stills.told(fallback.without_pictures(message, ready, texts), still, texts)
    for shorten in (None, fallback.halved):
        attempt = shorten(whole, texts) if shorten else whole
        names = pictures.names(attempt, ready)
        files = pictures.files(attempt, ready, names) + attachments(message)
        try:
            await post(layout(attempt, names), files)
        except discord.HTTPException as error:
            if error.status < 500 and error.status not in _TOO_MUCH:
                raise
            log.warning("Discord failed on an answer of %s parts: %s", len(attempt.parts), error)
        else:
            return
    await _say(interaction, fallback.plain(whole))


async def _say(interaction: Interaction, text: str) -> None:
    # A message with components cannot lose them again, so after a press this is a message of its own.
    if interaction.response.is_done():
        await interaction.followup.send(text, ephemeral=True, allowed_mentions=NOBODY)
    else:
        await interaction.response.send_message(text, ephemeral=True, allowed_mentions=NOBODY)


def _component(part: Part, names: Mapping[str, str]) -> discord.ui.Item[Any]:
    match part:
        case Text(text):
            return discord.ui.TextDisplay(text)
        case Picture():
            item = discord.MediaGalleryItem(f"attachment://{names[part.path]}", description=pictures.alt(part))
            return discord.ui.MediaGallery(item)
        case Attachment(name):
            return discord.ui.File(f"attachment://{name}")
        case Separator(line):
            return discord.ui.Separator(visible=line)
        case Buttons():
            return _buttons(part)
        case Menu():
            return _menu(part)


def _buttons(row: Buttons) -> discord.ui.ActionRow[Any]:
    return discord.ui.ActionRow(*(_button(button) for button in row.buttons))


def _button(button: Button) -> discord.ui.Button[Any]:
    if button.link:
        return discord.ui.Button(label=button.label, url=button.press, disabled=button.disabled)
    return discord.ui.Button(
        label=button.label, custom_id=button.press, disabled=button.disabled, style=_STYLES[button.style]
    )


def _menu(menu: Menu) -> discord.ui.ActionRow[Any]:
    options = [
        discord.SelectOption(label=option.label, value=option.value, description=option.description or None)
        for option in menu.options
    ]
    select: discord.ui.Select[Any] = discord.ui.Select(
        custom_id=menu.press,
        placeholder=menu.placeholder,
        options=options,
        min_values=menu.least,
        max_values=menu.most,
    )
    return discord.ui.ActionRow(select)


def _asked_by_presser(interaction: Interaction) -> bool:
    asked = interaction.message.interaction_metadata if interaction.message else None
    return asked is not None and asked.user.id == interaction.user.id
