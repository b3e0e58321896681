"""What all cards have in common: they are told what to show by JSON, which is all that a drawing process takes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows, all texts in one language."""

    def values(self) -> dict[str, Any]:
        """Return it as draw() of its module takes it."""
        return asdict(self)
