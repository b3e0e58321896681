"""Finds where a page begins to ask: headings, lines and summaries that are questions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.questions import labels
from knowledge.questions.page import Heading, Page

LINE: Final = 7
"""Level of a question that is no heading: below all of them."""
_LOOK_AHEAD: Final = 8
"""Lines of a question looked through for its answer's mark."""
_LONGEST: Final = 2_000
"""Characters of a line that may ask."""
_MARGIN: Final = 3
"""Spaces before a question; what is further in belongs to a list."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a question begins.

    Attributes:
        line: counted from 0.
        body: offset of what follows it.
        end: offset at which its answer ends, where that is known from itself.
    """

    line: int
    body: int
    level: int
    prompt: str
    marked: bool
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, or what stands before the first, and the lines up to the next.

    Attributes:
        first: the line after the heading; *end* is the one after the last.
        category: the nearest heading further out that is no question.
        opening: the question that the heading is.
    """

    first: int
    end: int
    heading: str = ""
    category: str = ""
    opening: Opening | None = None


def find(page: Page) -> Iterator[tuple[Opening, Part]]:
    """Yield the questions of *page* in order of line, each with the part that it stands in."""
    folds = tuple(_of_folds(page))
    for part in _parts(page):
        for opening in _openings(page, part, folds):
            yield opening, part


def _parts(page: Page) -> Iterator[Part]:
    edges = [*(heading.line for heading in page.headings), len(page.lines)]
    yield Part(0, edges[0])
    above: list[Heading] = []
    for heading, end in zip(page.headings, edges[1:], strict=True):
        while above and above[-1].level >= heading.level:
            above.pop()
        opening = _of_heading(page, heading, end)
        category = above[-1].text if above else ""
        if opening is None:
            above.append(heading)
        yield Part(heading.end, end, heading.text, category if opening else heading.text, opening)


def _of_folds(page: Page) -> Iterator[Opening]:
    for fold in page.folded:
        read = labels.read(fold.summary)
        if (read.asks or read.labelled) and not labels.reveals(fold.summary):
            yield Opening(page.line_at(fold.start), fold.body, LINE, read.prompt, marked=True, end=fold.close)


def _openings(page: Page, part: Part, folds: Sequence[Opening]) -> Iterator[Opening]:
    """Yield the questions of one part, in order of line."""
    first, end = (bisect_left(folds, line, key=lambda fold: fold.line) for line in (part.first, part.end))
    inside = folds[first:end]
    taken = {line for fold in inside for line in range(fold.line, page.line_at(fold.end or 0) + 1)}
    if part.opening is not None:
        yield part.opening
    lines = _Lines(page, taken, within=part.opening).openings(part.first, part.end)
    yield from sorted((*inside, *lines), key=lambda opening: opening.line)


def _of_heading(page: Page, heading: Heading, end: int) -> Opening | None:
    read = labels.read(heading.written)
    answered = _marks_answer(page, heading.end, end)
    if not read.prompt or not (read.labelled or read.asks or answered) or labels.is_answer_heading(heading.text):
        return None
    marked = read.labelled or answered
    return Opening(heading.line, page.start(heading.end), heading.level, read.prompt, marked)


def _marks_answer(page: Page, first: int, end: int) -> bool:
    """Tell whether the first line with text from *first* on marks an answer."""
    line = next((line for line in range(first, end) if page.lines[line].strip()), None)
    return line is not None and page.is_text(line) and labels.after_answer(page.lines[line]) is not None


class _Lines:
    """Finds questions among the lines under one heading.

    Args:
        page: the whole.
        taken: lines of questions found before.
        within: the question that the heading is; what is numbered or bold in it belongs to its answer.
    """

    def __init__(self, page: Page, taken: set[int], *, within: Opening | None) -> None:
        self._page = page
        self._taken = taken
        self._within = within
        self._form: tuple[bool, bool] | None = None

    def openings(self, first: int, end: int) -> Iterator[Opening]:
        """Yield the questions in the lines from *first* to the one before *end*."""
        line = first
        while line < end:
            opening = self._opening(line, end)
            if opening is not None:
                yield opening
            line = line + 1 if opening is None else max(line + 1, self._page.line_at(opening.body))

    def _opening(self, line: int, end: int) -> Opening | None:
        text = self._page.lines[line]
        if line in self._taken or not self._page.is_text(line) or not text.strip() or len(text) > _LONGEST:
            return None
        read = labels.read(text)
        if not (read.labelled or read.numbered or read.bold) or labels.after_answer(text) is not None:
            return None
        last, answered = self._prompt_end(line, end)
        if not (read.labelled and (read.asks or answered)) and not (answered and (read.numbered or read.bold)):
            return self._plain(line, read) if len(text) - len(text.lstrip()) <= _MARGIN else None
        self._form = (False, False)
        prompt = labels.read("\n".join(part.strip() for part in self._page.lines[line : last + 1])).prompt
        return Opening(line, self._page.start(last + 1), LINE, prompt, marked=True)

    def _plain(self, line: int, read: labels.Labelled) -> Opening | None:
        """Return the question of a line that only its question mark tells, if its like are questions here."""
        form = (read.numbered, read.bold)
        if self._within is not None or not read.asks or self._form not in {None, form}:
            return None
        self._form = form
        return Opening(line, self._page.start(line + 1), LINE, read.prompt, marked=False)

    def _prompt_end(self, line: int, end: int) -> tuple[int, bool]:
        """Return the last line of the question that begins at *line*, and whether an answer is marked after it."""
        last = line
        for number in range(line + 1, min(line + _LOOK_AHEAD, end)):
            text = self._page.lines[number]
            if labels.after_answer(text) is not None and self._page.is_text(number):
                return last, True
            if not text.strip():
                return (last, True) if _marks_answer(self._page, number, end) else (line, False)
            if not self._page.is_text(number) or labels.read(text).labelled:
                break
            last = number
        return line, False
