"""Reads the rows of a table, as Markdown or HTML has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.loaders.formulas import SpanKind, find

MOST_CELLS: Final = 20_000
_RULE: Final = re.compile(r"\s*+(?:\|\s*+)?:?-++:?\s*+(?:\|\s*+:?-++:?\s*+){0,200}+(?:\|\s*+)?")
_QUOTE: Final = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_BAR: Final = re.compile(r"\\.|\|")
_COVER: Final = "\ue000"
_HTML: Final = re.compile(r"<table\b[^<>]{0,500}>(?:(?!<table\b).){0,20000}?</table\s?>", re.IGNORECASE | re.DOTALL)
_HTML_ROW: Final = re.compile(r"<tr\b[^<>]{0,500}>", re.IGNORECASE)
_HTML_CELL: Final = re.compile(r"<t([dh])\b([^<>]{0,500})>", re.IGNORECASE)
_HTML_AROUND: Final = re.compile(
    r"</?(?:table|thead|tbody|tfoot|tr|td|th|colgroup|col|p|div|center)\b[^<>]{0,500}>", re.IGNORECASE
)
_SPAN: Final = re.compile(r"\b(col|row)span\s?=\s?[\"']?(\d{1,3})", re.IGNORECASE)
_ALIGN: Final = re.compile(r"align\s?[=:]\s?[\"']?(left|center|right)", re.IGNORECASE)
_MOST_SPANNED: Final = 20

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its cells are Markdown.

    Attributes:
        rows: the head first, all of one length, at least one and of at least one cell.
        aligns: left, center or right, of each column.
    """

    rows: Rows
    aligns: Sequence[str]


def of_markdown(source: str) -> Table | None:
    """Return the table; None if *source* is none. A bar in code, in a formula or escaped parts no cells."""
    lines = [_QUOTE.sub("", line, count=1) for line in source.splitlines() if line.strip()]
    if len(lines) < 2 or not _RULE.fullmatch(lines[1]):
        return None
    wanted = len(list(_cells(lines[0], lines[0])))
    cells = [_row(line, wanted) for line in (lines[0], *lines[2:])]
    sides = [_side(one) for one in lines[1].strip().strip("|").split("|")]
    return _squared(cells, sides)


def html_tables(text: str) -> Iterator[tuple[int, int, Table]]:
    """Yield the tables of HTML in *text*, and where they begin and end; one in another is left alone."""
    if "<" not in text:
        return
    for found in _HTML.finditer(text):
        table = _of_html(found[0])
        if table is not None:
            yield found.start(), found.end(), table


def _row(line: str, wanted: int) -> list[str]:
    cells = list(_cells(line, _covered(line)))
    if len(cells) == wanted:
        return cells
    bare = list(_cells(line, line))
    # Two prices in one row can look like a formula with a bar in it.
    return bare if len(bare) == wanted else cells


def _covered(line: str) -> str:
    """Return *line* with signs of no meaning in place of code and formulas."""
    if "`" not in line and "$" not in line and "\\(" not in line:
        return line
    out: list[str] = []
    at = 0
    for span in find(line):
        if span.kind is not SpanKind.COMMENT:
            out += (line[at : span.start], _COVER * (span.end - span.start))
            at = span.end
    return "".join((*out, line[at:]))


def _cells(line: str, covered: str) -> Iterator[str]:
    """Yield the cells of *line*, parted where *covered* has bars."""
    start = len(covered) - len(covered.lstrip())
    start += covered.startswith("|", start)
    for bar in _BAR.finditer(covered, start):
        if bar[0] == "|":
            yield line[start : bar.start()].strip()
            start = bar.end()
    if line[start:].strip():
        yield line[start:].strip()


def _side(rule: str) -> str:
    left, right = rule.strip().startswith(":"), rule.strip().endswith(":")
    return "center" if left and right else "right" if right else "left"


def _squared(cells: Sequence[Sequence[str]], sides: Sequence[str]) -> Table | None:
    width = max(map(len, cells), default=0)
    if not width or width * len(cells) > MOST_CELLS:
        return None
    rows = [[*row, *[""] * (width - len(row))] for row in cells]
    return Table(rows, [*sides, *["left"] * width][:width])


def _of_html(source: str) -> Table | None:
    cells: list[list[str]] = []
    sides: list[str] = []
    for row in _HTML_ROW.split(source)[1:]:
        found = list(_HTML_CELL.finditer(row))
        edges = [*(one.start() for one in found), len(row)]
        read: list[str] = []
        for number, one in enumerate(found):
            spans = dict(_SPAN.findall(one[2].lower()))
            if int(spans.get("row", 1)) > 1:
                return None  # which row its neighbours belong to would have to be guessed
            side = _ALIGN.search(one[2])
            sides += [side[1].lower() if side else "left"] if len(sides) == len(read) else []
            read.append(" ".join(_HTML_AROUND.sub(" ", row[one.end() : edges[number + 1]]).split()))
            read += [""] * min(int(spans.get("col", 1)) - 1, _MOST_SPANNED)
        if read:
            cells.append(read)
    return _squared(cells, sides)
