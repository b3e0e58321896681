"""StudyBot: the Discord client, its command tree, and the one place that words an error for the person who met it."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Protocol

import discord
import yarl
from discord import app_commands
from discord.ext import commands

from bot.errors import N_, StudyError, TooFastError
from bot.i18n import ENGLISH, SIMPLIFIED, TRADITIONAL, Catalogues, Texts
from bot.services.files import read_text, write_whole
from bot.services.pace import Pace
from bot.services.services import Services
from knowledge.errors import NotesError
from storage.errors import StorageError

log = logging.getLogger(__name__)

NOBODY: Final = discord.AllowedMentions.none()
COMMANDS: Final = 8
PRESSES: Final = 30
PACE: Final = timedelta(seconds=30)
"""In which one person may use so many commands, and press so much."""
_NEEDED: Final = discord.Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,  # to see, after an outage, whether a post of its own had arrived
)
_SCOPES: Final = ("bot", "applications.commands")
_HOST_RESTS_S: Final = 5.0
_LONGEST_ERROR: Final = 1_500
_FINAL_CLOSES: Final = {
    4004: N_("Discord does not accept the token. Copy it again from the Developer Portal."),
    4010: N_("Discord refuses the connection (close code {code}). Is this the newest version of studybot?"),
    4011: N_("Discord refuses the connection (close code {code}). Is this the newest version of studybot?"),
    4012: N_("Discord refuses the connection (close code {code}). Is this the newest version of studybot?"),
    4013: N_("Discord refuses the connection (close code {code}). Is this the newest version of studybot?"),
    4014: N_("Discord wants privileged intents switched on, although studybot asks for none. Try again later."),
}
"""How the gateway closes a connection that would be closed again each time."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What cogs and buttons need to know.

    Attributes:
        data: folder that is written to.
        language: in which everybody is answered; None is everybody in their own.
        otherwise: the language of those in whose own there are no texts.
        offline: inside a Discord that is made up: one shard, and its servers are there at once.
        hosted_apart: whoever made the bot calls host().
    """

    data: Path
    version: str
    language: str | None = None
    otherwise: str = ENGLISH
    offline: bool = False
    hosted_apart: bool = False


class FormHandler(Protocol):
    """Takes what comes back from windows to fill in; see views.forms."""

    async def receive(self, interaction: discord.Interaction[Any], custom_id: str) -> bool:
        """Handle a window if it is one of these; return whether it is."""


class Host(Protocol):
    """Does by itself what is due: posts, rounds that end."""

    async def run(self) -> None:
        """Go on for ever."""


@dataclass(frozen=True, slots=True)
class Extensions:
    """What is hung on the client: commands, what can be pressed, windows to fill in, and what goes on by itself."""

    cogs: Sequence[Callable[[StudyBot], commands.Cog]]
    items: Sequence[type[discord.ui.DynamicItem[Any]]]
    forms: Sequence[FormHandler] = ()
    hosts: Sequence[Callable[[StudyBot], Host]] = ()


class StudyTree(app_commands.CommandTree["StudyBot"]):
    """The commands; what they raise goes to report()."""

    async def interaction_check(self, interaction: discord.Interaction[StudyBot], /) -> bool:
        """Let a command run unless its user is too fast; completions come with every key and are not counted."""
        if interaction.type is not discord.InteractionType.application_command:
            return True
        try:
            self.client.commands_pace.take(interaction.user.id, interaction.created_at)
        except TooFastError as error:
            await self.client.report(interaction, error)
            return False
        return True

    async def on_error(
        self, interaction: discord.Interaction[StudyBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the person who used the command."""
        await self.client.report(interaction, error)


