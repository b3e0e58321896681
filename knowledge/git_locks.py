"""The locks about a repository: ours against other processes, and those that a git left behind which was ended."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TextIO


def taken(lock: TextIO) -> bool:
    """Take *lock* unless another process has it; return whether it is ours. It goes with whoever dies."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows, where nobody runs two
    except ImportError:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def remove_left(repository: Path) -> None:
    """Remove the locks below *repository*, at which git would refuse to work; for who knows that none is at work."""
    for lock in repository.rglob("*.lock"):
        with contextlib.suppress(OSError):
            lock.unlink()
