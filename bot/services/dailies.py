"""Everything about daily questions, built once: what goes together behind one name."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.services.bell import Bell
from bot.services.daily import Daily
from bot.services.groups import Groups
from bot.services.journal import Journal
from bot.services.lineup import Lineup
from bot.services.manual import Manual
from bot.services.notices import Notices
from bot.services.open_answers import OpenAnswers
from bot.services.posting import Posting
from bot.services.questions import Questions
from bot.services.rounds import Rounds
from bot.services.steps import Steps
from bot.services.streams import Streams
from knowledge.index import Index
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Dailies:
    """The rules of daily questions.

    Attributes:
        streams: set up by those who manage a group.
        manual: single posts by hand.
        lineup: what comes next.
        work: what is due.
        steps: what became of it.
        notices: what those who manage a group are told.
        journal: what was asked, for members.
        open_answers: in people's own words.
    """

    streams: Streams
    manual: Manual
    lineup: Lineup
    work: Daily
    steps: Steps
    notices: Notices
    journal: Journal
    open_answers: OpenAnswers


@dataclass(frozen=True, slots=True)
class Needs:
    """What daily questions are built on. *index* is of the notes that a group sees; *clock* is aware, in any zone."""

    db: Database
    groups: Groups
    questions: Questions
    rounds: Rounds
    index: Callable[[int], Index]
    clock: Callable[[], datetime]
    rng: random.Random


def build(needs: Needs) -> Dailies:
    """Return everything about daily questions."""
    db, clock, rng, bell = needs.db, needs.clock, needs.rng, Bell()
    posting = Posting(clock=clock, rng=rng)
    return Dailies(
        streams=Streams(db, groups=needs.groups, questions=needs.questions, bell=bell, clock=clock, rng=rng),
        manual=Manual(db, posting, questions=needs.questions, bell=bell, clock=clock, rng=rng),
        lineup=Lineup(db, posting, questions=needs.questions, clock=clock),
        work=Daily(db, posting, questions=needs.questions, rounds=needs.rounds, bell=bell, clock=clock),
        steps=Steps(db, bell=bell, clock=clock),
        notices=Notices(db, groups=needs.groups, clock=clock),
        journal=Journal(db, rounds=needs.rounds, index=needs.index, bell=bell, clock=clock),
        open_answers=OpenAnswers(db, rounds=needs.rounds, groups=needs.groups, clock=clock),
    )
