"""Which PDFs stand beside a note of the same name: they say at length what the note says, and come after it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from knowledge.names import folder_of, stem_of
from knowledge.text import HAN, fold

SUFFIX = ".pdf"
_SHORTEST = 2  # characters of a name that says anything
_LATIN = re.compile(f"[^\\W{HAN}_]")


def companions(files: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return, by PDF, the notes in its folder that have its name, or whose name goes on after it, or that before it.

    ``lora.pdf`` and ``lora微调.pdf`` are companions of ``lora.md``, ``Bert.pdf`` is one of ``Bert_note_en.md``.
    """
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for file in files:
        folders[folder_of(file)].append(file)
    found: dict[str, tuple[str, ...]] = {}
    for held in folders.values():
        notes = [file for file in held if not is_pdf(file)]
        for pdf in filter(is_pdf, held):
            if same := tuple(note for note in notes if _goes_on(stem_of(pdf), stem_of(note))):
                found[pdf] = same
    return found


def is_pdf(file: str) -> bool:
    """Tell whether *file* is a PDF by its name."""
    return file.lower().endswith(SUFFIX)


def _goes_on(one: str, other: str) -> bool:
    """Tell whether the longer of two names begins with the shorter, and with the whole of its last word."""
    short, long = sorted((fold(one).casefold(), fold(other).casefold()), key=len)
    if len(short) < _SHORTEST or not long.startswith(short):
        return False
    following = long[len(short) : len(short) + 1]
    return not (following and _LATIN.match(following) and _LATIN.match(short[-1]))
