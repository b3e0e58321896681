"""What can be pressed in games: what moves a quiz on, and what steers a race. The message knows ids only."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Final

import discord

from bot.errors import CannotPostError
from bot.render import games, races
from bot.render import games_presses as moves
from bot.render.parts import Message
from bot.services.choosing import NoQuestions
from bot.services.quizzes import Sheet, Summary
from bot.services.races import Begun, Running
from bot.views import send
from bot.views.pressable import Button, Pressable


async def quiz_message(interaction: send.Interaction, found: Sheet | Summary | NoQuestions) -> Message:
    """Return a quiz as it stands."""
    texts = interaction.client.text_for(interaction)
    match found:
        case Sheet():
            return await asyncio.to_thread(games.sheet, found, texts)
        case Summary():
            return games.summary(found, texts)
        case NoQuestions():
            return games.no_questions(found, texts)


def race_message(interaction: send.Interaction, found: Begun | Running | NoQuestions) -> Message:
    """Return what whoever wants a race is told."""
    texts = interaction.client.text_for(interaction)
    match found:
        case Begun():
            return races.begun(found.count, texts)
        case Running():
            return races.running(found, texts)
        case NoQuestions():
            return games.no_questions(found, texts)


def manages(interaction: send.Interaction) -> bool:
    """Return whether somebody may steer the races of others."""
    granted = interaction.permissions
    return granted.manage_messages or granted.manage_guild


def require_writing(interaction: send.Interaction) -> None:
    """Refuse what needs messages in the channel where the bot cannot write any.

    Raises:
        CannotPostError
    """
    granted = interaction.app_permissions
    thread = isinstance(interaction.channel, discord.Thread)
    writes = granted.send_messages_in_threads if thread else granted.send_messages
    if not writes or not granted.view_channel:
        raise CannotPostError


class GameButton(Pressable[Button], template=moves.AT):
    """Shows a quiz at one of its questions, or its end."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.key = int(self.carried.get("game") or self.carried["round"])
        self.number = int(self.carried.get("number", 0))  # only quizzes have it

    async def press(self, interaction: send.Interaction) -> None:
        """Show the question."""
        await interaction.response.defer()
        found = await interaction.client.services.quizzes.at(self.key, send.who(interaction), self.number)
        await send.replace(interaction, await quiz_message(interaction, found))


class AgainButton(GameButton, template=moves.AGAIN):
    """Begins a quiz like the one before."""

    async def press(self, interaction: send.Interaction) -> None:
        """Show the first question of another quiz, and leave the summary where it is."""
        quizzes = interaction.client.services.quizzes
        begun = quizzes.again(self.key, send.who(interaction), interaction.channel_id or 0)
        found = await send.promptly(interaction, begun)
        await send.reply(interaction, await quiz_message(interaction, found), private=True)


class JoinButton(GameButton, template=moves.JOIN):
    """Joins a race."""

    async def press(self, interaction: send.Interaction) -> None:
        """Tell whoever joins that they have."""
        joining = interaction.client.services.races.join(self.key, send.who(interaction))
        await send.promptly(interaction, joining)
        await send.reply(interaction, races.joined(interaction.client.text_for(interaction)), private=True)


class GoButton(GameButton, template=moves.GO):
    """Lets a race go on."""

    async def press(self, interaction: send.Interaction) -> None:
        """End the wait; everybody sees what follows."""
        await _steer(interaction, interaction.client.services.races.go_on, self.key)


class HoldButton(GameButton, template=moves.HOLD):
    """Lets a race wait."""

    async def press(self, interaction: send.Interaction) -> None:
        """Wait; everybody sees that."""
        await _steer(interaction, interaction.client.services.races.hold, self.key)


class StopButton(GameButton, template=moves.STOP):
    """Ends a race."""

    async def press(self, interaction: send.Interaction) -> None:
        """End it; everybody sees that."""
        await _steer(interaction, interaction.client.services.races.stop, self.key)


class SkipButton(GameButton, template=moves.SKIP):
    """Ends a round of a race, or votes for that."""

    async def press(self, interaction: send.Interaction) -> None:
        """Tell who votes how many more are needed."""
        skipping = interaction.client.services.races.skip
        doing = skipping(self.key, send.who(interaction), manages=manages(interaction))
        found = await send.promptly(interaction, doing)
        if found.skipped:
            await _acknowledge(interaction)
        else:
            await send.reply(interaction, races.voted(found, interaction.client.text_for(interaction)), private=True)


async def _steer(interaction: send.Interaction, steering: Callable[..., Awaitable[None]], game_id: int) -> None:
    pressed = interaction.message.id if interaction.message else None
    doing = steering(game_id, send.who(interaction), manages=manages(interaction), message_id=pressed)
    await send.promptly(interaction, doing)
    await _acknowledge(interaction)


async def _acknowledge(interaction: send.Interaction) -> None:
    """Say nothing about what is seen in the channel, unless its doer was asked to wait for a reply."""
    if interaction.response.is_done():
        await send.reply(interaction, races.done(interaction.client.text_for(interaction)))
    else:
        await interaction.response.defer()


ITEMS: Final = (GameButton, AgainButton, JoinButton, GoButton, HoldButton, StopButton, SkipButton)
