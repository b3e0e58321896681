"""What those who manage a daily question press and fill in. Who presses must manage the server, each time."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.errors import ChoiceGoneError
from bot.render import daily_notices, daily_panel
from bot.render import daily_presses as presses
from bot.render.daily_panel import Draft
from bot.render.daily_words import LANGUAGES
from bot.render.parts import Message
from bot.services import schedule, zones
from bot.services.overview import Purpose, Use
from bot.services.reveals import OFFERED
from bot.services.streams import Stream, Wish
from bot.views import daily_history, forms, permissions, send
from bot.views.forms import Filled, FormHandler
from bot.views.pressable import Button, Pressable

NEW: Final = "new"
"""Chosen in place of a daily question: another one."""
_MORNING: Final = "09:00"


async def panel(interaction: send.Interaction, stream_id: int, said: str = "") -> Message:
    """Return how a daily question stands."""
    bot = interaction.client
    found = await bot.services.daily.streams.overview(interaction.guild_id or 0, stream_id)
    return daily_panel.panel(found, missing(interaction, found.stream), bot.text_for(interaction), said=said)


def missing(interaction: send.Interaction, stream: Stream) -> tuple[str, ...] | None:
    """Return which permissions the bot lacks in the channel of a daily question; None where it sees none."""
    use = Use(stream.channel_id, Purpose.DAILY, stream.name, stream.thread, stream.role_id)
    return permissions.examined(interaction.guild, [use])[0].missing


def can_post(interaction: send.Interaction, stream: Stream) -> bool:
    """Return whether the bot may write in the channel of a daily question."""
    lacking = missing(interaction, stream)
    return lacking is not None and not {"view_channel", "send_messages"}.intersection(lacking)


async def set_up(interaction: send.Interaction, chosen: str, wish: Wish) -> None:
    """Make or change a daily question and show it; a new one for which a time or a zone is missing asks for it."""
    bot, guild_id = interaction.client, interaction.guild_id or 0
    streams = bot.services.daily.streams
    if chosen != NEW and await streams.of_group(guild_id):
        stream = await streams.one(guild_id, chosen)
        await streams.change(send.who(interaction), stream.id, wish)
        await send.reply(interaction, await panel(interaction, stream.id), private=True)
        return
    group = await bot.services.groups.group(guild_id)
    wish = replace(wish, zone=wish.zone or (group.zone if group.zone_chosen else None))
    if wish.post_at and wish.zone:
        await create(interaction, wish)
    else:
        draft = _draft(interaction, wish)
        await forms.ask(interaction, daily_panel.when_form(presses.NEW, draft, bot.text_for(interaction)))


def _draft(interaction: send.Interaction, wish: Wish) -> Draft:
    """Return what is wished so far, with the zone that the language of whoever acts suggests where there is none."""
    language = interaction.client.text_for(interaction).language
    return Draft(
        wish.channel_id or interaction.channel_id,
        schedule.written(wish.post_at) if wish.post_at else _MORNING,
        wish.zone or zones.usual(interaction.locale.value, language),
        name=" ".join((wish.name or "").split()),
    )


async def create(interaction: send.Interaction, wish: Wish) -> None:
    """Make a daily question of what is wished, and show it."""
    bot, guild_id = interaction.client, interaction.guild_id or 0
    texts = await bot.texts_of(guild_id)
    streams = bot.services.daily.streams
    language = await streams.usual_language(guild_id, chinese=texts.chinese)
    wish = wish.otherwise(
        name=texts.gettext("Daily question"), language=language, channel_id=interaction.channel_id or 0
    )
    stream_id = await streams.create(send.who(interaction), wish)
    said = daily_panel.made(bot.text_for(interaction))
    await send.reply(interaction, await panel(interaction, stream_id, said), private=True)


async def test(interaction: send.Interaction, stream_id: int) -> Message:
    """Post a test; where the bot may not write, show that instead."""
    daily = interaction.client.services.daily
    found = await daily.streams.overview(interaction.guild_id or 0, stream_id)
    if not can_post(interaction, found.stream):
        return await panel(interaction, stream_id)
    await daily.manual.test(send.who(interaction), stream_id)
    said = daily_panel.test_sent(found.stream, interaction.client.text_for(interaction))
    return await panel(interaction, stream_id, said)


async def pause(interaction: send.Interaction, stream_id: int) -> Message:
    """Pause a daily question."""
    await interaction.client.services.daily.streams.pause(send.who(interaction), stream_id)
    return await panel(interaction, stream_id)


async def resume(interaction: send.Interaction, stream_id: int) -> Message:
    """Let a daily question go on."""
    await interaction.client.services.daily.streams.resume(send.who(interaction), stream_id)
    return await panel(interaction, stream_id)


async def post_now(interaction: send.Interaction, stream_id: int) -> Message:
    """Post today's question; where the bot may not write, show that instead."""
    daily = interaction.client.services.daily
    found = await daily.streams.overview(interaction.guild_id or 0, stream_id)
    if not can_post(interaction, found.stream):
        return await panel(interaction, stream_id)
    await daily.manual.post(send.who(interaction), stream_id)
    return daily_panel.on_its_way(found.stream, interaction.client.text_for(interaction))


async def skip(interaction: send.Interaction, stream_id: int) -> Message:
    """Leave the next day out, and show how the daily question stands then."""
    left_out = await interaction.client.services.daily.manual.skip(send.who(interaction), stream_id)
    said = daily_panel.skipped(left_out, interaction.client.text_for(interaction))
    return await panel(interaction, stream_id, said)


async def end(interaction: send.Interaction, stream_id: int) -> Message:
    """Ask whether a daily question is really to be ended."""
    found = await interaction.client.services.daily.streams.overview(interaction.guild_id or 0, stream_id)
    return daily_panel.ending(found.stream, interaction.client.text_for(interaction))


