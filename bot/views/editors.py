"""Who deals with questions, and where what they are shown goes."""

from __future__ import annotations

from bot.render.parts import Message
from bot.services.entries import Editor
from bot.views import permissions, send


def editor(interaction: send.Interaction) -> Editor:
    """Return who acts, in a group.

    Raises:
        HereRefusedError: it is no group, or the bot is no member of it.
    """
    send.require_group(interaction)
    return Editor(send.who(interaction), interaction.permissions.manage_guild)


def manager(interaction: send.Interaction) -> Editor:
    """Return who acts, who manages the server.

    Raises:
        HereRefusedError, MissingPermissions
    """
    permissions.require_manager(interaction)
    return editor(interaction)


async def show(interaction: send.Interaction, message: Message) -> None:
    """Show *message* in place of what was pressed where that is the presser's own, else to them alone."""
    if not interaction.response.is_done():
        await acknowledge(interaction)
    await send.reply(interaction, message, private=True)


async def acknowledge(interaction: send.Interaction) -> None:
    """Acknowledge a press or a form: in place of what is the presser's own, else with a reply to them alone."""
    own = interaction.message is not None and interaction.message.flags.ephemeral
    if own:
        await interaction.response.defer()
    else:
        await interaction.response.defer(thinking=True, ephemeral=True)
