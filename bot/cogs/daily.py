"""/daily: read the interaction, ask the services, send what the renderers made."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import StudyBot
from bot.render import limits
from bot.render.daily_words import plain
from bot.services import schedule, zones
from bot.services.streams import LONGEST_NAME, Wish
from bot.views import daily as views
from bot.views import daily_history, permissions, send

log = logging.getLogger(__name__)

_Stream = app_commands.Range[str, 1, limits.CHOICE]
_Time = app_commands.Range[str, 1, 20]
_Zone = app_commands.Range[str, 1, 64]
_Name = app_commands.Range[str, 1, LONGEST_NAME]
_Question = app_commands.Range[str, 1, limits.CHOICE]
_Choices = list[app_commands.Choice[str]]
_STREAM: Final = locale_str("Which daily question, where there are several")


class DailyCog(commands.Cog):
    """The daily question of a group."""

    daily = app_commands.Group(
        name=locale_str("daily"),
        description=locale_str("The group's daily interview question"),
        guild_only=True,
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    def __init__(self, bot: StudyBot) -> None:
        self.bot = bot
        self.services = bot.services.daily

    @daily.command(name=locale_str("show"), description=locale_str("Show today's question again"))
    @app_commands.rename(stream=locale_str("stream"))
    @app_commands.describe(stream=_STREAM)
    async def show(self, interaction: send.Interaction, stream: _Stream = "") -> None:
        """Show the newest question."""
        await views.steer(interaction, stream, daily_history.newest)

    @daily.command(name=locale_str("history"), description=locale_str("Show the past questions with their answers"))
    @app_commands.rename(stream=locale_str("stream"))
    @app_commands.describe(stream=_STREAM)
    async def history(self, interaction: send.Interaction, stream: _Stream = "") -> None:
        """Show the past questions."""
        await views.steer(interaction, stream, daily_history.history)

    @daily.command(name=locale_str("setup"), description=locale_str("Start or change a daily question (Manage Server)"))
    @app_commands.rename(
        stream=locale_str("stream"),
        time=locale_str("time"),
        zone=locale_str("zone"),
        channel=locale_str("channel"),
        name=locale_str("name"),
    )
    @app_commands.describe(
        stream=_STREAM,
        time=locale_str("When it is posted, such as 08:30"),
        zone=locale_str("In which time zone; the server's if left out"),
        channel=locale_str("Where it is posted; here if left out"),
        name=locale_str("What it is called"),
    )
    async def setup(
        self,
        interaction: send.Interaction,
        stream: _Stream = "",
        time: _Time = "",
        zone: _Zone = "",
        channel: discord.TextChannel | None = None,
        name: _Name = "",
    ) -> None:
        """Start or change a daily question."""
        permissions.require_manager(interaction)
        wish = Wish(
            name=name or None,
            channel_id=channel.id if channel else None,
            post_at=schedule.parse_time(time) if time else None,
            zone=zones.known(zone) if zone else None,
        )
        await views.set_up(interaction, stream, wish)

    @daily.command(name=locale_str("pause"), description=locale_str("Pause a daily question (Manage Server)"))
    @app_commands.rename(stream=locale_str("stream"))
    @app_commands.describe(stream=_STREAM)
    async def pause(self, interaction: send.Interaction, stream: _Stream = "") -> None:
        """Pause it."""
        permissions.require_manager(interaction)
        await views.steer(interaction, stream, views.pause)

    @daily.command(name=locale_str("resume"), description=locale_str("Let a daily question go on (Manage Server)"))
    @app_commands.rename(stream=locale_str("stream"))
    @app_commands.describe(stream=_STREAM)
    async def resume(self, interaction: send.Interaction, stream: _Stream = "") -> None:
        """Let it go on."""
        permissions.require_manager(interaction)
        await views.steer(interaction, stream, views.resume)

    @daily.command(name=locale_str("preview"), description=locale_str("Show which question comes next (Manage Server)"))
    @app_commands.rename(stream=locale_str("stream"))
    @app_commands.describe(stream=_STREAM)
    async def preview(self, interaction: send.Interaction, stream: _Stream = "") -> None:
        """Show what comes next."""
        permissions.require_manager(interaction)
        await views.steer(interaction, stream, daily_history.preview)

    @daily.command(
        name=locale_str("post"), description=locale_str("Post today's question now, not at its time (Manage Server)")
    )
    @app_commands.rename(stream=locale_str("stream"))
    @app_commands.describe(stream=_STREAM)
    async def post(self, interaction: send.Interaction, stream: _Stream = "") -> None:
        """Post now."""
        permissions.require_manager(interaction)
        await views.steer(interaction, stream, views.post_now)

    @daily.command(
        name=locale_str("skip"), description=locale_str("Leave the next day out; its question stays (Manage Server)")
    )
    @app_commands.rename(stream=locale_str("stream"))
    @app_commands.describe(stream=_STREAM)
    async def skip(self, interaction: send.Interaction, stream: _Stream = "") -> None:
        """Leave a day out."""
        permissions.require_manager(interaction)
        await views.steer(interaction, stream, views.skip)

    @daily.command(
        name=locale_str("queue"), description=locale_str("Pick questions by hand that come first (Manage Server)")
    )
    @app_commands.rename(question=locale_str("question"), stream=locale_str("stream"))
    @app_commands.describe(
        question=locale_str("Words of a question to add; left out, shows what was picked"), stream=_STREAM
    )
    async def queue(self, interaction: send.Interaction, question: _Question = "", stream: _Stream = "") -> None:
        """Show, or add to, what was picked by hand."""
        permissions.require_manager(interaction)
        found = await self.services.streams.one(interaction.guild_id or 0, stream)
        if question:
            await self.services.lineup.add(send.who(interaction), found.id, question)
        await views.steer(interaction, str(found.id), daily_history.queue)

    @show.autocomplete("stream")
    @history.autocomplete("stream")
    @pause.autocomplete("stream")
    @resume.autocomplete("stream")
    @preview.autocomplete("stream")
    @post.autocomplete("stream")
    @skip.autocomplete("stream")
    @queue.autocomplete("stream")
    async def complete_stream(self, interaction: send.Interaction, typed: str) -> _Choices:
        """Complete the name of a daily question."""
        return await _without_errors(self._streams(interaction, typed))

    @setup.autocomplete("stream")
    async def complete_stream_or_new(self, interaction: send.Interaction, typed: str) -> _Choices:
        """Complete the name of a daily question, and offer another one."""
        another = self.bot.text_for(interaction).gettext("➕ Another daily question")
        found = await _without_errors(self._streams(interaction, typed))
        return [*found, app_commands.Choice(name=another, value=views.NEW)]

    @setup.autocomplete("zone")
    async def complete_zone(self, interaction: send.Interaction, typed: str) -> _Choices:
        """Complete a time zone, with what its clocks show."""
        found = zones.matching(typed, interaction.created_at, limits.CHOICES)
        return [app_commands.Choice(name=f"{one.zone} · {one.at:%H:%M}", value=one.zone) for one in found]

    @queue.autocomplete("question")
    async def complete_question(self, interaction: send.Interaction, typed: str) -> _Choices:
        """Complete a question by its words."""
        return await _without_errors(self._questions(interaction, typed))

    async def _streams(self, interaction: send.Interaction, typed: str) -> _Choices:
        there = await self.services.streams.of_group(interaction.guild_id or 0)
        wanted = typed.strip().casefold()
        fitting = (one for one in there if wanted in one.name.casefold())
        return [app_commands.Choice(name=plain(one.name), value=str(one.id)) for one in fitting]

    async def _questions(self, interaction: send.Interaction, typed: str) -> _Choices:
        found = await self.services.lineup.search(interaction.guild_id or 0, typed)
        return [app_commands.Choice(name=plain(f"{one.prompt} · {one.topic}"), value=one.id) for one in found]


async def _without_errors(completing: Awaitable[_Choices]) -> _Choices:
    # Nobody can be told of an error while they type.
    try:
        return await completing
    except Exception:
        log.exception("No completions")
        return []
