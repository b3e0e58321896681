"""Reads files of the notes' folder by their names below it, bounded and never from outside."""

from __future__ import annotations

import unicodedata
from pathlib import Path


def content(root: Path, file: str, limit: int) -> bytes | None:
    """Return the bytes of *file*; None if it is gone, unreadable, outside *root* or larger than *limit* bytes.

    Args:
        root: the notes' folder.
        file: below it, with ``/``, NFC; on disk the name may be decomposed, as macOS writes it.
        limit: of bytes.
    """
    for name in dict.fromkeys((file, unicodedata.normalize("NFD", file))):
        try:
            path = (root / name).resolve(strict=True)
            if not path.is_relative_to(root.resolve()) or not path.is_file():
                continue
            with path.open("rb") as opened:
                data = opened.read(limit + 1)
        except (OSError, ValueError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
            continue
        return data if len(data) <= limit else None
    return None