async def over(interaction: send.Interaction, stream_id: int) -> Message:
    """End a daily question."""
    await interaction.client.services.daily.streams.retire(send.who(interaction), stream_id)
    return daily_panel.ended(interaction.client.text_for(interaction))


Action = Callable[[send.Interaction, int], Awaitable[Message]]
"""Does something with a daily question, by its id, and returns what to show."""


async def steer(interaction: send.Interaction, chosen: str, action: Action) -> None:
    """Do something with the daily question that is meant, and show it to whoever asked for it."""
    streams = interaction.client.services.daily.streams

    async def do() -> Message:
        return await action(interaction, (await streams.one(interaction.guild_id or 0, chosen)).id)

    await send.reply(interaction, await send.promptly(interaction, do()), private=True)


_ACTIONS: Final[Mapping[str, Action]] = MappingProxyType(
    {
        presses.PANEL: panel,
        presses.TEST: test,
        presses.PAUSE: pause,
        presses.RESUME: resume,
        presses.PREVIEW: daily_history.preview,
        presses.END: end,
        presses.OVER: over,
    }
)


class StreamButton(Pressable[Button], template=presses.STREAM):
    """Does something with a daily question."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.action = self.carried["action"]
        self.key = int(self.carried["id"])

    async def press(self, interaction: send.Interaction) -> None:
        """Do it, and show how the daily question stands then."""
        permissions.require_manager(interaction)
        if self.action in {presses.ASK_WHEN, presses.ASK_WHAT}:
            await self._ask(interaction)
            return
        await send.acknowledge(interaction)
        message = await _ACTIONS[self.action](interaction, self.key)
        await send.reply(interaction, message, private=True)

    async def _ask(self, interaction: send.Interaction) -> None:
        bot, guild_id = interaction.client, interaction.guild_id or 0
        found = await bot.services.daily.streams.overview(guild_id, self.key)
        texts = bot.text_for(interaction)
        if self.action == presses.ASK_WHEN:
            await forms.ask(interaction, daily_panel.when_form(self.key, daily_panel.draft_of(found.stream), texts))
        else:
            topics = await bot.services.daily.streams.topics(guild_id)
            await forms.ask(interaction, daily_panel.what_form(found.stream, topics, texts))


class DoubtButton(StreamButton, template=presses.POST):
    """Settles whether a question was posted."""

    async def press(self, interaction: send.Interaction) -> None:
        """Send it, or take it for there."""
        permissions.require_manager(interaction)
        manual = interaction.client.services.daily.manual
        settle = manual.post_again if self.action == presses.AGAIN else manual.mark_posted
        await send.promptly(interaction, settle(send.who(interaction), self.key))
        await send.reply(interaction, daily_notices.settled(interaction.client.text_for(interaction)), private=True)


class WhenForm(FormHandler, template=presses.WHEN):
    """Sets where and when a daily question is posted, or makes one."""

    @classmethod
    async def submit(cls, interaction: send.Interaction, match: re.Match[str], filled: Filled) -> None:
        """Set it."""
        permissions.require_manager(interaction)
        wish, stream_id = _when(interaction, filled), int(match["id"])
        if stream_id == presses.NEW:
            await create(interaction, replace(wish, name=match["name"]))
        else:
            await _change(interaction, stream_id, wish)


class WhatForm(FormHandler, template=presses.WHAT):
    """Sets what a daily question asks, and when its answers are shown."""

    @classmethod
    async def submit(cls, interaction: send.Interaction, match: re.Match[str], filled: Filled) -> None:
        """Set it."""
        permissions.require_manager(interaction)
        await _change(interaction, int(match["id"]), _what(filled))


def _when(interaction: send.Interaction, filled: Filled) -> Wish:
    guild = interaction.guild
    channel = _chosen(filled, daily_panel.CHANNEL, lambda one: guild and guild.get_channel(one))
    role = _chosen(filled, daily_panel.ROLE, lambda one: guild and guild.get_role(one))
    if not channel:
        raise ChoiceGoneError
    return Wish(
        channel_id=channel,
        post_at=schedule.parse_time(_value(filled, daily_panel.TIME)),
        zone=zones.known(_value(filled, daily_panel.ZONE)),
        role_id=role,
        thread=bool(filled.get(daily_panel.THREAD)),
    )


def _what(filled: Filled) -> Wish:
    difficulty, language = _value(filled, daily_panel.DIFFICULTY), _value(filled, daily_panel.LANGUAGE)
    reveal = next((one for one in OFFERED if str(one) == _value(filled, daily_panel.REVEAL)), None)
    if reveal is None or difficulty not in set("0123") or language not in LANGUAGES:
        raise ChoiceGoneError
    return Wish(
        topics=tuple(filled.get(daily_panel.TOPICS, ())),
        difficulty=int(difficulty),
        language=language,
        reveal=reveal,
        generated=bool(filled.get(daily_panel.GENERATED)),
    )


def _value(filled: Filled, key: str) -> str:
    return next(iter(filled.get(key, ())), "")


def _chosen(filled: Filled, key: str, find: Callable[[int], object]) -> int:
    """Return the id of the channel or role that was chosen, 0 if none was.

    Raises:
        ChoiceGoneError: the group has none of this id.
    """
    value = _value(filled, key)
    if value and (not value.isdecimal() or not find(int(value))):
        raise ChoiceGoneError
    return int(value or 0)


async def _change(interaction: send.Interaction, stream_id: int, wish: Wish) -> None:
    await interaction.client.services.daily.streams.change(send.who(interaction), stream_id, wish)
    message = await panel(interaction, stream_id)
    if interaction.message is not None:
        await send.replace(interaction, message)
    else:
        await send.reply(interaction, message, private=True)
