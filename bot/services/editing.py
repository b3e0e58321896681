"""What belongs to a group's own questions, built together: they share the bell that wakes what tells of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.services.announcing import Announcing
from bot.services.appeals import Appeals
from bot.services.authoring import Authoring
from bot.services.bell import Bell
from bot.services.entry_lookup import Lookup
from bot.services.groups import Groups
from bot.services.importing import Importing
from bot.services.questions import Questions
from bot.services.reports import Reports
from bot.services.rounds import Rounds
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Editing:
    """The rules about a group's own questions."""

    authoring: Authoring
    lookup: Lookup
    importing: Importing
    reports: Reports
    appeals: Appeals
    announcing: Announcing


@dataclass(frozen=True, slots=True)
class Needs:
    """What they are built of."""

    db: Database
    groups: Groups
    questions: Questions
    rounds: Rounds
    clock: Callable[[], datetime]
    rng: random.Random


def build(needs: Needs) -> Editing:
    """Return the services."""
    db, groups, clock, bell = needs.db, needs.groups, needs.clock, Bell()
    return Editing(
        authoring=Authoring(db, groups, bell=bell, clock=clock, rng=needs.rng),
        lookup=Lookup(db),
        importing=Importing(db, clock=clock),
        reports=Reports(db, groups, taken=needs.rounds, questions=needs.questions, bell=bell, clock=clock),
        appeals=Appeals(db, groups, taken=needs.rounds, bell=bell, clock=clock),
        announcing=Announcing(db, bell=bell, clock=clock),
    )
