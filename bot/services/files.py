"""Small files in the data folder: written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Put *text* in place of what *path* held; whoever reads meanwhile sees the one or the other.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_text(path: Path, limit_bytes: int = 10_000) -> str:
    """Return what *path* holds, empty if it cannot be read or is too long to be ours."""
    try:
        with path.open("rb") as file:
            content = file.read(limit_bytes + 1)
        return content.decode() if len(content) <= limit_bytes else ""
    except (OSError, UnicodeDecodeError):
        return ""
