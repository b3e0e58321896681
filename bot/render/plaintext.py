"""Plain text, such as a PDF's, as Discord Markdown that shows it as it stands."""

from __future__ import annotations

import re
from typing import Final

from bot.render.tags import BREAK

_ADDRESS: Final = re.compile(r"(https?://[\w\-.~:/?#@!$&+,;=%]{1,1000})", re.IGNORECASE | re.ASCII)
_MARKS: Final = re.compile(r"([\\`*_~|<\[])")
_BEGINS: Final = re.compile(r"^( *)(?=[#>+-])|^( *[0-9]{1,9})(?=[.)])", re.MULTILINE)
_EVERYBODY: Final = re.compile(r"@(?=everyone|here)")


def as_it_stands(text: str) -> str:
    """Return *text* with its lines, none of which makes a heading, a quote, a list, emphasis, code or a mention.

    Addresses stay as they are, so that they can be pressed.
    """
    parts = _ADDRESS.split(text)
    parts[::2] = (_MARKS.sub(r"\\\1", part) for part in parts[::2])
    return _EVERYBODY.sub("@" + BREAK, _BEGINS.sub(r"\g<0>\\", "".join(parts)))
