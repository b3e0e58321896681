"""A PDF to a draft note: sections under its headings, or one a page; each says on which page it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from knowledge.errors import Problem
from knowledge.escaping import escaped
from knowledge.loaders import pdf_headings
from knowledge.loaders.draft import Draft
from knowledge.loaders.pdf_headings import Heading
from knowledge.loaders.pdf_line import Line
from knowledge.loaders.pdf_lines import body_size, lines, mended
from knowledge.loaders.pdf_notes import notes_last
from knowledge.loaders.pdf_paragraphs import Look, blocks
from knowledge.sections import Outline, language_of, split


def load(read: Mapping[str, Any], file: str) -> Draft:
    """Return the draft of a PDF.

    Args:
        read: what pdf_reader.text found in it.
        file: name below the root; its stem is the title if there is no other.
    """
    found = lines(read["pages"])
    headings = pdf_headings.find(found, read["outline"])
    found = notes_last(found, [heading.first for heading in headings], body_size(found))
    title = pdf_headings.title(found, read["title"]) if found else ""
    title = title or (headings[0].text if headings else "") or PurePosixPath(file).stem
    outlines = list(_outlines(found, headings))
    language = language_of("\n".join(line.text for line in found) or title)
    breaks = frozenset(
        number + 1 for number, line in enumerate(found) if number and line.page != found[number - 1].page
    )
    sections, problems = split(outlines, file=file, title=title, language=language, breaks=breaks)
    # A heading at the foot of a page belongs to the text on the next.
    paged = tuple(replace(one, page=found[one.blocks[0].lines[0] - 1].page) for one in sections)
    return Draft(title, language, paged, problems=(*_left_out(read, file, empty=not sections), *problems))


def _left_out(read: Mapping[str, Any], file: str, *, empty: bool) -> Iterator[Problem]:
    if empty:
        yield Problem("This PDF holds no text that can be read, perhaps only pictures of pages.", file)
    if read["left"]:
        values = (("limit", len(read["pages"])), ("left", read["left"]))
        yield Problem("Only the first {limit} pages of this PDF are read; {left} are left out.", file, None, values)
    if read["cut"]:
        yield Problem("This PDF holds more text than is read, or is damaged. Some of it is left out.", file)


def _outlines(found: Sequence[Line], headings: Sequence[Heading]) -> Iterator[Outline]:
    look = Look.of(found)
    end = headings[0].first if headings else len(found)
    if end:
        yield Outline("", 0, 1, tuple(blocks(found, 0, end, look)))
    ends = [heading.first for heading in headings[1:]] + [len(found)]
    for heading, end in zip(headings, ends, strict=False):
        text = mended(heading.text, look.known)
        held = tuple(blocks(found, heading.last + 1, end, look))
        written = f"{'#' * heading.level} {escaped(text)}"
        yield Outline(text, heading.level, heading.first + 1, held, written, heading.last + 1)