class CommandTexts(app_commands.Translator):
    """Names and descriptions of commands in Chinese, from the same catalogue as everything else."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, _context: app_commands.TranslationContextTypes, /
    ) -> str | None:
        """Return the text for *locale*, None where Discord shall show the English one."""
        if locale.value not in {SIMPLIFIED, TRADITIONAL}:
            return None
        return self._catalogues.texts(locale.value).lookup(string.message)


# Sharded, because a plain Bot ends with AttributeError where the first connection is refused.
class StudyBot(commands.AutoShardedBot):
    """The client. It keeps no state of its own that a restart could lose."""

    def __init__(
        self, services: Services, settings: Settings, *, catalogues: Catalogues, extensions: Extensions
    ) -> None:
        # Without voice nothing is missing, so nobody needs to read that its libraries are.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=StudyTree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=NOBODY,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            shard_count=1 if settings.offline else None,
            guild_ready_timeout=0.01 if settings.offline else 2.0,
        )
        self.services = services
        self.settings = settings
        self.commands_pace = Pace(COMMANDS, PACE)
        self.presses_pace = Pace(PRESSES, PACE)
        self._catalogues = catalogues
        self._extensions = extensions
        self._hosting: asyncio.Task[None] | None = None

    def text_for(self, interaction: discord.Interaction[Any]) -> Texts:
        """Return the texts in the language of the person who acts."""
        chosen = self.services.groups.language_of(interaction.user.id)
        return self._catalogues.texts(
            self.settings.language or chosen or interaction.locale.value, self.settings.otherwise
        )

    async def texts_of(self, guild_id: int) -> Texts:
        """Return the texts in the language of a group: its own choice, else its server's, else the bot's."""
        guild = self.get_guild(guild_id)
        locale = guild.preferred_locale.value if guild and "COMMUNITY" in guild.features else None
        chosen = (await self.services.groups.group(guild_id)).language
        return self._catalogues.texts(self.settings.language or chosen or locale, self.settings.otherwise)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Pass a window that was filled in to whoever reads its custom_id; discord.py forgets windows at a restart."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data: Mapping[str, Any] = interaction.data or {}
        custom_id = str(data.get("custom_id", ""))
        for handler in self._extensions.forms:
            if await handler.receive(interaction, custom_id):
                return
        log.warning("Nobody reads a window of %s characters", len(custom_id))

    async def setup_hook(self) -> None:
        """Hang on the commands and buttons, and tell Discord of the commands if they are not those it knows."""
        await self.tree.set_translator(CommandTexts(self._catalogues))
        self.add_dynamic_items(*self._extensions.items)
        for cog in self._extensions.cogs:
            await self.add_cog(cog(self))
        await self.sync_commands()
        if not self.settings.hosted_apart:
            self._hosting = asyncio.create_task(self.host())

    async def close(self) -> None:
        """Disconnect; what goes on by itself ends first."""
        if self._hosting is not None:
            self._hosting.cancel()
            await asyncio.gather(self._hosting, return_exceptions=True)
        await super().close()

    async def host(self) -> None:
        """Do for ever, once connected, what goes on by itself: posts, rounds that end."""
        await asyncio.gather(*(self._keep_hosting(make(self)) for make in self._extensions.hosts))

    async def _keep_hosting(self, host: Host) -> None:
        await self.wait_until_ready()
        while True:
            try:
                await host.run()
            except Exception:
                # The outermost frame of a job: one group's fault must not end the others' mornings.
                log.exception("%s stopped, going on", type(host).__name__)
            await asyncio.sleep(_HOST_RESTS_S)

    async def on_ready(self) -> None:
        """Say in the log where the bot is and how it is invited; see which groups it has been removed from."""
        log.info("Connected; in %s servers. Invite: %s", len(self.guilds), self.invite())
        # Those that an outage hides are among them.
        await _noted(self.services.presence.compare([guild.id for guild in self.guilds]))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Note that a group has the bot."""
        await _noted(self.services.presence.join(guild.id))

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Note it too: Discord tells of a group that has the bot again in either way."""
        await _noted(self.services.presence.join(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that a group has removed the bot; an outage is another event."""
        await _noted(self.services.presence.leave(guild.id))

    def invite(self) -> str:
        """Return the address that adds the bot to a server, with no more permissions than it needs."""
        return discord.utils.oauth_url(self.application_id or 0, permissions=_NEEDED, scopes=_SCOPES)

    async def sync_commands(self) -> bool:
        """Send the definitions of the commands if they differ from those sent last; return whether they did.

        Raises:
            StudyError: Discord refuses them to this application.
        """
        file = self.settings.data / "commands.sha256"
        digest = await self._definitions()
        if await asyncio.to_thread(read_text, file) == digest:
            return False
        try:
            await self.tree.sync()
        except discord.Forbidden as error:
            message = N_("Discord does not let this bot have commands. Invite it again with this link: {url}")
            raise StudyError(message, url=self.invite()) from error
        except discord.HTTPException as error:
            log.error("The commands could not be registered; those registered before stay: %s", error)
            return False
        try:
            await asyncio.to_thread(write_whole, file, digest)
        except OSError as error:
            log.warning("Cannot note that the commands are registered, so every start registers them: %s", error)
        return True

    async def _definitions(self) -> str:
        translator = self.tree.translator
        assert translator is not None  # noqa: S101 - setup_hook has set it
        payload = [await command.get_translated_payload(self.tree, translator) for command in self.tree.get_commands()]
        text = json.dumps([self.application_id, payload], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    async def report(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """Tell the person who acted, in their language and to them alone, what went wrong; never raises."""
        original = getattr(error, "original", error)
        told = self._worded(original, self.text_for(interaction), interaction.id)
        if interaction.type is discord.InteractionType.autocomplete:
            return
        try:
            await _tell(interaction, discord.utils.escape_mentions(told)[:_LONGEST_ERROR])
        except (discord.HTTPException, OSError) as failed:
            log.warning("An error could not be told: %s", failed)

    def _worded(self, error: Exception, texts: Texts, interaction_id: int) -> str:
        match error:
            case StorageError():
                log.error("%s (%s)", error, getattr(error.__cause__, "orig", error.__cause__))
                return texts.gettext(error.message, **error.values)
            case StudyError():
                return texts.gettext(error.message, **error.values)
            case NotesError():
                problem = self.services.libraries.discreet(error.problem)
                return texts.gettext(problem.message, **dict(problem.values))
            case app_commands.AppCommandError() if (refusal := _refusal(error, texts)) is not None:
                return refusal
        reference = f"{interaction_id % 16**6:06x}"
        log.error("Error %s", reference, exc_info=error)
        return texts.gettext("Something went wrong. If it happens again, tell the bot's owner: {code}", code=reference)


def _refusal(error: app_commands.AppCommandError, texts: Texts) -> str | None:
    match error:
        case app_commands.MissingPermissions():
            return texts.gettext("Only members with the Manage Server permission can do this.")
        case app_commands.NoPrivateMessage():
            return texts.gettext("This works only in a server.")
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return texts.gettext("This command has changed. Restart Discord (Ctrl+R) and try again.")
        case app_commands.CheckFailure():
            return texts.gettext("You cannot do this here.")
    return None


async def _noted(work: Awaitable[None]) -> None:
    """Do *work*, of which the next start does what fails."""
    try:
        await work
    except StorageError as error:
        log.warning("Joining or leaving servers could not be noted: %s", error)


async def _tell(interaction: discord.Interaction[Any], text: str) -> None:
    if interaction.response.is_done():
        await interaction.followup.send(text, ephemeral=True, allowed_mentions=NOBODY)
    else:
        await interaction.response.send_message(text, ephemeral=True, allowed_mentions=NOBODY)


async def connect(bot: StudyBot, token: str) -> None:
    """Connect *bot* and return or raise when the connection ends.

    Raises:
        StudyError: it would end in the same way each time; says why.
        ConnectionError: Discord answered with a refusal or a fault of its own; trying again may help.
    """
    try:
        await bot.start(token)
    except discord.LoginFailure as error:
        raise StudyError(_FINAL_CLOSES[4004]) from error
    except discord.PrivilegedIntentsRequired as error:
        raise StudyError(_FINAL_CLOSES[4014]) from error
    except discord.ConnectionClosed as error:
        if error.code in _FINAL_CLOSES:
            raise StudyError(_FINAL_CLOSES[error.code], code=error.code) from error
        raise
    except discord.HTTPException as error:
        raise ConnectionError(f"HTTP {error.status} {error.text}".strip()) from error


def point_at(api: str, gateway: str) -> None:
    """Let discord.py talk to another Discord-compatible address; empty ones leave Discord's.

    The token goes there, so the addresses are those of a Config, which takes none that others can listen to.

    Args:
        api: the whole REST base, such as ``http://127.0.0.1:8123/api/v10``, without a slash at its end.
        gateway: such as ``ws://127.0.0.1:8123/``.
    """
    if api:
        discord.http.Route.BASE = api
        discord.Asset.BASE = api
    if gateway:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
