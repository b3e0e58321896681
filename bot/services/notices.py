"""What those who manage a group are told by themselves about a daily question: once each, where they can read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.services.groups import Groups
from bot.services.posting import NoticeKind
from storage import notices, posts, streams
from storage.database import Database
from storage.posts import UNCERTAIN, Post
from storage.streams import Stream

_LEASE: Final = timedelta(seconds=90)
_TRIES: Final = 20
_BACK_OFF: Final = timedelta(minutes=5)
_NOT_FOR_ALL: Final = frozenset({NoticeKind.PAUSED, NoticeKind.THREAD, NoticeKind.LOW, NoticeKind.LAST})
"""What the channel of the question does not take, or nobody there can do anything about; /daily show tells it, too."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A notice that is ours for a while.

    Attributes:
        post: that it is about; None where it is about the stream.
        channel_ids: where to tell it, the first that takes it; none if nobody could read it.
    """

    notice_id: int
    kind: NoticeKind
    stream: Stream
    post: Post | None
    channel_ids: tuple[int, ...]


class Notices:
    """What is still to be told."""

    def __init__(self, db: Database, *, groups: Groups, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._groups = groups
        self._clock = clock

    async def take(self, notice_id: int) -> Telling | None:
        """Return a notice; None if somebody else has it, or it is settled and nobody needs to be told any more."""
        now = self._clock()
        async with self._db.begin() as conn:
            taken = await notices.take(conn, notice_id, now, now + _LEASE)
            if taken is None:
                return None
            stream = await streams.get(conn, taken.stream_id)
            post = await posts.get(conn, taken.post_id) if taken.post_id else None
            kind = NoticeKind(taken.kind)
            if stream is None or taken.tries > _TRIES or _is_settled(kind, stream, post):
                await notices.done(conn, notice_id)
                return None
        log_channel = (await self._groups.group(stream.guild_id)).log_channel_id
        places = (log_channel, None if kind in _NOT_FOR_ALL else stream.channel_id)
        return Telling(notice_id, kind, stream, post, tuple(one for one in places if one is not None))

    async def told(self, telling: Telling) -> None:
        """Keep that it was told, or that it cannot be: /daily show tells it as well."""
        async with self._db.begin() as conn:
            await notices.done(conn, telling.notice_id)

    async def not_told(self, telling: Telling) -> None:
        """Tell it later: Discord is away."""
        async with self._db.begin() as conn:
            await notices.postpone(conn, telling.notice_id, self._clock() + _BACK_OFF)

    async def hold(self, telling: Telling) -> None:
        """Tell it later, for a reason that has nothing to do with it: as if it had not been tried."""
        async with self._db.begin() as conn:
            await notices.postpone(conn, telling.notice_id, self._clock() + _BACK_OFF, untried=True)


def _is_settled(kind: NoticeKind, stream: Stream, post: Post | None) -> bool:
    if stream.retired_at is not None:
        return True
    if kind is NoticeKind.UNCERTAIN:
        return post is None or post.state != UNCERTAIN
    return kind is NoticeKind.PAUSED and stream.paused is None
