"""Races: what members do with them. What a race does by itself is in race_steps."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.errors import NoRaceError, NotHostError, NoVoteError, RaceMovedOnError, RaceOverError, RoundGoneError
from bot.services import choosing, race_ends
from bot.services.choosing import NoQuestions, Wish
from bot.services.groups import Groups, Who
from bot.services.looks import Looks
from bot.services.questions import Questions
from bot.services.rounds import RACE, new_round
from storage import events, games, players, posts, rounds
from storage.database import Connection, Database
from storage.games import Game, NewGame, Step
from storage.rounds import Round

FEWEST_SECONDS: Final = 10
MOST_SECONDS: Final = 120
ASKED_FOR: Final = timedelta(days=7)
"""What a group's race asked is not asked again for so long, where there is something else to ask."""
HELD_FOR: Final = timedelta(minutes=10)
FEWEST_VOTES: Final = 2
"""To skip a round without the host."""


@dataclass(frozen=True, slots=True)
class Running:
    """A race that is on.

    Attributes:
        message_id: of its newest message; None before there is one.
    """

    game_id: int
    guild_id: int
    channel_id: int
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Begun:
    """A race that will be announced at once."""

    game_id: int
    count: int


@dataclass(frozen=True, slots=True)
class Skipping:
    """How many want a round to end, of how many that are needed; *skipped* if that is enough."""

    votes: int
    needed: int
    skipped: bool


