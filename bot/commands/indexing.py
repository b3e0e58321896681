"""studybot index: reads the notes and tells what they hold, how long that took and what is wrong with them."""

from __future__ import annotations

import resource
import sys
from typing import Any

from rich.table import Table
from rich.text import Text

from bot.commands.loading import loaded_library
from bot.commands.session import Session
from bot.config import Config
from bot.i18n import Texts
from bot.render.controls import shown
from bot.services.collections import Collection
from bot.services.library import Library
from knowledge.errors import Problem
from knowledge.library import Loaded


def report(session: Session, config: Config, *, as_json: bool) -> None:
    """Print what loading the notes made of them."""
    library = loaded_library(session, config)
    loaded = library.loaded
    if loaded is None:  # load() has just succeeded
        return
    if as_json:
        session.print_json(record(session, library, loaded))
        return
    _print(session, library, loaded)


def record(session: Session, library: Library, loaded: Loaded) -> dict[str, Any]:
    """Return what --json prints; seconds and MiB."""
    timings = loaded.timings
    return {
        "notes": str(library.source.root),
        "collections": [collection_record(session, one) for one in library.collections],
        "files": loaded.reading.files,
        "bytes": loaded.reading.bytes,
        "sections": len(loaded.index.sections),
        "terms": loaded.index.term_count,
        "segmented": loaded.segmented,
        "seconds": {
            "reading": round(timings.reading, 3),
            "segmenting": round(timings.segmenting, 3),
            "indexing": round(timings.indexing, 3),
        },
        "peak_memory_mib": round(peak_memory_mib(), 1),
        "problems": [
            {"file": problem.file, "line": problem.line, "message": _sentence(problem, session)}
            for problem in loaded.problems
        ],
    }


def collection_record(session: Session, one: Collection) -> dict[str, Any]:
    """Return what --json prints of a folder or repository."""
    now = one.status()
    return {
        "name": now.name,
        "folder": str(one.folder.root),
        "commit": now.commit.id if now.commit else None,
        "notes": now.notes,
        "sections": now.sections,
        "failure": _sentence(now.failure.problem, session) if now.failure else None,
    }


def peak_memory_mib() -> float:
    """Return the most memory that this process has held, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # getrusage(2): kilobytes on Linux, bytes on macOS.
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _print(session: Session, library: Library, loaded: Loaded) -> None:
    texts, timings = session.texts, loaded.timings
    rows = (
        *((texts.gettext("Notes"), _counted(one, texts)) for one in library.collections),
        (texts.gettext("Files"), f"{loaded.reading.files:,} ({loaded.reading.bytes / 1_000_000:,.1f} MB)"),
        (texts.gettext("Sections"), f"{len(loaded.index.sections):,}"),
        (texts.gettext("Terms"), f"{loaded.index.term_count:,}"),
        (texts.gettext("Reading"), _seconds(timings.reading, texts)),
        (
            texts.gettext("Segmenting"),
            texts.gettext(
                "{seconds} s ({segmented} of {notes} notes; the others from the cache)",
                seconds=f"{timings.segmenting:.2f}",
                segmented=loaded.segmented,
                notes=len(loaded.index.notes),
            ),
        ),
        (texts.gettext("Indexing"), _seconds(timings.indexing, texts)),
        (texts.gettext("Peak memory"), f"{peak_memory_mib():,.0f} MiB"),
        (texts.gettext("Problems"), f"{len(loaded.problems):,}"),
    )
    table = Table.grid(padding=(0, 2))
    for name, value in rows:
        table.add_row(Text(name, style="bold"), Text(shown(value)))
    session.out.print(table)
    for problem in loaded.problems:
        where = problem.where or library.collections[0].place
        session.out.print(Text(shown(f"  {where}: {_sentence(problem, session)}")), soft_wrap=True)


def _counted(one: Collection, texts: Texts) -> str:
    return texts.ngettext("{place} ({n} note)", "{place} ({n} notes)", one.status().notes, place=one.place)


def _seconds(seconds: float, texts: Texts) -> str:
    return texts.gettext("{seconds} s", seconds=f"{seconds:.2f}")


def _sentence(problem: Problem, session: Session) -> str:
    return session.texts.gettext(problem.message, **dict(problem.values))
