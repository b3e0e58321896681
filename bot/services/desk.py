"""What lies before somebody who repeats: the card that is asked for, and what has just become of another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from bot.services.rounds import Asked
from knowledge.model import Section
from knowledge.questions.model import Question
from storage.cards import Counts


class Grade(IntEnum):
    """How well a card was known; the numbers are FSRS's."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Happened(StrEnum):
    """What has just become of a card."""

    GRADED = "graded"
    LEECH = "leech"
    ASIDE = "aside"
    UNDONE = "undone"
    TAKEN_BACK = "taken back"
    STALE = "stale"
    """It was graded in another window meanwhile, or is gone; nothing was done."""


@dataclass(frozen=True, slots=True)
class Past:
    """What has just happened.

    Attributes:
        card_id: of the card that it happened to; 0 where it was none or many.
        version: of that card before a grading, by which it can be undone.
        due_at: when the card comes again.
        cards: how many were taken back.
    """

    what: Happened
    card_id: int = 0
    version: int = 0
    due_at: datetime | None = None
    cards: int = 0


@dataclass(frozen=True, slots=True)
class Guess:
    """An answer to the question of a card; it suggests a grade and changes nothing."""

    given: tuple[int, ...]
    right: bool
    suggested: Grade


@dataclass(frozen=True, slots=True)
class Shown:
    """A card that is asked for.

    Attributes:
        version: what is done to the card is done to it as it was then.
        section_id: where to read on; None where the notes do not say.
        intervals: after each grade, from AGAIN to EASY, until it comes again.
    """

    card_id: int
    version: int
    asked: Asked
    section_id: str | None
    intervals: tuple[timedelta, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before somebody who repeats.

    Attributes:
        card: None if none is due, or no more today.
        done: different cards that were graded today.
        practice: nothing that is done now counts.
    """

    card: Shown | None
    counts: Counts
    done: int = 0
    revealed: bool = False
    guess: Guess | None = None
    past: Past | None = None
    practice: bool = False


@dataclass(frozen=True, slots=True)
class DeckCard:
    """A card to be exported, and where to read on."""

    question: Question
    section: Section | None
