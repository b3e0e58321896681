"""Open questions out of notes in which people collected them, as they write them down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Final

from knowledge.errors import Problem
from knowledge.model import BlockKind, Language, Note
from knowledge.questions import labels, points
from knowledge.questions.asking import Asked, asked
from knowledge.questions.model import LONGEST_PROMPT, LONGEST_TEXT, Kind, Origin, Question, question_id
from knowledge.questions.page import Page
from knowledge.text import HAN_RUN, fold

MOST: Final = 2_000
"""Questions of one note."""
ENOUGH_MARKED: Final = 2
"""Questions that say that they are some, from which on a note is a collection whatever its name."""
ENOUGH_ASKING: Final = 3
"""Likewise with a question mark alone; and they must be most of the note."""
_LONGEST_TOPIC: Final = 200
_SHARE: Final = 2 / 3
_WRITTEN: Final = frozenset({".md", ".markdown", ".txt"})
"""Files whose lines are those of the note."""
_HINT: Final = re.compile(
    r"^\W{0,8}(?:[Qq](?:uestion)?\s?\d{0,4}|问题?|[Aa](?:nswer)?|(?:参考)?答案?|回答)\W{0,4}[:：]|<summary|"
    r"^[ \t]*(?:\d{1,3}[.、)）]|\*\*)[^\n]{2,300}[?？]\W{0,4}$",
    re.MULTILINE,
)
_WORD: Final = re.compile(r"\w+")


def may_hold(note: Note) -> bool:
    """Tell whether it is worth looking for questions in *note*: says nothing of a note that holds none."""
    if PurePosixPath(note.file).suffix.lower() not in _WRITTEN:
        return False
    if labels.says_so(PurePosixPath(note.file).stem):
        return True
    titles = sum(labels.asks(section.title) or labels.read(section.title).labelled for section in note.sections)
    if titles >= ENOUGH_MARKED:
        return True
    blocks = (block for section in note.sections if not section.overview for block in section.blocks)
    return any(block.kind is BlockKind.TEXT and _HINT.search(block.text) for block in blocks)


def find(text: str, note: Note) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    r"""Return the questions of a note if it is a collection of them, and what is wrong with those left out.

    Args:
        text: of the whole file, with ``\n`` at the end of each line.
        note: what was read from it.
    """
    page = Page(text, note.file)
    found = asked(page, MOST)
    answered = [one for one in found if _says_something(one.answer) and 0 < len(one.prompt) <= LONGEST_PROMPT]
    if not _is_collection(note, page, answered):
        return (), ()
    left_out = [one for one in found if one.marked and one not in answered]
    return tuple(_questions(answered, note)), tuple(_complaint(one, note.file) for one in left_out)


def _is_collection(note: Note, page: Page, found: Sequence[Asked]) -> bool:
    if PurePosixPath(note.file).suffix.lower() not in _WRITTEN:
        return False
    if labels.says_so(PurePosixPath(note.file).stem):
        return bool(found)
    if sum(one.marked for one in found) >= ENOUGH_MARKED:
        return True
    begun = {one.lines[0] - 1 for one in found}
    others = [heading for heading in page.headings if heading.line not in begun and _has_text(page, heading.end)]
    return len(found) >= ENOUGH_ASKING and len(found) >= _SHARE * (len(found) + len(others))


def _has_text(page: Page, line: int) -> bool:
    """Tell whether something stands under the heading that ends before *line*, other than a heading."""
    headings = {heading.line for heading in page.headings}
    following = next((number for number in range(line, len(page.lines)) if page.lines[number].strip()), None)
    return following is not None and following not in headings


def _complaint(left_out: Asked, file: str) -> Problem:
    if len(left_out.prompt) > LONGEST_PROMPT:
        limit = (("limit", LONGEST_PROMPT),)
        return Problem(
            "This question has more than {limit} characters. It is left out.", file, left_out.lines[0], limit
        )
    return Problem("This question has no answer. It is left out.", file, left_out.lines[0])


def _questions(found: Sequence[Asked], note: Note) -> Iterator[Question]:
    """Yield the questions, each once under a heading."""
    seen: set[tuple[str, ...]] = set()
    for one in found:
        prompt, category = (_key(one.prompt),), (_key(one.prompt), _key(one.category))
        if prompt[0] and category not in seen:
            # The heading is part of the id only where it must be: renaming a category leaves most ids alone.
            own = category if prompt in seen else prompt
            seen.update((prompt, category))
            yield _question(question_id("notes", note.file, *own), one, note)


def _key(markdown: str) -> str:
    """Return what edits of case, spaces, punctuation and markup leave alone."""
    return "".join(_WORD.findall(fold(markdown).casefold())).replace("_", "")


def _question(own: str, one: Asked, note: Note) -> Question:
    answer = _bounded(one.answer)
    return Question(
        id=own,
        kind=Kind.OPEN,
        prompt=one.prompt,
        language=_language(one, note.language),
        topic=(one.category or note.title)[:_LONGEST_TOPIC],
        origin=Origin.NOTES,
        points=points.of(answer),
        answer=answer,
        file=note.file,
        heading=one.heading,
        lines=one.lines,
    )


def _language(one: Asked, otherwise: Language) -> Language:
    """Return the language of a question: a name alone, such as "Transformer?", has that of its note."""
    if HAN_RUN.search(one.prompt):
        return "zh"
    return otherwise if HAN_RUN.search(one.answer) else "en"


def _says_something(answer: str) -> bool:
    return any(character.isalnum() for character in answer)


def _bounded(answer: str) -> str:
    """Return *answer* cut at the end of a line if it is too long; code that is cut is closed."""
    if len(answer) <= LONGEST_TEXT:
        return answer
    cut = answer[: LONGEST_TEXT - 20].rpartition("\n")[0] or answer[: LONGEST_TEXT - 20]
    fences = sum(line.lstrip().startswith("```") for line in cut.split("\n"))
    return f"{cut.rstrip()}\n```\n…" if fences % 2 else f"{cut.rstrip()}\n\n…"
