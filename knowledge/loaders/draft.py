"""What a loader makes of one file, before it is known what else there is: pictures and links are as written."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.errors import Problem
from knowledge.model import Language, Section


@dataclass(frozen=True, slots=True)
class Draft:
    """One file, read.

    Attributes:
        sections: an image block has its Markdown as text and no picture yet.
        links: targets of the links to files, as written, in order.
        twins: targets of the links that name the note in another language, as written.
        hidden: its author marks it as a draft, so it is no note yet.
        failed: it cannot be read, which is not tried again while the file stays the same.
        until: seconds since 1970 after which what failed is tried again all the same.
    """

    title: str
    language: Language
    sections: tuple[Section, ...]
    links: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    hidden: bool = False
    problems: tuple[Problem, ...] = ()
    failed: bool = False
    until: float = math.inf


Loader = Callable[[str, str], Draft]
"""Reads a file: its text, and its name below the root; NotesError if nothing can be made of it."""
