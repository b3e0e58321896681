"""Files that Git LFS keeps elsewhere: what lies in their place says so in three lines of text."""

from __future__ import annotations

from typing import Final

_BEGIN: Final = b"version https://git-lfs.github.com/spec/"


def is_pointer(data: bytes) -> bool:
    """Return whether *data*, the beginning of a file, stands for a file that is not here."""
    return data.startswith(_BEGIN)
