"""What races do by themselves, step by step. Rows say which step is next; whoever takes it shows it, and goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.services import race_ends
from bot.services.looks import Looks
from bot.services.race_reports import Race, RaceReports
from bot.services.rounds import Rounds
from storage import games, rounds
from storage.database import Database
from storage.games import Game, Step

LOBBY_LASTS: Final = timedelta(seconds=20)
PAUSE_LASTS: Final = timedelta(seconds=10)
LAST_LOOK: Final = timedelta(seconds=3)
"""Between the last reveal and the final table."""
GRACE: Final = timedelta(seconds=1)
"""After the deadline, for answers that came before it and are still on their way into the database."""
LATE: Final = timedelta(seconds=3)
"""If its message comes so late, a round starts anew: nobody shall lose time in which there was nothing to read."""
LONG_PAST: Final = timedelta(minutes=10)
"""A race that should have gone on before then is not taken up again."""
MOST_UNANSWERED: Final = 5
"""Rounds in a row without an answer, after which a race ends."""


class RaceSteps:
    """The steps of races. Of several that take the same step one succeeds.

    Attributes:
        looks: the races to look at because somebody did something in them.
        reports: what is told about them.
    """

    def __init__(
        self, db: Database, *, taken: Rounds, looks: Looks, reports: RaceReports, clock: Callable[[], datetime]
    ) -> None:
        self._db = db
        self._rounds = taken
        self.looks = looks
        self.reports = reports
        self.clock = clock

    async def times(self) -> dict[int, datetime]:
        """Return every race that has something to do, and when."""
        async with self._db.reading() as conn:
            times = dict(await games.due(conn))
        for game_id, at in self.looks.times().items():
            times[game_id] = min(at, times.get(game_id, at))
        return times

    async def resume(self) -> tuple[Race, ...]:
        """Take up what an earlier process left; return the races that go on. What was left too long ago ends."""
        now = self.clock()
        going: list[Race] = []
        for game_id, due_at in (await self.times()).items():
            race = await self.reports.race(game_id)
            if race is None or not race.game.running:
                continue
            if now - due_at > LONG_PAST:
                await self.end(race, race_ends.RESTART)
            else:
                going.append(race)
                self.looks.want(game_id)
        return tuple(going)

    async def announced(self, race: Race, message_id: int) -> None:
        """Go on from the first message to the wait for players."""
        due_at = self.clock() + LOBBY_LASTS
        async with self._db.begin() as conn:
            await games.announced(conn, race.game.id, message_id)
            await games.go(conn, race.game.id, (Step.ANNOUNCE,), to=Step.LOBBY, due_at=due_at)

    async def open_next(self, race: Race) -> None:
        """Open the next round; its message is still to be posted."""
        upcoming, now = race.upcoming, self.clock()
        if upcoming is None:
            await self.end(race, race_ends.FINISHED)
            return
        async with self._db.begin() as conn:
            if await games.go(conn, race.game.id, (Step.LOBBY, Step.PAUSE), to=Step.SHOW, due_at=now):
                await rounds.begin(conn, upcoming.id, at=now, closes_at=now + _lasting(race.game))

    async def shown(self, race: Race, message_id: int) -> bool:
        """Go on from the message of a round to the answers; return whether the round was given its time anew."""
        current, now = race.current, self.clock()
        assert current is not None  # noqa: S101 - SHOW comes after a round was opened
        late = current.opened_at is not None and now - current.opened_at > LATE
        closes_at = now + _lasting(race.game) if late else current.closes_at or now
        async with self._db.begin() as conn:
            await rounds.shown_at(conn, current.id, message_id)
            if late:
                await rounds.restart(conn, current.id, at=now, closes_at=closes_at)
            await games.go(conn, race.game.id, (Step.SHOW,), to=Step.ASKING, due_at=closes_at + GRACE)
        self._rounds.forget(current.id)
        return late

    async def moved(self, race: Race, message_id: int) -> None:
        """Remember that the newest message was deleted, and is now another one."""
        async with self._db.begin() as conn:
            await games.reposted(conn, race.game.id)
            if race.current is None:
                await games.announced(conn, race.game.id, message_id)
            else:
                await rounds.shown_at(conn, race.current.id, message_id)

    async def close(self, race: Race) -> None:
        """Close the current round; its message is still to be put right."""
        now = self.clock()
        async with self._db.begin() as conn:
            moved = await games.go(conn, race.game.id, (Step.ASKING,), to=Step.REVEAL, due_at=now)
            if moved and race.current is not None:
                await rounds.close(conn, race.current.id, now)

    async def ending(self, race: Race) -> str | None:
        """Return how a race ends with its current round, None if it goes on or has ended already."""
        if not race.game.running:
            return None
        unanswered = await self.reports.unanswered(race)
        if unanswered >= MOST_UNANSWERED or (race.upcoming is None and unanswered == len(race.rounds)):
            return race_ends.UNANSWERED
        return race_ends.FINISHED if race.upcoming is None else None

    async def revealed(self, race: Race, ending: str | None) -> None:
        """Go on from the reveal of a round to the next, or to the *ending* that was found."""
        if ending is not None:
            await self.end(race, ending, wait=LAST_LOOK)
            return
        to, wait = (Step.PAUSE, PAUSE_LASTS) if race.game.running else (Step.FINAL, timedelta(0))
        async with self._db.begin() as conn:
            await games.go(conn, race.game.id, (Step.REVEAL,), to=to, due_at=self.clock() + wait)

    async def end(self, race: Race, ending: str, *, wait: timedelta = timedelta(0), told: bool = True) -> None:
        """End a race. If nothing can be *told* any more, leave it alone from now on, however it has ended."""
        async with self._db.begin() as conn:
            ended = await race_ends.end(conn, race.game, ending, self.clock(), wait=wait, told=told)
            if not ended and not told:
                await games.rest(conn, race.game.id)

    async def give_up(self, race: Race) -> None:
        """Leave out a step that cannot be done: a race that runs ends, one that has ended goes to its last message."""
        if race.game.running:
            await self.end(race, race_ends.FAILED)
        elif race.game.step == Step.REVEAL:
            await self.revealed(race, None)
        else:
            await self.over(race)

    async def over(self, race: Race) -> None:
        """Leave a race alone: its members know how it ended."""
        async with self._db.begin() as conn:
            await games.rest(conn, race.game.id)

    async def later(self, race: Race, wait: timedelta) -> None:
        """Do the step of a race at another time."""
        if race.game.step is not None:
            async with self._db.begin() as conn:
                await games.go(conn, race.game.id, (race.game.step,), due_at=self.clock() + wait)


def _lasting(game: Game) -> timedelta:
    return timedelta(seconds=game.seconds or 0)
