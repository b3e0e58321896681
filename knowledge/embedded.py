"""Pictures that lie inside a note's file: in a notebook, what its code drew and what was attached to its cells."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from knowledge.decoding import decode
from knowledge.errors import NotesError
from knowledge.loaders import notebook

_NAME: Final = re.compile(
    rf"(?P<file>.+\.ipynb){notebook.SEPARATOR}(?P<number>[1-9]\d{{0,3}})\.[a-z]{{3,4}}", re.IGNORECASE | re.DOTALL
)
FILE_BYTES: Final = notebook.MAX_BYTES


def holder(path: str) -> str:
    """Return the file in which the picture at *path* lies; empty if it is a file of its own."""
    found = _NAME.fullmatch(path)
    return found["file"] if found else ""


def content(path: str, data: bytes) -> bytes | None:
    """Return the picture at *path* from *data*, the file that holds it; None if it is not there."""
    found = _NAME.fullmatch(path)
    if found is None:
        return None
    try:
        pictures = notebook.pictures(decode(data, found["file"]), found["file"])
        number = int(found["number"]) - 1
        return base64.b64decode(pictures[number][1], validate=False) if number < len(pictures) else None
    except (NotesError, binascii.Error, RecursionError):
        return None
