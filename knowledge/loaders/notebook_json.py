"""The JSON of a notebook, parsed within bounds: nothing else runs in this process meanwhile."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from knowledge.errors import NotesError

MOST_VALUES: Final = 300_000
"""Lists, objects and commas. As many are parsed in a tenth of a second; a cell has one for each of its lines."""
_PART: Final = re.compile(r'[\[{,]|"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)


def parsed(text: str, file: str) -> Mapping[str, Any]:
    """Return what a notebook holds.

    Raises:
        NotesError: it is no JSON, of another kind, or of too many values.
    """
    if _has_too_many(text):
        raise NotesError(
            "This notebook holds more than {limit} values, too many to be read. Clear the outputs of its cells.",
            file=file,
            limit=MOST_VALUES,
        )
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotesError(
            "This notebook is no valid JSON: {reason}. Save it anew from Jupyter.",
            file=file,
            line=error.lineno,
            reason=error.msg,
        ) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a list in a list in a list …
        raise NotesError("This is no notebook. Save it anew from Jupyter.", file=file) from error
    if not isinstance(value, dict):
        raise NotesError("This is no notebook. Save it anew from Jupyter.", file=file)
    return value


def _has_too_many(text: str) -> bool:
    if sum(map(text.count, "[{,")) <= MOST_VALUES:
        return False
    # Perhaps most of them stand in texts, where they make no values.
    marks = (found for found in _PART.finditer(text) if text[found.start()] != '"')
    return next(islice(marks, MOST_VALUES, None), None) is not None
