"""When Python looks for garbage: not while the notes are read, which are most of what there is to look at."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_NEVER: Final = 1_000_000


@contextmanager
def collection_paused(*, keep: bool) -> Iterator[None]:
    """Hold back the full collections of Python's garbage while notes are read; those of the young go on.

    A full one looks at every section there is and stops the event loop for 0.1 to 0.4 s at 20,000 of them.
    With *keep*, what is there afterwards is never looked at again.
    """
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(young, middle, old)
        if keep:
            gc.freeze()
