"""Every service, built once and passed to whoever needs it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.services import dailies, editing
from bot.services.boards import Boards
from bot.services.dailies import Dailies
from bot.services.editing import Editing
from bot.services.groups import Groups
from bot.services.leavers import Leavers
from bot.services.libraries import Libraries
from bot.services.looks import Looks
from bot.services.news import NotesNews
from bot.services.overview import Overview
from bot.services.presence import Presence
from bot.services.privacy import Privacy
from bot.services.questions import Questions
from bot.services.quizzes import Quizzes
from bot.services.race_reports import RaceReports
from bot.services.race_steps import RaceSteps
from bot.services.races import Races
from bot.services.review import Review
from bot.services.rounds import Rounds
from bot.services.scores import Scores
from bot.services.seasons import Seasons
from bot.services.weekly import Weekly
from drawing.studio import Studio
from knowledge.index import Index
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """The rules, for cogs, buttons and jobs to call."""

    libraries: Libraries
    studio: Studio
    groups: Groups
    questions: Questions
    rounds: Rounds
    review: Review
    editing: Editing
    quizzes: Quizzes
    races: Races
    race_steps: RaceSteps
    privacy: Privacy
    presence: Presence
    leavers: Leavers
    boards: Boards
    scores: Scores
    seasons: Seasons
    weekly: Weekly
    overview: Overview
    daily: Dailies
    news: NotesNews


async def build(
    db: Database, libraries: Libraries, *, studio: Studio, clock: Callable[[], datetime], rng: random.Random
) -> Services:
    """Return the services over an open database and notes that are loaded or being loaded.

    Args:
        db: up to date.
        libraries: the notes, as each group sees them.
        studio: draws pictures.
        clock: aware, any zone.
        rng: for what shall be different each time.
    """
    groups = Groups(db, clock=clock)
    await groups.load()
    base = _Base(db, libraries, groups=groups, clock=clock, rng=rng)
    return _services(base, studio, played=_games(base), standing=_standing(base), daily=_daily(base))


class _Base:
    """What services are built on, and those that most others use."""

    def __init__(
        self, db: Database, libraries: Libraries, *, groups: Groups, clock: Callable[[], datetime], rng: random.Random
    ) -> None:
        self.db = db
        self.libraries = libraries
        self.groups = groups
        self.clock = clock
        self.rng = rng
        self.questions = Questions(db, lambda guild_id: libraries.of(guild_id).bank)
        self.rounds = Rounds(db, groups, clock=clock)

    def index(self, guild_id: int) -> Index:
        """Return the index of the notes that a group sees."""
        return self.libraries.of(guild_id).index


@dataclass(frozen=True, slots=True)
class _Games:
    """Quizzes and races."""

    quizzes: Quizzes
    races: Races
    race_steps: RaceSteps


@dataclass(frozen=True, slots=True)
class _Standing:
    """What tells who has earned how much."""

    leavers: Leavers
    boards: Boards
    scores: Scores
    weekly: Weekly


def _services(base: _Base, studio: Studio, *, played: _Games, standing: _Standing, daily: Dailies) -> Services:
    return Services(
        libraries=base.libraries,
        studio=studio,
        groups=base.groups,
        questions=base.questions,
        rounds=base.rounds,
        review=_review(base),
        editing=_editing(base),
        quizzes=played.quizzes,
        races=played.races,
        race_steps=played.race_steps,
        privacy=_privacy(base, studio, daily),
        presence=Presence(base.db, on_purged=base.groups.changed, clock=base.clock),
        leavers=standing.leavers,
        boards=standing.boards,
        scores=standing.scores,
        seasons=Seasons(base.db, clock=base.clock),
        weekly=standing.weekly,
        overview=Overview(base.db, base.groups, clock=base.clock),
        daily=daily,
        news=NotesNews(base.db, base.libraries, clock=base.clock),
    )


def _games(base: _Base) -> _Games:
    """Return the games; what members do in races wakes what drives them."""
    db, questions, clock, rng = base.db, base.questions, base.clock, base.rng
    looks = Looks(clock)
    return _Games(
        quizzes=Quizzes(db, questions=questions, taken=base.rounds, index=base.index, clock=clock, rng=rng),
        races=Races(db, base.groups, questions=questions, looks=looks, clock=clock, rng=rng),
        race_steps=RaceSteps(db, taken=base.rounds, looks=looks, reports=RaceReports(db, base.index), clock=clock),
    )


def _standing(base: _Base) -> _Standing:
    """Return the boards and scores; both count in one way."""
    db, groups, questions, clock = base.db, base.groups, base.questions, base.clock
    leavers = Leavers(db, clock=clock)
    boards = Boards(db, groups, questions=questions, leavers=leavers, clock=clock)
    return _Standing(
        leavers=leavers,
        boards=boards,
        scores=Scores(db, groups, boards=boards, questions=questions, libraries=base.libraries, clock=clock),
        weekly=Weekly(db, groups, boards, clock=clock),
    )


def _daily(base: _Base) -> Dailies:
    needs = dailies.Needs(base.db, base.groups, base.questions, base.rounds, base.index, base.clock, base.rng)
    return dailies.build(needs)


def _editing(base: _Base) -> Editing:
    return editing.build(editing.Needs(base.db, base.groups, base.questions, base.rounds, base.clock, base.rng))


def _review(base: _Base) -> Review:
    questions, libraries = base.questions, base.libraries
    return Review(base.db, base.groups, rounds=base.rounds, questions=questions, libraries=libraries, clock=base.clock)


def _privacy(base: _Base, studio: Studio, daily: Dailies) -> Privacy:
    """Return what deletes data; whatever keeps some at hand forgets it too."""
    forgets = _both(base.groups.forget, daily.open_answers.forget)
    return Privacy(base.db, on_forgotten=forgets, on_unseen=studio.forget, clock=base.clock)


def _both(first: Callable[[int], None], second: Callable[[int], None]) -> Callable[[int], None]:
    def call(user_id: int) -> None:
        first(user_id)
        second(user_id)

    return call
