"""Shows each step of a race in its channel. What Discord refuses ends one race at most, never the points earned."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from bot.client import StudyBot
from bot.publisher import Place, Publisher, PublishError, Trouble
from bot.render import races
from bot.render.parts import Message
from bot.render.races import Next
from bot.services import race_ends
from bot.services.race_reports import Race, Round, Step
from bot.services.race_steps import LOBBY_LASTS, PAUSE_LASTS
from bot.services.rounds import asked_of

log = logging.getLogger(__name__)

_PATIENCE_S: Final = 5.0
"""For an edit: a deadline does not wait for it."""
_MOST_TRIES: Final = 4
_FIRST_WAIT: Final = timedelta(seconds=3)
_HELD: Final = PAUSE_LASTS * 2
"""A pause with more than this left was asked for."""


class RaceDriver:
    """Takes races through their steps."""

    def __init__(self, bot: StudyBot, publisher: Publisher) -> None:
        self._bot = bot
        self._steps = bot.services.race_steps
        self._reports = self._steps.reports
        self._publisher = publisher
        self._tries: dict[int, int] = {}
        self._doing: dict[str | None, Callable[[Race], Awaitable[None]]] = {
            Step.ANNOUNCE: self._announce,
            Step.LOBBY: self._steps.open_next,
            Step.SHOW: self._show,
            Step.ASKING: self._steps.close,
            Step.REVEAL: self._reveal,
            Step.PAUSE: self._steps.open_next,
            Step.FINAL: self._finish,
        }

    async def resume(self) -> None:
        """Say in every channel whose race goes on after a restart that it does."""
        for race in await self._steps.resume():
            if race.game.message_id is not None:
                nonce = f"race{race.game.id}.{int(self._steps.clock().timestamp()):x}"
                await self._try(self._post(race, races.resumed(await self._bot.texts_of(race.game.guild_id)), nonce))

    async def drive(self, game_id: int) -> None:
        """Do everything that is due in one race."""
        while True:
            race, now = await self._reports.race(game_id), self._steps.clock()
            # Taken of a race that was deleted, too, or it would be wanted for ever.
            looked = self._steps.looks.take(game_id, now)
            if race is None:
                return
            if race.game.due_at is not None and race.game.due_at <= now:
                await self._do(race)
            elif looked:
                await self._look(race)
            else:
                return

    async def _do(self, race: Race) -> None:
        try:
            await self._doing[race.game.step](race)
        except PublishError as error:
            await self._failed(race, error.trouble)
        except Exception:
            # The outermost frame of a step: a question that cannot be shown must not be tried for ever.
            log.exception("A step of race %s failed", race.game.id)
            await self._failed(race, Trouble.REFUSED)
        else:
            self._tries.pop(race.game.id, None)

    async def _failed(self, race: Race, trouble: Trouble) -> None:
        """Try again in a while where that may help; else end the race, and say so where somebody can read it."""
        if trouble in {Trouble.GONE, Trouble.FORBIDDEN}:
            await self._steps.end(race, race_ends.FAILED, told=False)
            return
        tries = self._tries[race.game.id] = self._tries.get(race.game.id, 0) + 1
        if tries < _MOST_TRIES:
            await self._steps.later(race, _FIRST_WAIT * 2**tries)
        else:
            del self._tries[race.game.id]
            await self._steps.give_up(race)

    async def _announce(self, race: Race) -> None:
        message = await self._announcement(race, self._steps.clock() + LOBBY_LASTS)
        message_id = await self._post(race, message, f"race{race.game.id}")
        await self._steps.announced(race, message_id)

    async def _show(self, race: Race) -> None:
        current = race.current
        assert current is not None  # noqa: S101 - a step that comes after a round was opened
        message_id = await self._post(race, await self._question(race, 0), f"round{current.id}")
        if await self._steps.shown(race, message_id):
            self._steps.looks.want(race.game.id)
        await self._still(race)

    async def _reveal(self, race: Race) -> None:
        ending = await self._steps.ending(race)
        goes_on = race.game.running and ending is None
        following = Next(self._steps.clock() + PAUSE_LASTS if goes_on else None)
        await self._put_right(race, following)
        await self._steps.revealed(race, ending)

    async def _finish(self, race: Race) -> None:
        if race.current is None:
            await self._still(race)
        texts = await self._bot.texts_of(race.game.guild_id)
        await self._post(race, races.final(await self._reports.results(race), texts), f"race{race.game.id}.end")
        await self._steps.over(race)

    async def _look(self, race: Race) -> None:
        """Show what people did in the meantime; what goes wrong with that is mended at the next step."""
        if race.game.step == Step.ASKING:
            crowd = await self._reports.crowd(race)
            if crowd.complete:
                await self._steps.close(race)
            else:
                await self._try(self._put(race, await self._question(race, crowd.answered)))
        elif race.game.step == Step.LOBBY:
            await self._try(self._put(race, await self._announcement(race, race.game.due_at)))
        elif race.game.step == Step.PAUSE and race.game.due_at is not None:
            held = race.game.due_at - self._steps.clock() > _HELD
            await self._try(self._put_right(race, Next(race.game.due_at, held)))

    async def _try(self, work: Awaitable[object]) -> None:
        try:
            await work
        except PublishError as error:
            log.info("A race is not shown as it stands: %s", error)

    async def _still(self, race: Race) -> None:
        """Take what steers from the message before the newest one: it is too late to press it."""
        if (before := race.before) is not None:
            if before.message_id is not None:
                await self._try(self._edit(race, before.message_id, await self._revealed(race, before, Next(None))))
        elif race.game.message_id is not None:
            await self._try(self._edit(race, race.game.message_id, await self._announcement(race, None)))

    async def _put_right(self, race: Race, following: Next) -> None:
        current = race.current
        assert current is not None  # noqa: S101 - a step that comes after a round was opened
        await self._put(race, await self._revealed(race, current, following))

    async def _revealed(self, race: Race, closed: Round, following: Next) -> Message:
        texts = await self._bot.texts_of(race.game.guild_id)
        outcome = await self._reports.outcome(race, closed)
        return await asyncio.to_thread(races.reveal, race, outcome, texts, following=following)

    async def _put(self, race: Race, message: Message) -> None:
        """Put *message* in place of the newest one of a race; if that was deleted, post it again, once in a race."""
        message_id = race.current.message_id if race.current else race.game.message_id
        if message_id is None:
            return
        try:
            await self._edit(race, message_id, message)
        except PublishError as error:
            if error.trouble is not Trouble.GONE:
                raise
            await self._put_again(race, message)

    async def _edit(self, race: Race, message_id: int, message: Message) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self._publisher.edit(_place(race), message_id, message)
        except TimeoutError as error:
            raise PublishError(Trouble.AWAY) from error

    async def _put_again(self, race: Race, message: Message) -> None:
        if race.game.running and not race.game.reposts:
            message_id = await self._post(race, message, f"race{race.game.id}.again")
            await self._steps.moved(race, message_id)
        elif race.game.running:
            await self._steps.end(race, race_ends.FAILED)

    async def _announcement(self, race: Race, begins_at: datetime | None) -> Message:
        crowd = await self._reports.crowd(race)
        texts = await self._bot.texts_of(race.game.guild_id)
        return races.announcement(race, texts, joined=crowd.joined, begins_at=begins_at)

    async def _question(self, race: Race, answered: int) -> Message:
        current = race.current
        assert current is not None  # noqa: S101 - a step that comes after a round was opened
        texts = await self._bot.texts_of(race.game.guild_id)
        return await asyncio.to_thread(races.question, race, asked_of(current), texts, answered=answered)

    async def _post(self, race: Race, message: Message, nonce: str) -> int:
        return await self._publisher.post(_place(race), message, nonce=nonce)


def _place(race: Race) -> Place:
    return Place(race.game.guild_id, race.game.channel_id)
