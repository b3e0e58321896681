"""Makes text safe to print: notes, names and questions may hold what steers a terminal."""

from __future__ import annotations

import re
from typing import Final

# What a terminal obeys instead of showing (ESC and kin), and what turns the order of letters around. Tab and LF stay.
_OBEYED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(text: str) -> str:
    """Return *text* without the characters that would steer the terminal."""
    return _OBEYED.sub("", text.replace("\r\n", "\n"))
