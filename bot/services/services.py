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

    def index(guild_id: int) -> Index:
        return libraries.of(guild_id).index

    questions = Questions(db, lambda guild_id: libraries.of(guild_id).bank)
    rounds = Rounds(db, groups, clock=clock)
    looks = Looks(clock)
    reports = RaceReports(db, index)
    leavers = Leavers(db, clock=clock)
    boards = Boards(db, groups, questions=questions, leavers=leavers, clock=clock)
    daily = dailies.build(dailies.Needs(db, groups, questions, rounds, index, clock, rng))
    return Services(
        libraries=libraries,
        studio=studio,
        groups=groups,
        questions=questions,
        rounds=rounds,
        review=Review(db, groups, rounds=rounds, questions=questions, libraries=libraries, clock=clock),
        editing=editing.build(editing.Needs(db, groups, questions, rounds, clock, rng)),
        quizzes=Quizzes(db, questions=questions, taken=rounds, index=index, clock=clock, rng=rng),
        races=Races(db, groups, questions=questions, looks=looks, clock=clock, rng=rng),
        race_steps=RaceSteps(db, taken=rounds, looks=looks, reports=reports, clock=clock),
        privacy=Privacy(
            db,
            on_forgotten=_both(groups.forget, daily.open_answers.forget),
            on_unseen=studio.forget,
            clock=clock,
        ),
        presence=Presence(db, on_purged=groups.changed, clock=clock),
        leavers=leavers,
        boards=boards,
        scores=Scores(db, groups, boards=boards, questions=questions, libraries=libraries, clock=clock),
        seasons=Seasons(db, clock=clock),
        weekly=Weekly(db, groups, boards, clock=clock),
        overview=Overview(db, groups, clock=clock),
        daily=daily,
        news=NotesNews(db, libraries, clock=clock),
    )


def _both(first: Callable[[int], None], second: Callable[[int], None]) -> Callable[[int], None]:
    def call(user_id: int) -> None:
        first(user_id)
        second(user_id)

    return call
