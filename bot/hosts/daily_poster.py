"""Does the steps of a post on Discord: its message, its thread, its answers; each alone, and told whether it worked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Final, TypeVar

from bot.client import StudyBot
from bot.i18n import Texts
from bot.publisher import LockedOutError, Place, Publisher, PublishError, Trouble
from bot.render import daily, question_presses
from bot.render.parts import Buttons, Menu, Message
from bot.services.journal import Outcome
from bot.services.posting import Problem
from bot.services.reveals import Reveal
from bot.services.steps import Work

_T = TypeVar("_T")
_PATIENCE_S: Final = 60.0
"""Of one request, with discord.py's own tries; shorter than a lease."""
_NEEDED: Final = frozenset({"view_channel", "send_messages"})
"""Without these there is no post; whatever else is missing makes it poorer."""


class Poster:
    """Does what posts want."""

    def __init__(self, bot: StudyBot, publisher: Publisher) -> None:
        self._bot = bot
        self._publisher = publisher
        self._work = bot.services.daily.work
        self._steps = bot.services.daily.steps
        self._journal = bot.services.daily.journal

    async def do(self, post_id: int) -> None:
        """Do everything that a post wants now."""
        work = await self._work.take(post_id)
        if work is None:
            return
        if not self._publisher.reachable(work.post.guild_id):
            await self._steps.hold(work)
            return
        try:
            await self._do(work, await self._bot.texts_of(work.post.guild_id))
        except _HoldError:
            await self._steps.hold(work)

    async def _do(self, work: Work, texts: Texts) -> None:
        if work.reveal:
            await self._reveal(work, texts)
        elif work.send:
            await self._send(work, texts)
        elif work.thread:
            await self._open_thread(work, texts)

    async def _send(self, work: Work, texts: Texts) -> None:
        place, message = _place(work), await asyncio.to_thread(daily.post, work, texts)
        if _NEEDED.intersection(self._publisher.missing(place)):
            await self._steps.not_sent(work, Problem.FORBIDDEN)
            return
        if work.look:
            if not await self._is_missing(work, message):
                return
            await self._steps.trying_anew(work)
        role_id = work.stream.role_id if work.post.day else None
        posting = self._publisher.post(place, message, nonce=work.post.nonce, role_id=role_id)
        try:
            message_id = await _in_time(posting)
        except PublishError as error:
            await self._steps.not_sent(work, Problem(error.trouble.value))
        else:
            await self._steps.sent(work, message_id)

    async def _is_missing(self, work: Work, message: Message) -> bool:
        """Look for the message of an earlier try; return whether it has to be sent (again)."""
        since = work.post.unsure_since or work.post.due_at
        try:
            found = await _in_time(self._publisher.find(_place(work), _press(message), since=since))
        except PublishError as error:
            if error.trouble is Trouble.GONE:
                await self._steps.not_sent(work, Problem.GONE)
                return False
            return await self._steps.not_found(work, Problem(error.trouble.value))
        if found is None:
            return await self._steps.not_found(work, None)
        await self._steps.sent(work, found)
        return False

    async def _open_thread(self, work: Work, texts: Texts) -> None:
        name = daily.thread_name(work, texts)
        try:
            if work.post.message_id is None:
                raise PublishError(Trouble.GONE)
            thread_id = await _in_time(self._publisher.open_thread(_place(work), work.post.message_id, name))
        except PublishError as error:
            await self._steps.not_threaded(work, Problem(error.trouble.value))
        else:
            await self._steps.threaded(work, thread_id)

    async def _reveal(self, work: Work, texts: Texts) -> None:
        found = await self._journal.outcome_of(work.post, work.stream)
        try:
            await self._close_message(work, await asyncio.to_thread(daily.closed, found, texts))
            problem = None if Reveal.read(work.post.reveal).at_once else await self._show(work, found, texts)
        except PublishError:
            await self._steps.not_revealed(work)
        else:
            await self._steps.revealed(work, problem)

    async def _close_message(self, work: Work, message: Message) -> None:
        """Show in the question's own message that it is over; if it is gone, that is none of ours.

        Raises:
            PublishError: Discord is away.
        """
        if work.post.message_id is None:
            return
        try:
            await _in_time(self._publisher.edit(_place(work), work.post.message_id, message))
        except PublishError as error:
            if error.trouble is Trouble.AWAY:
                raise

    async def _show(self, work: Work, found: Outcome, texts: Texts) -> Problem | None:
        """Post the answers in the thread, else in the channel; return why nobody can see them, None if they can.

        Raises:
            PublishError: Discord is away.
        """
        message = await asyncio.to_thread(daily.result, found, texts)
        places = [Place(work.post.guild_id, one) for one in (work.post.thread_id, work.post.channel_id) if one]
        if work.look:
            if await self._is_shown(places, work, message):
                return None
            await self._steps.trying_anew(work)
        problem = None
        for place in places:
            try:
                await _in_time(self._publisher.post(place, message, nonce=f"r{work.post.id}"))
            except PublishError as error:
                if error.trouble is Trouble.AWAY:
                    raise
                problem = Problem(error.trouble.value)
            else:
                return None
        return problem

    async def _is_shown(self, places: list[Place], work: Work, message: Message) -> bool:
        """Return whether an earlier try has shown the answers; where nobody can look, they are shown in the question.

        Raises:
            PublishError: Discord is away.
        """
        press = question_presses.keep(work.asked.round_id)
        since = work.post.unsure_since or work.post.due_at
        readable = False
        for place in places:
            try:
                if await _in_time(self._publisher.find(place, press, since=since)) is not None:
                    return True
                readable = True
            except PublishError as error:
                if error.trouble is Trouble.AWAY:
                    raise
        if not readable:
            await self._close_message(work, message)
        return not readable


class _HoldError(Exception):
    """The post is to be left as it was, for a while."""


def _place(work: Work) -> Place:
    return Place(work.post.guild_id, work.post.channel_id)


def _press(message: Message) -> str:
    """Return the custom_id of the first thing that answers the question."""
    for part in message.parts:
        if isinstance(part, Buttons):
            return part.buttons[0].press
        if isinstance(part, Menu):
            return part.press
    return ""


async def _in_time(doing: Awaitable[_T]) -> _T:
    """Return what *doing* does.

    Raises:
        PublishError: it failed, or took so long that nobody knows.
        _HoldError: it failed for a reason that has nothing to do with this post.
    """
    try:
        async with asyncio.timeout(_PATIENCE_S):
            return await doing
    except LockedOutError as error:
        raise _HoldError from error
    except TimeoutError as error:
        raise PublishError(Trouble.AWAY) from error
