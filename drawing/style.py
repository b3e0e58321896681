"""The colours and measures that all pictures share: a dark card, opaque, so that it reads on a light ground, too."""

from __future__ import annotations

from typing import Final

VERSION: Final = 2
"""Raised when pictures are to look different: what was kept of the earlier ones is then drawn anew."""
GROUND: Final = "#2b2d31"
LINE: Final = "#4a4d55"
INK: Final = "#f2f3f5"
FAINT: Final = "#b5bac1"
ACCENT: Final = "#5865f2"
GOOD: Final = "#3ba55d"
BAD: Final = "#ed6a5e"
GOLD: Final = "#f0b232"
FORMULA_WIDTH: Final = 800
"""Pixels of a card with formulas that are not wider: on a phone, 300 wide, they are then as high as text."""
EM: Final = 40
"""Pixels of a formula's em, so that all formulas are of one size."""
MARGIN: Final = 32
