"""What a page asks and answers: each question with what follows it, as far as that is its answer."""

from __future__ import annotations

import textwrap
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass

from knowledge.questions import labels, openings
from knowledge.questions.openings import LINE, Opening, Part
from knowledge.questions.page import Folded, Page


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that a page answers.

    Attributes:
        prompt: Markdown, without label and number.
        answer: Markdown as written; may be empty.
        category: plain text of the heading above it; empty if there is none.
        heading: of the section that it stands in, its own if it is a heading; empty before the first.
        lines: first and last, counted from 1.
        marked: its author marks it, or its answer, as what it is; else only a question mark tells.
    """

    prompt: str
    answer: str
    category: str
    heading: str
    lines: tuple[int, int]
    marked: bool


def asked(page: Page, limit: int) -> list[Asked]:
    """Return the first questions of *page*, at most *limit*, in order, also those without an answer."""
    found = list(openings.find(page))
    ends = _Ends(page, [opening for opening, _ in found])
    asking = {opening.body for opening, _ in found if opening.end is not None}
    return [_asked(page, opening, part, ends=ends, asking=asking) for opening, part in found[:limit]]


class _Ends:
    """Knows where the answer of each question ends."""

    def __init__(self, page: Page, found: Sequence[Opening]) -> None:
        self._page = page
        self._openings = [opening.line for opening in found if opening.end is None]
        self._headings = [heading.line for heading in page.headings]

    def of(self, opening: Opening) -> int:
        """Return the offset at which its answer ends: where another question or as high a heading begins."""
        if opening.end is not None:
            return opening.end
        following = bisect_right(self._openings, opening.line)
        last = self._openings[following] if following < len(self._openings) else len(self._page.lines)
        for heading in self._page.headings[bisect_right(self._headings, opening.line) :]:
            if heading.line >= last or heading.level <= opening.level:
                return self._page.start(min(last, heading.line))
        return self._page.start(last)


def _asked(page: Page, opening: Opening, part: Part, *, ends: _Ends, asking: Set[int]) -> Asked:
    end = ends.of(opening)
    answer, labelled = _cleaned(_pieces(page, opening.body, end, asking))
    inked = opening.body + len(page.text[opening.body : end].rstrip())
    return Asked(
        prompt=opening.prompt,
        answer=textwrap.dedent(answer) if opening.level == LINE else answer,
        category=part.category,
        heading=part.heading,
        lines=(opening.line + 1, page.line_at(inked - 1) + 1),
        marked=opening.marked or labelled,
    )


def _pieces(page: Page, start: int, end: int, asking: Set[int]) -> str:
    """Return the text from *start* to *end*, what is folded away opened; without the folds that ask themselves."""
    pieces: list[str] = []
    at = start
    for fold in page.folded[bisect_left(page.folded, start, key=lambda fold: fold.start) :]:
        if fold.start >= end:
            break
        pieces += (page.text[at : fold.start], "" if fold.body in asking else _opened(page, fold, end))
        at = min(fold.end, end)
    return "".join((*pieces, page.text[at:end]))


def _opened(page: Page, fold: Folded, end: int) -> str:
    body = page.text[fold.body : min(fold.close, end)].strip("\n")
    return body if labels.reveals(fold.summary) else f"**{fold.summary}**\n\n{body}"


def _cleaned(text: str) -> tuple[str, bool]:
    """Return an answer without what only marks it as one, and whether it was marked."""
    lines = text.split("\n")
    marked = False
    while lines and not lines[0].strip():
        del lines[0]
    if lines and lines[0].lstrip().startswith("#") and labels.is_answer_heading(lines[0].strip("# \t*")):
        return _cleaned("\n".join(lines[1:]))[0], True
    if lines and (rest := labels.after_answer(lines[0])) is not None:
        marked = True
        lines[:1] = [rest] if rest else []
    while lines and not lines[0].strip():
        del lines[0]
    return "\n".join(lines).rstrip(), marked
