"""What can be pressed and filled in to change the settings of a group. Who presses must manage it, each time."""

from __future__ import annotations

import re
from typing import Final

from bot.errors import ChoiceGoneError
from bot.render import settings
from bot.render import settings_presses as presses
from bot.render.parts import Message
from bot.services import zones
from bot.services.groups import Choice
from bot.services.overview import Purpose
from bot.views import forms, permissions, send
from bot.views.forms import Filled, FormHandler
from bot.views.pressable import Button, Pressable


async def panel(interaction: send.Interaction) -> Message:
    """Return the settings of the group."""
    bot, guild_id = interaction.client, interaction.guild_id or 0
    found = await bot.services.overview.panel(guild_id)
    uses = await bot.services.overview.uses(guild_id, interaction.channel_id or 0)
    posted = (use for use in uses if use.purpose in {Purpose.BOARD, Purpose.LOG, Purpose.NEWS})
    return settings.panel(found, permissions.examined(interaction.guild, posted), bot.text_for(interaction))


async def check(interaction: send.Interaction) -> Message:
    """Return what the bot may not do in the channels that it uses."""
    bot = interaction.client
    uses = await bot.services.overview.uses(interaction.guild_id or 0, interaction.channel_id or 0)
    return settings.check(permissions.examined(interaction.guild, uses), bot.text_for(interaction))


class SettingsButton(Pressable[Button], template=presses.CHANGE):
    """Shows the window in which the settings of the group are changed."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the window."""
        permissions.require_manager(interaction)
        group = await interaction.client.services.groups.group(interaction.guild_id or 0)
        await forms.ask(interaction, settings.form(group, interaction.client.text_for(interaction)))


class CheckButton(SettingsButton, template=presses.CHECK):
    """Looks again at what the bot may do."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show what is missing now."""
        permissions.require_manager(interaction)
        await send.replace(interaction, await check(interaction))


class SettingsForm(FormHandler, template=presses.FORM):
    """Changes the settings of a group."""

    @classmethod
    async def submit(cls, interaction: send.Interaction, match: re.Match[str], filled: Filled) -> None:
        """Change them, and show how they are now."""
        permissions.require_manager(interaction)
        choice = _choice(interaction, filled)
        await interaction.client.services.groups.change(send.who(interaction), choice)
        await send.replace(interaction, await panel(interaction))


def _choice(interaction: send.Interaction, filled: Filled) -> Choice:
    language, week = _value(filled, presses.LANGUAGE), _value(filled, presses.WEEK)
    if language not in {presses.NONE, *settings.LANGUAGES} or week not in set("0123456"):
        raise ChoiceGoneError
    zone = _value(filled, presses.ZONE)
    return Choice(
        language=None if language == presses.NONE else language,
        zone=zones.known(zone) if zone else "",
        week_start=int(week),
        log_channel_id=_channel(interaction, _value(filled, presses.LOG)),
        board_channel_id=_channel(interaction, _value(filled, presses.BOARD)),
    )


def _value(filled: Filled, key: str) -> str:
    return "".join(filled.get(key, ())[:1])


def _channel(interaction: send.Interaction, value: str) -> int | None:
    """Return the channel, which must be one of this server: its id comes from outside."""
    if not value:
        return None
    found = interaction.guild.get_channel(int(value)) if interaction.guild and value.isdecimal() else None
    if found is None:
        raise ChoiceGoneError
    return found.id


ITEMS: Final = (SettingsButton, CheckButton)
FORMS: Final = (SettingsForm,)
