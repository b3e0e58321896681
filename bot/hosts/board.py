"""Posts the boards of weeks that are over, each once, and asks Discord who of those on boards has left."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from bot.client import StudyBot
from bot.publisher import Place, Publisher, PublishError, Trouble
from bot.render import boards, scores_presses
from bot.services.leavers import Doubt
from bot.services.weekly import UNCERTAIN, Due, WeeklyPost, nonce

log = logging.getLogger(__name__)

_LONGEST_WAIT_S: Final = 60.0
"""Clocks jump and machines sleep: so long at most is it trusted that nothing is due."""
_SHORTEST_WAIT_S: Final = 6.0
_TOGETHER: Final = 5
_BETWEEN_QUESTIONS_S: Final = 6.0
"""There is no hurry: an answer that is a minute late still leaves nobody on a board for long."""


class BoardHost:
    """All groups' boards."""

    def __init__(self, bot: StudyBot) -> None:
        self._bot = bot
        self._weekly = bot.services.weekly
        self._leavers = bot.services.leavers
        self._publisher = Publisher(bot)

    async def run(self) -> None:
        """Do what is due, for ever."""
        async with asyncio.TaskGroup() as together:
            together.create_task(self._post_boards())
            together.create_task(self._ask_about_leavers())

    async def _post_boards(self) -> None:
        while True:
            due = await self._weekly.due()
            # A few at a time: all groups of a zone are due together, and Discord keeps one or the other waiting.
            for first in range(0, len(due), _TOGETHER):
                await asyncio.gather(*map(self._look_at_one, due[first : first + _TOGETHER]))
            await asyncio.sleep(max(await self._weekly.wait_s(_LONGEST_WAIT_S), _SHORTEST_WAIT_S))

    async def _look_at_one(self, row: Due) -> None:
        try:
            await self._look_at(row)
        except Exception:
            # The outermost frame of one group's board: its fault must not end the others'.
            log.exception("The board of group %s stopped, going on in a while", row.guild_id)

    async def _look_at(self, row: Due) -> None:
        if not self._publisher.reachable(row.guild_id):
            await self._weekly.wait_for_group(row)
            return
        post = await self._weekly.claim(row)
        if post is None:
            return
        try:
            message_id = await self._posted(post)
        except PublishError as error:
            await self._failed(row, error.trouble)
        except _UnsureError:
            await self._give_up(row, UNCERTAIN)
        else:
            await self._weekly.done(row, message_id)
            await self._replace(row, message_id)

    async def _posted(self, post: WeeklyPost) -> int:
        """Return the id of the board's message, which an earlier try may have posted."""
        place = Place(post.row.guild_id, post.row.channel_id)
        if post.again and (found := await self._found(post, place)) is not None:
            return found
        texts = await self._bot.texts_of(post.row.guild_id)
        studio = self._bot.services.studio
        message = await studio.beside(boards.weekly, post.board, texts, studio.draw)
        return await self._publisher.post(place, message, nonce=post.nonce)

    async def _found(self, post: WeeklyPost, place: Place) -> int | None:
        press = scores_presses.board(post.board.view.period, post.board.view.which)
        try:
            return await self._publisher.find(place, press, since=post.row.due_at)
        except PublishError as error:
            if post.fresh:
                return None
            if error.trouble is Trouble.AWAY and post.patient:
                raise
            raise _UnsureError from error

    async def _failed(self, row: Due, trouble: Trouble) -> None:
        if trouble is Trouble.AWAY:
            await self._weekly.later(row)
        else:
            await self._give_up(row, trouble.value)

    async def _give_up(self, row: Due, why: str) -> None:
        if await self._weekly.failed(row, why):
            await self._tell(row, why)

    async def _tell(self, row: Due, why: str) -> None:
        """Tell those who manage the group, where they want to be told."""
        log_channel = (await self._bot.services.groups.group(row.guild_id)).log_channel_id
        if log_channel is None:
            return
        texts = await self._bot.texts_of(row.guild_id)
        try:
            message = boards.failed(row.channel_id, why, texts)
            await self._publisher.post(Place(row.guild_id, log_channel), message, nonce=nonce("wp", row))
        except PublishError as error:
            log.warning("Group %s could not be told of its board: %s", row.guild_id, error.trouble)

    async def _replace(self, row: Due, message_id: int) -> None:
        """Take the board of the week before away; a new one is there."""
        if row.message_id is None or row.message_id == message_id:
            return
        try:
            await self._publisher.delete(Place(row.guild_id, row.channel_id), row.message_id)
        except PublishError as error:
            log.warning("The last board of group %s stays: %s", row.guild_id, error.trouble)

    async def _ask_about_leavers(self) -> None:
        while True:
            while (doubt := self._leavers.next()) is not None:
                await self._ask_about(doubt)
                await asyncio.sleep(_BETWEEN_QUESTIONS_S)
            await self._leavers.bell.wait(_LONGEST_WAIT_S)

    async def _ask_about(self, doubt: Doubt) -> None:
        if not self._publisher.reachable(doubt.guild_id):
            return
        try:
            if not await self._publisher.is_member(doubt.guild_id, doubt.user_id):
                await self._leavers.left(doubt)
        except PublishError as error:
            log.info("Nobody knows whether a member of group %s has left: %s", doubt.guild_id, error.trouble)


class _UnsureError(Exception):
    """Nobody can know whether an earlier try has posted the board."""
