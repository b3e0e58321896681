"""Measures a search against queries that a person has judged."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import NotesError
from knowledge.model import Results, Section

DEPTH = 10
ALL = "all"
_MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the notes that answers a query.

    Attributes:
        file: path below the notes root with ``/``.
        heading: one of the headings above the passage or its own; empty if any place in the file will do.
    """

    file: str
    heading: str = ""

    def is_met_by(self, section: Section) -> bool:
        """Return whether *section* is this place; case, width and runs of blanks do not count."""
        if _folded(self.file) != _folded(section.file):
            return False
        return not self.heading or _folded(self.heading) in {_folded(heading) for heading in section.headings}


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and what answers it.

    Attributes:
        relevant: any one of them will do; empty if the notes do not answer the query.
    """

    query: str
    kind: str
    relevant: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search made of a judged query.

    Attributes:
        rank: place of the first relevant hit, counted from 1; None if there is none among the first ten.
        refused: the search said that the notes do not answer it.
        first: where the first hit leads, such as ``folder/file.md > Heading``; empty without one.
    """

    judged: Judged
    rank: int | None
    refused: bool
    first: str = ""


@dataclass(frozen=True, slots=True)
class Measures:
    """How well queries were answered; every share is 0 to 1, and None where nothing was there to measure.

    Attributes:
        kind: of the queries, or ``all``.
        answerable: number of queries with a relevant place.
        unanswerable: number of queries without one.
        s_at_1: share of answerable queries whose first hit is relevant (success at 1).
        s_at_3: the same for the first three.
        mrr_at_10: mean of 1 / rank of the first relevant hit, 0 where it is not among the first ten
            (mean reciprocal rank; Voorhees, TREC-8, 1999).
        recognised: share of unanswerable queries that were refused.
        refused: share of answerable queries that were refused. Their hits still count above: a member sees the
            nearest headings then.
    """

    kind: str
    answerable: int
    unanswerable: int
    s_at_1: float | None
    s_at_3: float | None
    mrr_at_10: float | None
    recognised: float | None
    refused: float | None


def read_judged(path: Path) -> tuple[Judged, ...]:
    """Return the judged queries of a JSON Lines file, in its order; blank lines are left out.

    Raises:
        NotesError: the file cannot be read or holds nothing, or a line is not of the form
            ``{"query": ..., "kind": ..., "relevant": [{"file": ..., "heading": ...}]}`` (kind and heading optional).
    """
    name = path.name
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise NotesError("cannot be read: {reason}", file=str(path), reason=error.strerror or str(error)) from None
    if len(content) > _MAX_BYTES:
        raise NotesError("larger than {limit} MB", file=name, limit=_MAX_BYTES // 1_000_000)
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotesError("the file must be saved as UTF-8", file=name, line=line) from None
    judged = tuple(_judged(text, name, number) for number, text in enumerate(lines, 1) if text.strip())
    if not judged:
        raise NotesError("there is no query in this file", file=name)
    return judged


def evaluate(judged: Iterable[Judged], search: Callable[[str], Results]) -> tuple[Outcome, ...]:
    """Return what *search* makes of each query, in their order; it should give at least ten hits."""
    return tuple(outcome(one, search(one.query)) for one in judged)


def outcome(judged: Judged, results: Results) -> Outcome:
    """Return how *results* do on *judged*."""
    hits = results.hits[:DEPTH]
    ranks = (
        rank for rank, hit in enumerate(hits, 1) if any(target.is_met_by(hit.section) for target in judged.relevant)
    )
    first = " > ".join((hits[0].section.file, *hits[0].section.headings)) if hits else ""
    return Outcome(judged, next(ranks, None), refused=not results.found, first=first)


def measure(outcomes: Sequence[Outcome]) -> tuple[Measures, ...]:
    """Return the measures of all outcomes, then of each kind in order of name."""
    kinds = sorted({one.judged.kind for one in outcomes})
    return (
        _measures(ALL, outcomes),
        *(_measures(kind, [one for one in outcomes if one.judged.kind == kind]) for kind in kinds),
    )


def _measures(kind: str, outcomes: Sequence[Outcome]) -> Measures:
    answerable = [one for one in outcomes if one.judged.relevant]
    unanswerable = [one for one in outcomes if not one.judged.relevant]
    ranks = [one.rank or DEPTH + 1 for one in answerable]
    return Measures(
        kind=kind,
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        s_at_1=_mean([rank <= 1 for rank in ranks]),
        s_at_3=_mean([rank <= 3 for rank in ranks]),
        mrr_at_10=_mean([1 / rank if rank <= DEPTH else 0 for rank in ranks]),
        recognised=_mean([one.refused for one in unanswerable]),
        refused=_mean([one.refused for one in answerable]),
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _judged(text: str, name: str, line: int) -> Judged:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotesError("not valid JSON: {reason}", file=name, line=line, reason=error.msg) from None
    except RecursionError:
        raise NotesError("not valid JSON: {reason}", file=name, line=line, reason="nested too deep") from None
    if not isinstance(value, Mapping):
        raise NotesError("expected an object with query, kind and relevant", file=name, line=line)
    query, kind, relevant = value.get("query"), value.get("kind", "other"), value.get("relevant")
    if not isinstance(query, str) or not query.strip():
        raise NotesError("query: expected text", file=name, line=line)
    if not isinstance(kind, str) or not kind.strip():
        raise NotesError("kind: expected text", file=name, line=line)
    if not isinstance(relevant, list):
        raise NotesError("relevant: expected a list, empty if the notes do not answer the query", file=name, line=line)
    return Judged(query, kind, tuple(_target(one, name, line) for one in relevant))


def _target(value: Any, name: str, line: int) -> Target:
    file = value.get("file") if isinstance(value, Mapping) else None
    heading = value.get("heading") if isinstance(value, Mapping) else None
    if not isinstance(file, str) or not file or not isinstance(heading, str | None):
        raise NotesError(
            "relevant: expected objects of the form {form}",
            file=name,
            line=line,
            form='{"file": "...", "heading": "..."}',
        )
    return Target(file, heading or "")