class Races:
    """What members do with races. Each method wakes what drives them."""

    def __init__(
        self,
        db: Database,
        groups: Groups,
        *,
        questions: Questions,
        looks: Looks,
        clock: Callable[[], datetime],
        rng: random.Random,
    ) -> None:
        self._db = db
        self._groups = groups
        self._questions = questions
        self._looks = looks
        self._clock = clock
        self._rng = rng

    async def start(self, who: Who, channel_id: int, wish: Wish, *, seconds: int) -> Begun | Running | NoQuestions:
        """Begin a race, which whoever starts it has joined, or return the one that runs in the channel.

        Raises:
            NotesLoadingError: the notes have not been read yet.
        """
        bank = await self._questions.bank(who.guild_id)
        async with self._db.reading() as conn:
            secret = await posts.unrevealed(conn, who.guild_id, who.user_id)
        found = await asyncio.to_thread(choosing.fitting, bank, wish, secret)
        if not found:
            return NoQuestions(wish, await asyncio.to_thread(choosing.topics, bank, wish.language))
        now = self._clock()
        async with self._db.begin() as conn:
            known = await games.raced_since(conn, who.guild_id, now - ASKED_FOR)
            game_id = await games.add(conn, _game(who, channel_id, wish, seconds=seconds, now=now))
            if game_id is None:
                return await _running(conn, channel_id)
            await players.join(conn, game_id, guild_id=who.guild_id, user_id=who.user_id)
            await self._groups.see(conn, who)
            asked = choosing.chosen(found, wish.count, known=known, rng=self._rng)
            for number, question in enumerate(asked, 1):
                made = new_round(question, guild_id=who.guild_id, channel_id=channel_id, source=RACE, rng=self._rng)
                await rounds.add(conn, replace(made, game_id=game_id, number=number))
        self._groups.remember(who)
        self._looks.bell.ring()
        return Begun(game_id, len(asked))

    async def join(self, game_id: int, who: Who) -> None:
        """Be counted among those who play, so that rounds wait for them. Safe to repeat.

        Raises:
            RoundGoneError, RaceOverError
        """
        async with self._db.begin() as conn:
            await _race(conn, game_id, who)
            await players.join(conn, game_id, guild_id=who.guild_id, user_id=who.user_id)
            await self._groups.see(conn, who)
        self._groups.remember(who)
        self._looks.want(game_id)

    async def go_on(self, game_id: int, who: Who, *, manages: bool, message_id: int | None = None) -> None:
        """End the wait before the first round, or between two.

        Args:
            game_id: from a custom_id, maybe forged.
            who: wants that.
            manages: they may steer the races of others.
            message_id: of the message whose button was pressed; None is the newest one of the race.

        Raises:
            RoundGoneError, RaceOverError, NotHostError
            RaceMovedOnError: it waits no longer, or the message is not its newest.
        """
        await self._move(game_id, who, until=timedelta(0), manages=manages, message_id=message_id)

    async def hold(self, game_id: int, who: Who, *, manages: bool, message_id: int | None = None) -> None:
        """Wait ten minutes, or until somebody lets it go on. The same arguments and exceptions as go_on()."""
        await self._move(game_id, who, until=HELD_FOR, manages=manages, message_id=message_id)
        self._looks.want(game_id)

    async def skip(self, round_id: int, who: Who, *, manages: bool) -> Skipping:
        """End a round, or vote for it: of those who have answered more than half, and at least two.

        Raises:
            RoundGoneError, RaceOverError
            RaceMovedOnError: the round is over.
            NoVoteError: they have not answered.
        """
        now = self._clock()
        async with self._db.begin() as conn:
            kept = await rounds.get(conn, round_id)
            if kept is None or kept.source != RACE or kept.game_id is None:
                raise RoundGoneError
            game = await _race(conn, kept.game_id, who)
            if kept.opened_at is None or kept.closed_at is not None:
                raise RaceMovedOnError
            count = await self._votes(conn, kept, who, alone=manages or who.user_id == game.host_id)
            if count.skipped:
                await games.go(conn, game.id, (Step.ASKING,), due_at=now)
        self._looks.bell.ring()
        return count

    async def stop(self, game_id: int, who: Who, *, manages: bool, message_id: int | None = None) -> None:
        """End a race; the points earned in it stay, but for those of a round that is open. Arguments as of go_on().

        Raises:
            RoundGoneError, RaceOverError, NotHostError
            RaceMovedOnError: the message is not the newest of the race.
        """
        now = self._clock()
        async with self._db.begin() as conn:
            game = await _race(conn, game_id, who)
            _require_host(game, who, manages=manages)
            await _require_newest(conn, game, message_id)
            await race_ends.end(conn, game, race_ends.STOPPED, now)
        self._looks.bell.ring()

    async def stop_in(self, channel_id: int, who: Who, *, manages: bool) -> None:
        """End the race in a channel.

        Raises:
            NoRaceError: none is running there.
            NotHostError
        """
        async with self._db.reading() as conn:
            game = await games.race_in(conn, channel_id)
        if game is None:
            raise NoRaceError
        await self.stop(game.id, who, manages=manages)

    async def _move(self, game_id: int, who: Who, *, until: timedelta, manages: bool, message_id: int | None) -> None:
        async with self._db.begin() as conn:
            game = await _race(conn, game_id, who)
            _require_host(game, who, manages=manages)
            await _require_newest(conn, game, message_id)
            if not await games.go(conn, game_id, (Step.LOBBY, Step.PAUSE), due_at=self._clock() + until):
                raise RaceMovedOnError
        self._looks.bell.ring()

    async def _votes(self, conn: Connection, kept: Round, who: Who, *, alone: bool) -> Skipping:
        if alone:
            return Skipping(1, 1, skipped=True)
        if await events.answer_of(conn, kept.id, who.user_id) is None:
            raise NoVoteError
        game_id = kept.game_id or 0
        await players.skip(conn, game_id, guild_id=who.guild_id, user_id=who.user_id, number=kept.number)
        votes = await players.votes(conn, game_id, kept.number)
        needed = max(await events.answers_to(conn, kept.id) // 2 + 1, FEWEST_VOTES)
        return Skipping(votes, needed, skipped=votes >= needed)


def _game(who: Who, channel_id: int, wish: Wish, *, seconds: int, now: datetime) -> NewGame:
    return NewGame(
        kind=games.RACE,
        guild_id=who.guild_id,
        channel_id=channel_id,
        host_id=who.user_id,
        language=wish.language,
        topic=wish.topic,
        difficulty=wish.difficulty or 0,
        started_at=now,
        seconds=min(max(seconds, FEWEST_SECONDS), MOST_SECONDS),
        step=Step.ANNOUNCE,
        due_at=now,
    )


async def _running(conn: Connection, channel_id: int) -> Running:
    game = await games.race_in(conn, channel_id)
    if game is None:
        raise RaceOverError
    return Running(game.id, game.guild_id, channel_id, await _newest(conn, game))


async def _newest(conn: Connection, game: Game) -> int | None:
    """Return the newest message of a race that is known to be there."""
    kept = await rounds.of_game(conn, game.id)
    return next((one.message_id for one in reversed(kept) if one.message_id), game.message_id)


async def _require_newest(conn: Connection, game: Game, message_id: int | None) -> None:
    newest = await _newest(conn, game) if message_id is not None else None
    # Ids rise with time: a newer one than is known belongs to a message that has only just been posted.
    if message_id is not None and newest is not None and message_id < newest:
        raise RaceMovedOnError


async def _race(conn: Connection, game_id: int, who: Who) -> Game:
    game = await games.get(conn, game_id)
    if game is None or game.kind != games.RACE or game.guild_id != who.guild_id:
        raise RoundGoneError
    if not game.running:
        raise RaceOverError
    return game


def _require_host(game: Game, who: Who, *, manages: bool) -> None:
    if not manages and who.user_id != game.host_id:
        raise NotHostError
