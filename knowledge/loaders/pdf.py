"""A PDF to a draft note: sections under its headings, or one a page; each says on which page it stands.

What is found in a file is laid out where it is read, in a process of its own: it takes as long as the reading. What
comes back and is kept are headings and blocks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from knowledge.confined import Outcome
from knowledge.errors import Problem
from knowledge.escaping import escaped
from knowledge.loaders import pdf_headings
from knowledge.loaders.draft import Draft
from knowledge.loaders.pdf_headings import Heading
from knowledge.loaders.pdf_line import Line
from knowledge.loaders.pdf_lines import body_size, lines, mended
from knowledge.loaders.pdf_notes import notes_last
from knowledge.loaders.pdf_paragraphs import Look, blocks
from knowledge.model import Block, BlockKind
from knowledge.sections import Outline, language_of, split


def read(data: bytes) -> Outcome:
    """Return what laid_out() makes of a PDF; for a confined process. Raises what pdf_reader.text does."""
    from knowledge.loaders import pdf_reader  # noqa: PLC0415 - takes 50 ms, which `studybot ask` need not wait for

    return Outcome(laid_out(pdf_reader.text(data).value))


def laid_out(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return headings and blocks, as JSON can hold them, of what pdf_reader.text *found*.

    The value holds ``title`` and ``language``, empty where there is no text; ``outlines`` as [heading, level, line,
    written, last line, blocks], each block as [kind, text, first line, last line]; ``pages`` as [first line, page],
    ascending; how many pages were ``read`` and ``left``, and whether text was ``cut``.
    """
    rows = lines(found["pages"])
    headings = pdf_headings.find(rows, found["outline"])
    rows = notes_last(rows, [heading.first for heading in headings], body_size(rows))
    title = pdf_headings.title(rows, found["title"]) if rows else ""
    text = "\n".join(line.text for line in rows)
    begun = (number for number, line in enumerate(rows) if not number or line.page != rows[number - 1].page)
    return {
        "title": title or (headings[0].text if headings else ""),
        "language": language_of(text) if text else "",
        "outlines": list(_outlines(rows, headings)),
        "pages": [(number + 1, rows[number].page) for number in begun],
        "read": len(found["pages"]),
        "left": found["left"],
        "cut": found["cut"],
    }


def load(laid: Mapping[str, Any], file: str) -> Draft:
    """Return the draft of a PDF.

    Args:
        laid: what laid_out() made of it.
        file: name below the root; its stem is the title if there is no other.
    """
    title = laid["title"] or PurePosixPath(file).stem
    language = laid["language"] or language_of(title)
    begins, pages = [line for line, _ in laid["pages"]], [page for _, page in laid["pages"]]
    outlines = [_outline(*row) for row in laid["outlines"]]
    sections, problems = split(outlines, file=file, title=title, language=language, breaks=frozenset(begins[1:]))
    # A heading at the foot of a page belongs to the text on the next.
    first = (one.blocks[0].lines[0] for one in sections)
    paged = tuple(
        replace(one, page=pages[bisect_right(begins, line) - 1]) for one, line in zip(sections, first, strict=True)
    )
    return Draft(title, language, paged, problems=(*_left_out(laid, file, empty=not sections), *problems))


def _left_out(laid: Mapping[str, Any], file: str, *, empty: bool) -> Iterator[Problem]:
    if empty:
        yield Problem("This PDF holds no text that can be read, perhaps only pictures of pages.", file)
    if laid["left"]:
        values = (("limit", laid["read"]), ("left", laid["left"]))
        yield Problem("Only the first {limit} pages of this PDF are read; {left} are left out.", file, None, values)
    if laid["cut"]:
        yield Problem("This PDF holds more text than is read, or is damaged. Some of it is left out.", file)


def _outlines(found: Sequence[Line], headings: Sequence[Heading]) -> Iterator[list[Any]]:
    look = Look.of(found)
    end = headings[0].first if headings else len(found)
    if end:
        yield ["", 0, 1, "", 0, _rows(blocks(found, 0, end, look))]
    ends = [heading.first for heading in headings[1:]] + [len(found)]
    for heading, end in zip(headings, ends, strict=False):
        text = mended(heading.text, look.known)
        written = f"{'#' * heading.level} {escaped(text)}"
        held = _rows(blocks(found, heading.last + 1, end, look))
        yield [text, heading.level, heading.first + 1, written, heading.last + 1, held]


def _rows(found: Iterator[Block]) -> list[list[Any]]:
    return [[block.kind.value, block.text, *block.lines] for block in found]


def _outline(heading: str, level: int, line: int, written: str, last: int, rows: Sequence[Sequence[Any]]) -> Outline:
    held = (Block(BlockKind(kind), text, (begin, end), plain=kind == BlockKind.TEXT) for kind, text, begin, end in rows)
    return Outline(heading, level, line, tuple(held), written, last)
