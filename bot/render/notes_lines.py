"""Lines about the notes that several replies of /notes have: bounded lists, problems, and what fails since when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.i18n import Texts
from bot.render import limits
from bot.render.inline import code_span, escape
from bot.render.markdown import clean
from bot.services.collections import Failure
from knowledge.errors import Problem


@dataclass(frozen=True, slots=True)
class Room:
    """What a list may take of a message."""

    characters: int
    size_bytes: int


HALF: Final = Room(1_800, 4_000)
"""For each of the two lists of a reply."""
MOST: Final = Room(3_000, 7_000)
"""For the only list of a reply."""
_NAME: Final = 60


def listed(lines: Sequence[Callable[[], str]], texts: Texts, *, mark: str = "- ", room: Room = HALF) -> str:
    """Return as many *lines* as there is room for, made only as far, and how many are left."""
    shown: list[str] = []
    left, left_bytes = room.characters, room.size_bytes
    for make in lines:
        line = f"{mark}{make()}"
        left, left_bytes = left - limits.characters(line) - 1, left_bytes - limits.size_bytes(line) - 1
        if min(left, left_bytes) < 0:
            break
        shown.append(line)
    if more := len(lines) - len(shown):
        shown.append("-# " + texts.ngettext("and {n} more", "and {n} more", more))
    return "\n".join(shown)


def problem(found: Problem, texts: Texts) -> str:
    """Return what is wrong, and in which line of which file."""
    values = {name: limits.cut(clean(str(value)), 200) for name, value in found.values}
    sentence = escape(texts.gettext(found.message, **values))
    return f"{code_span(limits.cut(clean(found.where), 150))} {sentence}" if found.where else sentence


def failure(name: str, found: Failure, texts: Texts) -> str:
    """Return what goes wrong with the collection *name*, and since when."""
    return "⚠️ " + texts.gettext(
        "Reading {name} has failed since {when}: {problem}",
        name=called(name),
        when=f"<t:{int(found.since.timestamp())}:f>",
        problem=problem(found.problem, texts),
    )


def called(name: str) -> str:
    """Return the name of a collection."""
    return code_span(limits.cut(clean(name), _NAME))


def relative(when: datetime) -> str:
    """Return how long ago something was."""
    return f"<t:{int(when.timestamp())}:R>"
