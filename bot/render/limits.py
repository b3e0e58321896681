"""Discord's limits, and the measures by which they are held: characters as Discord counts them, bytes, graphemes.

Source: Discord's documentation of August 2026; the byte limit is measured (discord-api-docs issue 8554).
"""

from __future__ import annotations

from typing import Final

import regex

CONTENT: Final = 2_000
COMPONENTS: Final = 40
"""Of one message, nested ones included."""
LAYOUT_CHARACTERS: Final = 4_000
"""Of all text displays of one message."""
LAYOUT_BYTES: Final = 10_170 * 9 // 10
"""UTF-8 bytes of all text displays and 12 more for each. Discord fails with 500 above 10,170: kept 10 % below."""
DISPLAY_BYTES: Final = 12
FILES: Final = 10
FILE_BYTES: Final = 10 * 1024 * 1024
"""Where an interaction does not say."""
ALT: Final = 1_024
ROW_BUTTONS: Final = 5
BUTTON_LABEL: Final = 80
OPTIONS: Final = 25
OPTION_LABEL: Final = 100
PLACEHOLDER: Final = 150
CHOICES: Final = 25
CHOICE: Final = 100
QUERY: Final = 100
"""Characters of a topic that is typed or quoted back; the project's own."""

_GRAPHEME: Final = regex.compile(r"\X")
_LONGEST_GRAPHEME: Final = 64
"""Characters; longer ones are no writing, only a mark piled on a mark."""


def characters(text: str) -> int:
    """Return the length as Discord's servers may count it at worst: UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def size_bytes(text: str) -> int:
    """Return the UTF-8 bytes of *text*."""
    return len(text.encode("utf-8", "replace"))


def fitting(text: str, limit: int, limit_bytes: int) -> int:
    """Return how many characters from the start fit both limits, without cutting a grapheme of a sensible length."""
    head = text[: max(limit, 0)].encode("utf-8", "replace")[: max(limit_bytes, 0)].decode("utf-8", "ignore")
    while (excess := characters(head) - limit) > 0 and head:
        head = head[: len(head) - (excess + 1) // 2]
    fits = len(head)
    if fits == len(text):
        return fits
    ends = (match.end() for match in _GRAPHEME.finditer(text[: fits + _LONGEST_GRAPHEME]))
    whole = max((end for end in ends if end <= fits), default=0)
    return whole or fits


def cut(text: str, limit: int) -> str:
    """Return *text* on one line and in at most *limit* characters, with an ellipsis where it was cut."""
    line = " ".join(text.split())
    if characters(line) <= limit:
        return line
    return line[: fitting(line, limit - 1, limit * 4)].rstrip() + "…"
