"""/settings: of oneself, and for those who manage a server, of the group. Reads, calls, shows."""

from __future__ import annotations

import logging
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import StudyBot
from bot.render import limits, settings
from bot.render.settings_presses import NONE
from bot.services import zones
from bot.services.groups import Who
from bot.services.seasons import LONGEST_NAME
from bot.views import permissions, send
from bot.views import settings as views

log = logging.getLogger(__name__)

_Zone = app_commands.Range[str, 1, 64]
_Name = app_commands.Range[str, 1, LONGEST_NAME]
_LANGUAGES: Final = [
    *(app_commands.Choice(name=name, value=tag) for tag, name in settings.LANGUAGES.items()),
    app_commands.Choice(name=locale_str("That of my Discord"), value=NONE),
]


class SettingsCog(commands.Cog):
    """What can be set."""

    settings = app_commands.Group(
        name=locale_str("settings"),
        description=locale_str("Language, time zone, and how this server uses me"),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
    )

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot

    @settings.command(name=locale_str("language"), description=locale_str("The language in which I answer you"))
    @app_commands.rename(language=locale_str("language"))
    @app_commands.describe(language=locale_str("Yours alone; /settings group sets that of this server's posts"))
    @app_commands.choices(language=_LANGUAGES)
    async def language(self, interaction: send.Interaction, language: str) -> None:
        """Set one's own language."""
        chosen = None if language == NONE else language
        await send.promptly(interaction, self.bot.services.groups.choose_language(send.who(interaction), chosen))
        reply = settings.language_chosen(chosen, self.bot.text_for(interaction))
        await send.reply(interaction, reply, private=True)

    @settings.command(name=locale_str("zone"), description=locale_str("The time zone of your days, for your streak"))
    @app_commands.rename(zone=locale_str("zone"))
    @app_commands.describe(zone=locale_str("A city or a time zone; left out, the server's"))
    async def zone(self, interaction: send.Interaction, zone: _Zone = "") -> None:
        """Set one's own time zone."""
        chosen = zones.known(zone) if zone else None
        await send.promptly(interaction, self.bot.services.groups.choose_zone(send.who(interaction), chosen))
        reply = settings.zone_chosen(chosen, self.bot.text_for(interaction))
        await send.reply(interaction, reply, private=True)

    @settings.command(
        name=locale_str("group"),
        description=locale_str("Language, time zone and channels of this server (Manage Server)"),
    )
    @app_commands.rename(zone=locale_str("zone"))
    @app_commands.describe(zone=locale_str("The server's time zone; left out, nothing changes"))
    @app_commands.checks.has_permissions(manage_guild=True)
    async def group(self, interaction: send.Interaction, zone: _Zone = "") -> None:
        """Show the settings of the group, and let them be changed."""
        permissions.require_manager(interaction)
        if zone:
            changing = self.bot.services.groups.move(send.who(interaction), zones.known(zone))
            await send.promptly(interaction, changing)
        await send.reply(interaction, await views.panel(interaction), private=True)

    @settings.command(
        name=locale_str("season"), description=locale_str("Begin or end a season of the board (Manage Server)")
    )
    @app_commands.rename(start=locale_str("start"), end=locale_str("end"))
    @app_commands.describe(
        start=locale_str("The name of a season that begins now"), end=locale_str("End the season that is running")
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def season(self, interaction: send.Interaction, start: _Name = "", end: bool = False) -> None:
        """Begin or end a season, or show which runs."""
        permissions.require_manager(interaction)
        who = send.who(interaction)
        found = await send.promptly(interaction, self.bot.services.seasons.change(who, start=start, end=end))
        await send.reply(interaction, settings.season(found, self.bot.text_for(interaction)), private=True)

    @settings.command(
        name=locale_str("check"), description=locale_str("What I may not do in my channels (Manage Server)")
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def check(self, interaction: send.Interaction) -> None:
        """Show what the bot may not do."""
        permissions.require_manager(interaction)
        await send.reply(interaction, await views.check(interaction), private=True)

    @settings.command(
        name=locale_str("exclude"), description=locale_str("Take a member off the boards (Manage Server)")
    )
    @app_commands.rename(member=locale_str("member"), undo=locale_str("undo"))
    @app_commands.describe(
        member=locale_str("Who shall not stand on the boards"), undo=locale_str("Put them back on the boards")
    )
    @app_commands.checks.has_permissions(manage_guild=True)
    async def exclude(self, interaction: send.Interaction, member: discord.User, undo: bool = False) -> None:
        """Take a member off the boards, or put them back."""
        permissions.require_manager(interaction)
        who = send.who(interaction)
        whom = Who(member.id, who.guild_id, member.display_name)
        await send.promptly(interaction, self.bot.services.groups.exclude(who, whom, excluded=not undo))
        reply = settings.excluded(whom.name, self.bot.text_for(interaction), undone=undo)
        await send.reply(interaction, reply, private=True)

    @zone.autocomplete("zone")
    @group.autocomplete("zone")
    async def zones(self, interaction: send.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer time zones with what their clocks show."""
        try:
            found = zones.matching(typed, interaction.created_at, limits.CHOICES)
        except Exception:
            log.exception("No time zones to offer")
            return []
        return [app_commands.Choice(name=f"{one.zone} ({one.at:%H:%M})", value=one.zone) for one in found]
