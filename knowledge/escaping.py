"""Plain text inside Markdown."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\`*_\[\]<>#|~$&=@])")


def escaped(plain: str) -> str:
    """Return Markdown of one line that says *plain*."""
    return _MARKS.sub(r"\\\1", plain)
