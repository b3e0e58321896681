"""studybot ask: one question, or a file of them, answered from the notes."""

from __future__ import annotations

import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.commands.loading import loaded_library
from bot.commands.session import Session
from bot.config import Config
from bot.errors import N_, StudyError
from bot.services.library import Library
from knowledge.answer import compose
from knowledge.index import Index
from knowledge.model import Hit, Language, Results


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options ask for.

    Attributes:
        limit: the most hits.
        language: of the notes to prefer; None leaves it to the question.
    """

    limit: int
    language: Language | None
    as_json: bool


def answer(session: Session, config: Config, query: str, wanted: Wanted) -> None:
    """Print the answer to *query*."""
    library = loaded_library(session, config)
    results, seconds = _search(library, query, wanted)
    if wanted.as_json:
        session.print_json(record(library.index, query, results, seconds))
        return
    from bot.render.terminal import TerminalPage  # noqa: PLC0415 - JSON need not wait for the layout of Markdown

    page = TerminalPage(session.out, session.texts, places=library.places)
    if not results.found or not results.hits:
        found = (library.index.section(suggestion.section_id) for suggestion in results.suggestions)
        page.not_found(results, [section for section in found if section])
        return
    best, *others = (hit.section for hit in results.hits)
    composed = compose(library.index, best, others)
    matches = {section.id for section in others}
    page.answer(composed, [section for section in composed.related if section.id in matches])


def answer_lines(session: Session, config: Config, file: Path, wanted: Wanted) -> None:
    """Print one line of JSON for each line of *file* (``-``: standard input), as soon as it is answered.

    A blank line gets its line too, so that the n-th answer is always that of the n-th line.

    Raises:
        StudyError: the file cannot be read.
    """
    with _opened(file) as lines:
        library = loaded_library(session, config)
        for line in lines:
            query = line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")
            results, seconds = _search(library, query, wanted)
            session.print_json(record(library.index, query, results, seconds))


def record(index: Index, query: str, results: Results, seconds: float) -> dict[str, Any]:
    """Return what --json prints.

    Args:
        index: that gave the results.
        query: as it was typed; the results hold it cleaned and cut.
        results: of the query.
        seconds: that the search alone took.
    """
    return {
        "query": query,
        "found": results.found,
        "language": results.language,
        "suggestions": [suggestion.text for suggestion in results.suggestions],
        "seconds": round(seconds, 6),
        "hits": [_hit(index, hit) for hit in results.hits],
    }


def _hit(index: Index, hit: Hit) -> dict[str, Any]:
    section = hit.section
    twin = index.twin(section)
    return {
        "file": section.file,
        "headings": list(section.headings),
        "lines": list(section.lines),
        "page": section.page,
        "score": hit.score,
        "text": section.text,
        "pictures": [picture.path for picture in section.pictures if picture.path],
        "twin": twin.file if twin else None,
    }


def _search(library: Library, query: str, wanted: Wanted) -> tuple[Results, float]:
    """Return what was found, and the seconds of the search alone."""
    # The first time may load a dictionary or make a table that every later search has.
    library.search(query, limit=wanted.limit, language=wanted.language)
    began = time.perf_counter()
    results = library.search(query, limit=wanted.limit, language=wanted.language)
    return results, time.perf_counter() - began


def _opened(file: Path) -> Any:
    if str(file) == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return file.open("rb")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StudyError(N_("{file} cannot be read: {reason}"), file=str(file), reason=reason) from None
