"""When the answers to a daily question are shown: the rules, as they are kept and as instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Self


class RevealKind(StrEnum):
    """What lets the answers be shown."""

    NOW = "now"
    """To everybody who answers, at once and to them alone; to all when the next question comes."""
    HOURS = "hours"
    NEXT = "next"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Reveal:
    """A rule. *number* is of hours, or of answers; 0 in the others."""

    kind: RevealKind
    number: int = 0

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}" if self.number else str(self.kind)

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the rule that str() wrote.

        Raises:
            ValueError: it is none.
        """
        kind, _, number = text.partition(":")
        return cls(RevealKind(kind), int(number or 0))

    @property
    def at_once(self) -> bool:
        """Whether who answers learns at once what is right."""
        return self.kind is RevealKind.NOW

    def at(self, posted: datetime, next_slot: datetime) -> datetime:
        """Return when the answers are shown at the latest: never later than the next question comes."""
        if self.kind is RevealKind.HOURS:
            return min(posted + timedelta(hours=self.number), max(next_slot, posted + _LEAST))
        return max(next_slot, posted + _LEAST)

    def enough(self, answers: int) -> bool:
        """Return whether so many answers let them be shown before that."""
        return self.kind is RevealKind.ANSWERS and answers >= self.number


_LEAST: Final = timedelta(hours=1)
"""What people have to answer, however soon the next question comes."""
NOW: Final = Reveal(RevealKind.NOW)
OFFERED: Final = (
    NOW,
    *(Reveal(RevealKind.HOURS, hours) for hours in (1, 3, 6, 12)),
    Reveal(RevealKind.NEXT),
    *(Reveal(RevealKind.ANSWERS, answers) for answers in (3, 5, 10, 20)),
)
"""What can be chosen."""
