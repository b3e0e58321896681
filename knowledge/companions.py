"""Which PDFs stand beside a note of the same name: they say at length what the note says, and come after it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.names import folder_of, stem_of
from knowledge.text import HAN, fold

SUFFIX = ".pdf"
_SHORTEST = 2  # characters of a name that says anything
_LAST = "\U0010ffff"
_LATIN = re.compile(f"[^\\W{HAN}_]")


def companions(files: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return, by PDF, the notes in its folder that have its name, or whose name goes on after it, or that before it.

    ``lora.pdf`` and ``lora微调.pdf`` are companions of ``lora.md``, ``Bert.pdf`` is one of ``Bert_note_en.md``.
    """
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for file in files:
        folders[folder_of(file)].append(file)
    return {pdf: notes for held in folders.values() for pdf, notes in _in_folder(held)}


def _in_folder(held: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each PDF that has notes, with them; looks at the notes whose names begin alike only."""
    papers = [(file, _key(file)) for file in held if is_pdf(file)]
    notes = sorted((_key(file), place, file) for place, file in enumerate(held) if not is_pdf(file)) if papers else []
    names = [name for name, _, _ in notes]
    for pdf, name in papers:
        shorter = [(name[:end], name[:end]) for end in range(_SHORTEST, len(name))]
        ranges = (
            (bisect_left(names, low), bisect_right(names, high)) for low, high in (*shorter, (name, name + _LAST))
        )
        alike = [notes[at] for begin, end in ranges for at in range(begin, end) if _goes_on(name, names[at])]
        if alike:
            yield pdf, tuple(file for _, _, file in sorted(alike, key=lambda note: note[1]))


def _key(file: str) -> str:
    return fold(stem_of(file)).casefold()


def is_pdf(file: str) -> bool:
    """Tell whether *file* is a PDF by its name."""
    return file.lower().endswith(SUFFIX)


def _goes_on(one: str, other: str) -> bool:
    """Tell whether the longer of two folded names begins with the shorter, and with the whole of its last word."""
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or not long.startswith(short):
        return False
    following = long[len(short) : len(short) + 1]
    return not (following and _LATIN.match(following) and _LATIN.match(short[-1]))
