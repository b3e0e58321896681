"""Tells those who manage a group what went wrong with a daily question, in the first channel that takes it."""

from __future__ import annotations

from bot.client import StudyBot
from bot.publisher import LockedOutError, Place, Publisher, PublishError, Trouble
from bot.render import daily_notices


class Teller:
    """Tells notices."""

    def __init__(self, bot: StudyBot, publisher: Publisher) -> None:
        self._bot = bot
        self._publisher = publisher
        self._notices = bot.services.daily.notices

    async def tell(self, notice_id: int) -> None:
        """Tell a notice, or give it up where no channel takes it: /daily show tells the same."""
        found = await self._notices.take(notice_id)
        if found is None:
            return
        texts = await self._bot.texts_of(found.stream.guild_id)
        message = daily_notices.notice(found, texts)
        for channel_id in found.channel_ids:
            try:
                await self._publisher.post(Place(found.stream.guild_id, channel_id), message, nonce=f"n{notice_id}")
            except LockedOutError:
                await self._notices.hold(found)
                return
            except PublishError as error:
                if error.trouble is Trouble.AWAY:
                    await self._notices.not_told(found)
                    return
            else:
                break
        await self._notices.told(found)
