"""The custom_ids of everything that can be pressed: ``kind:id:id``, ids only, at most 100 characters.

The digit is the version of a kind: a changed meaning is a new kind, so that old messages never do something else.
"""

from __future__ import annotations

from typing import Final

_ID: Final = "[0-9a-f]{16}"
EXPLAIN: Final = rf"explain1:(?P<section>{_ID}):(?P<page>[0-9]{{1,4}})"
TWIN: Final = rf"twin1:(?P<section>{_ID})"
SUGGEST: Final = rf"suggest1:(?P<section>{_ID})"
RELATED: Final = rf"related1:(?P<section>{_ID})"
ALSO: Final = rf"also1:(?P<section>{_ID})"
PDF_PAGE: Final = rf"pdfpage1:(?P<section>{_ID}):(?P<page>[0-9]{{1,4}})"
TOPICS: Final = rf"topics1:(?P<level>[acn]):(?P<key>{_ID}|-):(?P<page>[0-9]{{1,4}})"
PICK: Final = r"pick1:(?P<level>[acn])"

ALL: Final = "a"
CATEGORY: Final = "c"
NOTE: Final = "n"
NOWHERE: Final = "-"
"""The key of the level above all categories."""


def explain(section_id: str, page: int) -> str:
    """Show a page, counted from 0, of the answer that a section gives."""
    return f"explain1:{section_id}:{page}"


def twin(section_id: str) -> str:
    """Show the section, which says the same in the other language."""
    return f"twin1:{section_id}"


def suggest(section_id: str) -> str:
    """Show a section that was suggested."""
    return f"suggest1:{section_id}"


def related(section_id: str) -> str:
    """Show the section chosen among those related to this one; the option's value is its id."""
    return f"related1:{section_id}"


def also(section_id: str) -> str:
    """Show the section, which says the same at more length, in brief, or as text."""
    return f"also1:{section_id}"


def pdf_page(section_id: str, page: int) -> str:
    """Show a page, counted from 1, of the PDF that the section is in, as a picture."""
    return f"pdfpage1:{section_id}:{page}"


def topics(level: str, key: str, page: int) -> str:
    """Show a page, counted from 0, of what ALL, a CATEGORY or a NOTE holds."""
    return f"topics1:{level}:{key}:{page}"


def pick(level: str) -> str:
    """Go to what was chosen among what ALL, a CATEGORY or a NOTE holds; the option's value is its key or id."""
    return f"pick1:{level}"


def idle(place: str) -> str:
    """Do nothing: the id of a button that is disabled and only keeps its place."""
    return f"idle1:{place}"
