"""Tells the lines of a draft that was made of converted text as those of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.loaders.draft import Draft


def remapped(draft: Draft, places: Sequence[int]) -> Draft:
    """Return *draft* with line n as ``places[n - 1]``; *places* never descend, lines behind their end are the last."""

    def moved(lines: tuple[int, int]) -> tuple[int, int]:
        first, last = (places[min(line, len(places)) - 1] for line in lines)
        return first, last

    sections = (
        replace(
            section,
            lines=moved(section.lines),
            blocks=tuple(replace(block, lines=moved(block.lines)) for block in section.blocks),
        )
        for section in draft.sections
    )
    problems = (replace(one, line=moved((one.line, one.line))[0] if one.line else None) for one in draft.problems)
    return replace(draft, sections=tuple(sections), problems=tuple(problems))
