"""A note laid out for finding questions in it: its headings, which lines are text, and what is folded away."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from knowledge.loaders import frontmatter, navigation
from knowledge.loaders.layout import Hidden, Kind, Run, Title, lay_out
from knowledge.loaders.lines import capped
from knowledge.loaders.mask import mask
from knowledge.model import BlockKind

_TAG: Final = r"[^<>]{0,200}>"
_FOLD: Final = re.compile(
    rf"<details\b{_TAG}\s{{0,200}}<summary\b{_TAG}([^<]{{0,1500}}(?:<(?!/summary)[^<]{{0,500}}){{0,20}})</summary>",
    re.IGNORECASE,
)
_FOLD_EDGE: Final = re.compile(rf"<(/?)details\b{_TAG}", re.IGNORECASE)
_ANY_TAG: Final = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")
_CLOSING: Final = re.compile(r"[ \t]+#+[ \t]*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page.

    Attributes:
        line: the first of its lines, counted from 0; *end* is the one after the last.
        text: plain, as a section's.
        written: its Markdown, without the signs that make it a heading.
    """

    line: int
    end: int
    level: int
    text: str
    written: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A ``<details>`` with its summary; places are offsets into the page's text.

    Attributes:
        start: of the whole, *end* is after it.
        body: where what is folded away begins; *close* is where it ends.
    """

    start: int
    body: int
    close: int
    end: int
    summary: str


class Page:
    r"""One note.

    Attributes:
        lines: as shown, rules and definitions of links blanked.
        text: the lines, joined with ``\n``.
        headings: in order.
        folded: those that are not in one another, in order.
    """

    def __init__(self, text: str, file: str) -> None:
        lines, _ = capped(text, file)
        matter = frontmatter.read(text, file)
        masked = mask(lines, matter.lines)
        sheet, runs = lay_out(masked, navigation.find(masked.plain, matter.lines).lines)
        self.lines = _without_hidden(sheet.shown, runs)
        self.text = "\n".join(self.lines)
        self.headings = tuple(_headings(runs, self.lines))
        self._prose = {line for run in runs if _is_text(run) for line in range(run.start, run.end)}
        self._starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self.folded = tuple(_folded("\n".join(sheet.plain), self.text))

    def is_text(self, line: int) -> bool:
        """Tell whether *line* is prose: no heading, code, formula or table."""
        return line in self._prose

    def start(self, line: int) -> int:
        """Return the offset at which *line* begins, that of the text's end for the one after the last."""
        return min(self._starts[line], len(self.text))

    def line_at(self, offset: int) -> int:
        """Return the line in which *offset* lies."""
        return min(bisect_right(self._starts, offset) - 1, len(self.lines) - 1)


def _without_hidden(shown: Sequence[str], runs: Sequence[Run]) -> list[str]:
    lines = list(shown)
    for run in runs:
        if isinstance(run.label, Hidden):
            # As many characters as before: places found in another reading of the page hold here, too.
            lines[run.start : run.end] = [" " * len(line) for line in lines[run.start : run.end]]
    return lines


def _is_text(run: Run) -> bool:
    return isinstance(run.label, Kind) and run.label.kind is BlockKind.TEXT


def _headings(runs: Sequence[Run], lines: Sequence[str]) -> Iterator[Heading]:
    for run in runs:
        if isinstance(run.label, Title):
            shown = lines[run.start : run.end]
            signed = _CLOSING.sub("", shown[0].strip().lstrip("#")).strip()
            written = signed if len(shown) == 1 else " ".join(line.strip() for line in shown[:-1])
            yield Heading(run.start, run.end, run.label.level, run.label.text, written)


def _folded(plain: str, text: str) -> Iterator[Folded]:
    at = 0
    while (found := _FOLD.search(plain, at)) is not None:
        close, end = _closing(plain, found.end())
        summary = " ".join(_ANY_TAG.sub("", text[found.start(1) : found.end(1)]).split())
        yield Folded(found.start(), found.end(), close, end, summary)
        at = end


def _closing(plain: str, at: int) -> tuple[int, int]:
    """Return where the ``<details>`` that was opened before *at* is closed, and where its last tag ends."""
    depth = 1
    for edge in _FOLD_EDGE.finditer(plain, at):
        depth += -1 if edge[1] else 1
        if depth == 0:
            return edge.start(), edge.end()
    return len(plain), len(plain)
