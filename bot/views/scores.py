"""What can be pressed on boards and scores: periods, pages, seasons, and a quiz on a weak topic."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from bot.client import StudyBot
from bot.errors import RoundGoneError
from bot.render import boards, scores
from bot.render import scores_presses as presses
from bot.render.parts import Message
from bot.services import choosing
from bot.services.boards import View
from bot.services.groups import Who
from bot.services.library import MARK
from bot.services.periods import Period
from bot.views import games, send
from bot.views.pressable import Button, Pressable, Select
from knowledge.model import Language

_COUNT: Final = 5
"""Questions of a quiz on a weak topic."""


async def board(interaction: send.Interaction, view: View) -> Message:
    """Return a board as the person who acts sees it.

    Raises:
        HereRefusedError: there is no group here.
        SubjectUnknownError, NoSeasonError
    """
    send.require_group(interaction)
    bot: StudyBot = interaction.client
    found = await bot.services.boards.board(send.who(interaction), view)
    studio = bot.services.studio
    return await studio.beside(boards.board, found, bot.text_for(interaction), studio.draw)


async def score(interaction: send.Interaction, whose: Who) -> Message:
    """Return somebody's score.

    Raises:
        HiddenError: they do not want it to be seen.
    """
    bot, own = interaction.client, whose.user_id == interaction.user.id
    texts = bot.text_for(interaction)
    language: Language = "zh" if texts.chinese else "en"
    found = await bot.services.scores.of(whose, viewer_id=interaction.user.id, language=language)
    studio = bot.services.studio
    return await studio.beside(partial(scores.score, found, texts, own=own, draw=studio.draw))


class BoardButton(Pressable[Button], template=presses.BOARD):
    """Shows a page of a board."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        period, which, page = Period(match["period"]), int(match["which"]), int(match["page"])
        self.shown = View(period, which, page, _topic(match))

    async def press(self, interaction: send.Interaction) -> None:
        """Show it: in place to whoever asked for the board, to others in a reply of their own."""
        await send.acknowledge(interaction)
        await send.reply(interaction, await board(interaction, self.shown))


class SeasonSelect(Pressable[Select], template=presses.SEASON):
    """Shows the board of a season."""

    def __init__(self, item: Select, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.topic = _topic(match)

    async def press(self, interaction: send.Interaction) -> None:
        """Show it."""
        await send.acknowledge(interaction)
        chosen = self.item.values[0]
        season_id = int(chosen) if chosen.isascii() and chosen.isdigit() else 0
        await send.reply(interaction, await board(interaction, View(Period.SEASON, season_id, 0, self.topic)))


class QuizOnButton(Pressable[Button], template=presses.QUIZ_ON):
    """Begins a quiz on a topic."""

    def __init__(self, item: Button, match: re.Match[str]) -> None:
        super().__init__(item, match)
        self.topic_key = self.carried["topic"]

    async def press(self, interaction: send.Interaction) -> None:
        """Show the first question in a message of its own."""
        bot: StudyBot = interaction.client
        who, chinese = send.who(interaction), bot.text_for(interaction).chinese
        subject = (await bot.services.boards.subjects(who.guild_id)).by_key(self.topic_key)
        if subject is None:
            raise RoundGoneError
        wish = choosing.wish(subject.name("zh" if chinese else "en"), _COUNT, chinese=chinese)
        beginning = bot.services.quizzes.start(who, interaction.channel_id or 0, wish)
        found = await send.promptly(interaction, beginning)
        await send.reply(interaction, await games.quiz_message(interaction, found), private=True)


def _topic(match: re.Match[str]) -> str:
    key = presses.topic_of(match["topic"])
    return MARK + key if key else ""


ITEMS: Final = (BoardButton, SeasonSelect, QuizOnButton)
