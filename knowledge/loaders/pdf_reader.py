"""The door to pypdfium2, which reads PDFs and draws their pages. Some files abort its process or never end.

So what stands here runs in knowledge.confined only: it takes bytes, and returns what JSON can hold, or a PNG.
"""

from __future__ import annotations

import ctypes
import io
import math
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from knowledge.confined import Outcome

MOST_PAGES: Final = 500
MOST_ON_A_PAGE: Final = 100_000
MOST_CHARACTERS: Final = 2_000_000
MOST_ENTRIES: Final = 2_000
"""Of the outline."""
_WIDTH: Final = 1_100
_MOST_HEIGHT: Final = 2_200
_MOST_SCALE: Final = 4.0
_COLOURFUL: Final = 40
"""Saturation, of 255, from which on a page is not shown in greys."""
_BOLD: Final = 600
_LONGEST_NAME: Final = 100
_MONO: Final = re.compile(rb"mono|courier|consol|menlo", re.IGNORECASE)


class LockedError(Exception):
    """The file wants a password."""


class NoPageError(Exception):
    """The file has no such page."""


def text(data: bytes) -> Outcome:
    """Return the lines of all pages, in the order in which the file draws them.

    The value holds ``title`` from its metadata, ``outline`` as [level from 0, title, page from 1], ``pages`` as
    [width, height, lines], how many pages ``left`` there are that were not read, and whether text was ``cut``. A
    line is [text, size, bold, mono, left, right, base, end], in points from the lower left corner: base and end are the
    baselines of its first and last character, which differ where a broken word was joined. Its size is 0 where it
    does not run from left to right.

    Raises:
        LockedError: it wants a password.
        NoPageError: none of its pages can be read.
        PdfiumError: it is no PDF.
    """
    document = _opened(data)
    pages: list[Any] = []
    room, cut = MOST_CHARACTERS, False
    for number in range(min(len(document), MOST_PAGES)):
        page = _page(document, number, min(room, MOST_ON_A_PAGE))
        pages.append(page["lines"])
        room -= page["characters"]
        cut = cut or page["cut"]
    if not any(width for width, *_ in pages):
        raise NoPageError
    value = {
        "title": str(document.get_metadata_value("Title")),
        "outline": _outline(document),
        "pages": pages,
        "left": len(document) - len(pages),
        "cut": cut,
    }
    return Outcome(value)


def page_png(data: bytes, number: int) -> Outcome:
    """Return page *number*, counted from 1, as a PNG, and as value its width and height in pixels.

    Raises:
        LockedError, NoPageError, PdfiumError
    """
    document = _opened(data)
    if not 1 <= number <= len(document):
        raise NoPageError
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(_WIDTH / max(width, 1), _MOST_HEIGHT / max(height, 1), _MOST_SCALE)
    picture = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    content = io.BytesIO()
    _fewer_colours(picture).save(content, "PNG", optimize=True)
    return Outcome(list(picture.size), content.getvalue())


def _opened(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise LockedError from error
        raise


def _page(document: Any, number: int, room: int) -> dict[str, Any]:
    try:
        page = document[number]
        content = page.get_textpage()
        size = page.get_size()
    except pypdfium2.PdfiumError:  # a page that a truncated file has lost
        return {"lines": [0, 0, []], "characters": 0, "cut": True}
    count = content.count_chars()
    written = content.get_text_range(0, min(count, room)) if min(count, room) > 0 else ""
    lines = list(_lines(content.raw, written))
    content.close()
    page.close()
    return {"lines": [*size, lines], "characters": len(written), "cut": count > room}


def _lines(raw: Any, written: str) -> Iterator[list[Any]]:
    at = 0
    for line in written.split("\r\n"):
        inked = line.strip()
        if inked:
            first = at + line.index(inked[0])
            yield [inked, *_look(raw, first, first + len(inked) - 1)]
        at += len(line) + 2


def _look(raw: Any, first: int, last: int) -> tuple[float, bool, bool, float, float, float, float]:
    """Return size, weight, width and place of the line that runs from character *first* to *last* of a page's text."""
    begin, end = (pdfium.FPDFText_GetCharIndexFromTextIndex(raw, place) for place in (first, last))
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, begin, matrix)
    upright = abs(matrix.b) <= abs(matrix.a)
    # What a file calls a font's size says nothing without what it is multiplied with.
    size = pdfium.FPDFText_GetFontSize(raw, begin) * math.hypot(matrix.c, matrix.d) if upright else 0.0
    x, y = _numbers(pdfium.FPDFText_GetCharOrigin, raw, begin, 2)
    right = _numbers(pdfium.FPDFText_GetCharBox, raw, end, 4)[1]
    last_y = _numbers(pdfium.FPDFText_GetCharOrigin, raw, end, 2)[1]
    bold, mono = _look_of_font(raw, begin)
    size = round(size, 1) if math.isfinite(size) else 0.0
    return size, bold, mono and _look_of_font(raw, end)[1], round(x), round(right), round(y), round(last_y)


def _look_of_font(raw: Any, place: int) -> tuple[bool, bool]:
    """Return whether the font of a character is bold, and whether all its letters are equally wide."""
    name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int(0)
    pdfium.FPDFText_GetFontInfo(raw, place, name, _LONGEST_NAME, flags)
    bold = pdfium.FPDFText_GetFontWeight(raw, place) >= _BOLD or b"bold" in name.value.lower()
    return bold, bool(flags.value & 1) or _MONO.search(name.value) is not None


def _numbers(function: Any, raw: Any, place: int, count: int) -> list[float]:
    found = [ctypes.c_double() for _ in range(count)]
    function(raw, place, *found)
    return [number.value if math.isfinite(number.value) else 0.0 for number in found]


def _outline(document: Any) -> list[list[Any]]:
    entries = []
    for entry in islice(document.get_toc(), MOST_ENTRIES):
        target = entry.get_dest()
        page = target.get_index() if target is not None else None
        if page is not None:
            entries.append([entry.level, entry.get_title()[:300], page + 1])
    return entries


def _fewer_colours(picture: Any) -> Any:
    """Return *picture* in 16 greys, or if it has colours in 128 of its own: a third of the size, and read as well."""
    saturation = picture.resize((200, 200)).convert("HSV").getextrema()[1][1]
    return picture.quantize(128) if saturation >= _COLOURFUL else picture.convert("L").quantize(16)
