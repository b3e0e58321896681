"""Whether and where a group is told what is new in its notes, for those who manage it, and the button that ends it."""

from __future__ import annotations

from typing import Final

from bot.render import news
from bot.render import news_presses as presses
from bot.render.news import Announced
from bot.render.parts import Message
from bot.services.news import Channel
from bot.services.overview import Purpose, Use
from bot.views import permissions, send
from bot.views.pressable import Button, Pressable


async def panel(interaction: send.Interaction) -> Message:
    """Return whether and where the group is told, as it is kept now."""
    found = await interaction.client.services.news.channel(interaction.guild_id or 0)
    return news.panel(_announced(interaction, found), interaction.client.text_for(interaction))


async def choose(interaction: send.Interaction, channel_id: int) -> Message:
    """Tell the group in a channel from now on, and return how that stands.

    Raises:
        NotesLoadingError, NotesMissingError
    """
    chosen = await interaction.client.services.news.choose(send.who(interaction), channel_id)
    texts = interaction.client.text_for(interaction)
    return news.panel(_announced(interaction, chosen), texts, said=texts.gettext("It is on."))


async def line(interaction: send.Interaction) -> str:
    """Return the same in a line for those who manage the group; empty for everybody else."""
    if not permissions.is_manager(interaction):
        return ""
    found = await interaction.client.services.news.channel(interaction.guild_id or 0)
    return news.line(_announced(interaction, found), interaction.client.text_for(interaction))


class StopNewsButton(Pressable[Button], template=presses.STOP):
    """Ends it, unless it was moved to another channel since the button was shown."""

    async def press(self, interaction: send.Interaction) -> None:
        """End it, and show how it stands now."""
        permissions.require_manager(interaction)
        bot, texts = interaction.client, interaction.client.text_for(interaction)
        left = await bot.services.news.stop(send.who(interaction), int(self.carried["channel"]))
        said = "" if left else texts.gettext("It is off now.")
        await send.replace(interaction, news.panel(_announced(interaction, left), texts, said=said))


def _announced(interaction: send.Interaction, found: Channel | None) -> Announced | None:
    if found is None:
        return None
    (finding,) = permissions.examined(interaction.guild, [Use(found.channel_id, Purpose.NEWS)])
    return Announced(found, finding)


ITEMS: Final = (StopNewsButton,)
