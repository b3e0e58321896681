"""Tells channels what became of questions. A channel that refuses is left alone; what fails is tried again."""

from __future__ import annotations

import logging
from typing import Final

from bot.client import StudyBot
from bot.publisher import LockedOutError, Place, Publisher, PublishError, Trouble
from bot.render import question_news
from bot.services.announcing import News

log = logging.getLogger(__name__)

_LONGEST_WAIT_S: Final = 60.0
"""Clocks jump and machines sleep: so long at most is it trusted that nothing is due."""


class AnnouncingHost:
    """All announcements of all groups."""

    def __init__(self, bot: StudyBot) -> None:
        self._bot = bot
        self._announcing = bot.services.editing.announcing
        self._publisher = Publisher(bot)

    async def run(self) -> None:
        """Tell what is due, for ever."""
        while True:
            for news in await self._announcing.due():
                await self._guarded(news)
            await self._announcing.bell.wait(await self._announcing.seconds(_LONGEST_WAIT_S))

    async def _guarded(self, news: News) -> None:
        try:
            await self._tell(news)
        except Exception:
            # The outermost frame of a step: what cannot be told must not keep the others from being told.
            log.exception("Announcement %s failed; it is tried again", news.announcement.id)

    async def _tell(self, news: News) -> None:
        one = news.announcement
        message = question_news.announcement(news, await self._bot.texts_of(one.guild_id))
        if not self._publisher.reachable(one.guild_id):
            return
        try:
            await self._publisher.post(Place(one.guild_id, one.channel_id), message, nonce=f"news{one.id}")
        except LockedOutError:
            await self._announcing.hold(news)
            return
        except PublishError as error:
            if error.trouble is Trouble.AWAY:
                return
            log.warning("Channel %s cannot be told about a question: %s", one.channel_id, error)
        await self._announcing.settle(news)
