"""studybot eval: measures the search against judged queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.table import Table
from rich.text import Text

from bot.commands.loading import loaded_library
from bot.commands.session import Session
from bot.config import Config
from bot.render.controls import shown
from knowledge.evaluation import DEPTH, Measures, Outcome, evaluate, measure, read_judged


def report(session: Session, config: Config, judged: Path, *, as_json: bool, misses: bool) -> None:
    """Print the measures by kind; with *misses* also the queries whose answer did not come first.

    Raises:
        NotesError: the judged file, or the notes, cannot be read.
    """
    queries = read_judged(judged)
    library = loaded_library(session, config)
    outcomes = evaluate(queries, lambda query: library.search(query, limit=DEPTH))
    measures = measure(outcomes)
    missed = [outcome for outcome in outcomes if is_miss(outcome)] if misses else []
    if as_json:
        record: dict[str, object] = {"queries": len(queries), "measures": [asdict(one) for one in measures]}
        if misses:
            record["misses"] = [_record(outcome) for outcome in missed]
        session.print_json(record)
        return
    session.out.print(_table(session, measures))
    for outcome in missed:
        _print_miss(session, outcome)


def is_miss(outcome: Outcome) -> bool:
    """Return whether a member would not have been shown the answer first, or been shown one that is none."""
    if not outcome.judged.relevant:
        return not outcome.refused
    return outcome.refused or outcome.rank != 1


def _record(outcome: Outcome) -> dict[str, object]:
    return {
        "query": outcome.judged.query,
        "kind": outcome.judged.kind,
        "rank": outcome.rank,
        "refused": outcome.refused,
        "first": outcome.first,
    }


def _table(session: Session, measures: Sequence[Measures]) -> Table:
    texts = session.texts
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(texts.gettext("Kind"))
    for name in ("S@1", "S@3", "MRR@10", texts.gettext("recognised"), texts.gettext("refused")):
        table.add_column(name, justify="right")
    table.add_column(texts.gettext("Queries"), justify="right")
    for one in measures:
        shares = (one.s_at_1, one.s_at_3, one.mrr_at_10, one.recognised, one.refused)
        cells = ("-" if share is None else f"{share:.3f}" for share in shares)
        table.add_row(Text(shown(one.kind)), *cells, str(one.answerable + one.unanswerable))
    return table


def _print_miss(session: Session, outcome: Outcome) -> None:
    rank = "-" if outcome.rank is None else str(outcome.rank)
    refused = f" [{session.texts.gettext('refused')}]" if outcome.refused else ""
    line = f"{outcome.judged.kind}  {rank:>2}  {outcome.judged.query}{refused}  ->  {outcome.first}"
    session.out.print(Text(shown(line)), soft_wrap=True)
