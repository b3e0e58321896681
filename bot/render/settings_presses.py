"""The custom_ids of settings: which group is meant is known from where they are pressed."""

from __future__ import annotations

from typing import Final

CHANGE: Final = "settings1"
"""Show the window in which the settings of the group are changed."""
FORM: Final = "settingsform1"
"""That window; it comes back with the fields below."""
CHECK: Final = "check1"
"""Look again at what the bot may do in its channels."""

LANGUAGE: Final = "language"
ZONE: Final = "zone"
WEEK: Final = "week"
LOG: Final = "log"
BOARD: Final = "board"
NONE: Final = "-"
"""The value of a choice that leaves something unset."""
