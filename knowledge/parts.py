"""One collection of notes as it was read: what an index is made of, alone or with others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from knowledge import glossary
from knowledge.errors import Problem
from knowledge.glossary import Term
from knowledge.places import Place
from knowledge.prefixing import prefixed
from knowledge.sources import Folder, Reading, read


@dataclass(frozen=True, slots=True)
class Part:
    """A collection, read.

    Attributes:
        reading: with the prefix of its place before all names.
        terms: of the group's glossary that lies in its folder.
        problems: with its files, then with its glossary.
        own: the reading without the prefix, from which the next one takes over what is the same.
    """

    place: Place
    reading: Reading
    terms: tuple[Term, ...] = ()
    problems: tuple[Problem, ...] = ()
    own: Reading | None = field(default=None, repr=False, compare=False)


def read_part(
    folder: Folder,
    *,
    place: Place | None = None,
    previous: Part | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    cache: Path | None = None,
    new_pdfs: bool = True,
) -> Part:
    """Return what *folder* holds.

    Args:
        folder: of the collection.
        place: what is said of it; None is the folder alone.
        previous: the same collection as it was read before.
        on_progress: told after each file how many are done and how many there are.
        cache: folder for what PDFs hold; None keeps it in memory alone.
        new_pdfs: False leaves PDFs waiting that were never read.

    Raises:
        NotesError: there is no folder, or it cannot be read at all.
    """
    place = place or Place(folder.root)
    before = previous.own if previous else None
    own = read(folder, previous=before, on_progress=on_progress, cache=cache, new_pdfs=new_pdfs)
    terms, problems = _group_terms(folder.root)
    reading = prefixed(own, place.prefix)
    problems = tuple(replace(problem, file=place.prefix + problem.file) for problem in problems)
    return Part(place, reading, terms, (*reading.problems, *problems), own)


def joined(parts: tuple[Part, ...]) -> Reading:
    """Return the readings of *parts* as one; what it keeps is of no use to a next one if they are several."""
    if len(parts) == 1:
        return parts[0].reading
    readings = [part.reading for part in parts]
    return Reading(
        notes=tuple(note for reading in readings for note in reading.notes),
        problems=tuple(problem for reading in readings for problem in reading.problems),
        files=sum(reading.files for reading in readings),
        bytes=sum(reading.bytes for reading in readings),
        questions=tuple(file for reading in readings for file in reading.questions),
        waiting=tuple(file for reading in readings for file in reading.waiting),
    )


def _group_terms(root: Path) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    path = root / glossary.GROUP_FILE
    try:
        if not path.is_file() or not path.resolve().is_relative_to(root.resolve()):
            return (), ()
        with path.open("rb") as file:
            data = file.read(glossary.MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return (), (Problem("The glossary cannot be read: {reason}", glossary.GROUP_FILE, None, (("reason", reason),)),)
    return glossary.parse(data, glossary.GROUP_FILE)
