"""Tells channels what is new in the notes. A channel that refuses is left alone; what fails is tried again."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from bot.client import StudyBot
from bot.publisher import LockedOutError, Place, Publisher, PublishError, Trouble
from bot.render import news
from bot.services.news import Told

log = logging.getLogger(__name__)

_LONGEST_WAIT_S: Final = 600.0
"""Clocks jump and machines sleep: so long at most is it trusted that nothing is due."""


class NewsHost:
    """The news of all groups."""

    def __init__(self, bot: StudyBot) -> None:
        self._bot = bot
        self._news = bot.services.news
        self._publisher = Publisher(bot)

    async def run(self) -> None:
        """Tell what is new, for ever."""
        while True:
            again = await self._news.look()
            for told in await self._news.due():
                await self._guarded(told)
            await self._news.bell.wait(await self._news.seconds(again, _LONGEST_WAIT_S))

    async def _guarded(self, told: Told) -> None:
        try:
            await self._tell(told)
        except Exception:
            # The outermost frame of a step: what cannot be told must not keep the others from being told.
            log.exception("The news %s failed; they are tried again", told.id)

    async def _tell(self, told: Told) -> None:
        if not self._publisher.reachable(told.guild_id):
            await self._news.hold(told)
            return
        message = await asyncio.to_thread(news.told, told.contents, await self._bot.texts_of(told.guild_id))
        try:
            await self._publisher.post(Place(told.guild_id, told.channel_id), message, nonce=f"notes{told.id}")
        except LockedOutError:
            await self._news.hold(told)
            return
        except PublishError as error:
            if error.trouble is Trouble.AWAY:  # however long that takes: it must not be lost
                await self._news.hold(told)
                return
            log.warning("Channel %s cannot be told what is new: %s", told.channel_id, error)
        await self._news.settle(told)
