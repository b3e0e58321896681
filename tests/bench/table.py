"""A measured line against its aim, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Line:
    """One thing measured.

    Attributes:
        aim: in words, as the project sets it.
        measured: with its unit.
        peer: what it was compared with in the same run, with its unit; empty without one.
        met: whether the aim is met.
    """

    what: str
    aim: str
    measured: str
    peer: str
    met: bool


def show(lines: Iterable[Line], console: Console) -> None:
    """Print *lines* as a table."""
    table = Table("what", "aim", "measured", "peer, same run", "met", title="studybot bench")
    for line in lines:
        table.add_row(line.what, line.aim, line.measured, line.peer, "yes" if line.met else "NO")
    console.print(table)


def milliseconds(seconds: Sequence[float]) -> tuple[float, float]:
    """Return median and 99th percentile of *seconds*, in milliseconds."""
    ordered = sorted(seconds)
    return ordered[len(ordered) // 2] * 1000, ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1000
