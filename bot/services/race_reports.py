"""What is told about a race: who is there, what became of a round, who has won."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.errors import NotesLoadingError
from bot.services.race_ends import FEWEST_PLAYERS, playing
from bot.services.rounds import Asked, Given, asked_of, read_given
from knowledge.index import Index
from knowledge.questions.bank import section_of
from knowledge.questions.model import Kind
from storage import events, games, players, rounds
from storage.database import Database
from storage.events import Event
from storage.games import Game, Step
from storage.players import Standing
from storage.rounds import Round

__all__ = ["Crowd", "Outcome", "Placed", "Quick", "Race", "RaceReports", "Results", "Round", "Step"]

_PODIUM: Final = 3
_REMEMBERED: Final = 2
"""Rounds without an answer after which a round no longer waits for somebody."""


@dataclass(frozen=True, slots=True)
class Race:
    """A race as it stands, with its rounds in order."""

    game: Game
    rounds: tuple[Round, ...]

    @property
    def current(self) -> Round | None:
        """The round that was opened last; None before the first."""
        return next((one for one in reversed(self.rounds) if one.opened_at is not None), None)

    @property
    def before(self) -> Round | None:
        """The round before the current one; None in the first."""
        number = self.current.number - 1 if self.current else 0
        return next((one for one in self.rounds if one.number == number), None)

    @property
    def upcoming(self) -> Round | None:
        """The next round to open; None after the last."""
        return next((one for one in self.rounds if one.opened_at is None), None)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who is there.

    Attributes:
        joined: before the race began; those who are excluded left out.
        answered: the current round; likewise.
        complete: everybody who was known to play before has answered, and they are at least two.
    """

    joined: int
    answered: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Quick:
    """Somebody who was right, and how long it took."""

    name: str
    took_ms: int


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody in the table of a race.

    Attributes:
        rank: 1, 2, 2, 4.
        name: as the group last saw it; empty if nobody remembers.
        right: answers.
    """

    rank: int
    name: str
    points: int
    right: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a round, as the table counts it: accepted appeals included, those who are excluded left out.

    Attributes:
        right: how many of those who answered.
        picked: how often each choice of the question was picked, by its index.
        typed: how often what was typed, the most frequent first.
        quickest: of those who were right, the first few, without those who do not want to be shown.
        leading: the top of the table after this round, likewise.
        alone: so far nobody competes, so that the points of the table do not count yet.
        section_id: where to read on; None where the notes do not say.
    """

    asked: Asked
    answered: int
    right: int
    picked: Mapping[int, int]
    typed: tuple[tuple[str, int], ...]
    quickest: tuple[Quick, ...]
    leading: tuple[Placed, ...]
    section_id: str | None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """A race at its end.

    Attributes:
        table: without those who do not want to be shown, or are excluded.
        took_part: how many answered, without those who are excluded.
        played: rounds.
        cut_off: there was one more, which does not count.
    """

    game: Game
    table: tuple[Placed, ...]
    took_part: int
    played: int
    cut_off: bool = False

    @property
    def void(self) -> bool:
        """Whether nobody earns anything because nobody competed."""
        return self.took_part < FEWEST_PLAYERS and not any(one.points for one in self.table)


class RaceReports:
    """Reads what is told about races.

    Args:
        index: of the notes that a group sees; raises NotesLoadingError until there is one.
    """

    def __init__(self, db: Database, index: Callable[[int], Index]) -> None:
        self._db = db
        self._index = index

    async def race(self, game_id: int) -> Race | None:
        """Return a race as it stands, None if there is none."""
        async with self._db.reading() as conn:
            game = await games.get(conn, game_id)
            return Race(game, await rounds.of_game(conn, game_id)) if game else None

    async def crowd(self, race: Race) -> Crowd:
        """Return who has joined, and who has answered so far."""
        number = race.current.number if race.current else 0
        async with self._db.reading() as conn:
            joined = await players.joined(conn, race.game.id)
            answered = await players.answered(conn, race.current.id) if race.current else 0
            expected, missing = await players.missing(conn, race.game.id, number, since=number - _REMEMBERED)
        return Crowd(joined, answered, expected >= FEWEST_PLAYERS and not missing)

    async def unanswered(self, race: Race) -> int:
        """Return how many of the newest rounds in a row nobody has answered."""
        async with self._db.reading() as conn:
            answered = await players.answered_numbers(conn, race.game.id)
        asked = [one.number for one in race.rounds if one.opened_at is not None]
        return next((at for at, number in enumerate(reversed(asked)) if number in answered), len(asked))

    async def outcome(self, race: Race, current: Round) -> Outcome:
        """Return what became of a round that is closed; nothing in it is of a later one."""
        async with self._db.reading() as conn:
            found = await events.of_round(conn, current.id)
            standing = await players.standings(conn, race.game.id, until=current.number)
        asked = asked_of(current)
        excluded = {one.user_id for one in standing if one.excluded}
        answers = [event for event in found if not event.number and event.user_id not in excluded]
        right = _right(found)
        given = [read_given(asked.question, event.given) for event in answers]
        names = {one.user_id: one.name for one in standing if not one.hidden}
        return Outcome(
            asked=asked,
            answered=len(answers),
            right=sum(event.user_id in right for event in answers),
            picked=Counter(choice for one in given if not isinstance(one, str) for choice in one),
            typed=_frequent(given) if asked.question.kind is Kind.TYPED else (),
            quickest=_quickest([event for event in answers if event.user_id in right], names),
            leading=_table(standing)[:_PODIUM],
            section_id=self._section(asked),
            alone=playing(standing) < FEWEST_PLAYERS,
        )

    async def results(self, race: Race) -> Results:
        """Return a race at its end."""
        async with self._db.reading() as conn:
            standing = await players.standings(conn, race.game.id)
        opened = [one for one in race.rounds if one.opened_at is not None]
        played = [one for one in opened if not one.cut_off]
        table = _table(standing) if played else ()
        return Results(race.game, table, playing(standing), len(played), cut_off=len(played) < len(opened))

    def _section(self, asked: Asked) -> str | None:
        try:
            section = section_of(asked.question, self._index(asked.guild_id))
        except NotesLoadingError:
            return None
        return section.id if section else None


def _table(standing: Sequence[Standing]) -> tuple[Placed, ...]:
    shown = [one for one in standing if not one.hidden]
    ranks = {one.points: rank for rank, one in reversed(list(enumerate(shown, 1)))}
    return tuple(Placed(ranks[one.points], one.name, one.points, one.right) for one in shown)


def _right(found: Sequence[Event]) -> frozenset[int]:
    """Return who was right in a round, by all of its events: what is accepted later corrects what was marked first."""
    counted: Counter[int] = Counter()
    for event in found:
        counted[event.user_id] += event.right
    return frozenset(user_id for user_id, right in counted.items() if right > 0)


def _frequent(given: Sequence[Given]) -> tuple[tuple[str, int], ...]:
    spelt = (" ".join(one.split()).casefold() for one in given if isinstance(one, str))
    return tuple(Counter(spelt).most_common(_PODIUM))


def _quickest(right: Sequence[Event], names: Mapping[int, str]) -> tuple[Quick, ...]:
    shown = sorted((one.took_ms or 0, one.user_id) for one in right if one.user_id in names)
    return tuple(Quick(names[user_id], took_ms) for took_ms, user_id in shown[:_PODIUM])
