"""The door to pypdfium2, which reads PDFs and draws their pages. Some files abort its process or never end.

So what stands here runs in knowledge.confined only: it takes bytes, and returns what JSON can hold, or a PNG.
"""

from __future__ import annotations

import ctypes
import io
import math
import re
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from knowledge.confined import Outcome
from knowledge.loaders.pdf_scripts import scripted

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
_PRINTED: Final = re.compile("[^\r\n\ufffe]+\ufffe?")
"""A line as it is printed: where a word is broken, what it is read with goes on."""
_MARKS: Final = re.compile("[⁰¹²³⁴-⁹]+(?=.)")
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
    baselines of its first letter and its last character. Its size is 0 where it does not run from left to right. It
    ends with U+FFFE where a word is broken.

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
    for found in _PRINTED.finditer(written):
        inked = found[0].strip()
        if inked:
            first = found.start() + found[0].index(inked[0])
            text = scripted(inked, partial(_measured, raw, first))
            marks = _MARKS.match(text)
            yield [text, *_look(raw, first, first + len(inked) - 1, first + (marks.end() if marks else 0))]


def _measured(raw: Any, first: int, place: int) -> tuple[float, float]:
    """Return the size and the baseline of a character."""
    at = pdfium.FPDFText_GetCharIndexFromTextIndex(raw, first + place)
    return _size(raw, at), _numbers(pdfium.FPDFText_GetCharOrigin, raw, at, 2)[1]


def _size(raw: Any, at: int) -> float:
    """Return the size of a character on the page; 0 if its line does not run from left to right."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, at, matrix)
    if abs(matrix.b) > abs(matrix.a):
        return 0.0
    # What a file calls a font's size says nothing without what it is multiplied with.
    size: float = pdfium.FPDFText_GetFontSize(raw, at) * math.hypot(matrix.c, matrix.d)
    return size if math.isfinite(size) else 0.0


def _look(raw: Any, first: int, last: int, letter: int) -> tuple[float, bool, bool, float, float, float, float]:
    """Return size, weight, width and place of the line that runs from character *first* to *last* of a page's text.

    *letter* is the first that is not the mark of a footnote: it tells the size and the baseline.
    """
    places = (first, last, letter)
    begin, end, letter = (pdfium.FPDFText_GetCharIndexFromTextIndex(raw, place) for place in places)
    x = _numbers(pdfium.FPDFText_GetCharOrigin, raw, begin, 2)[0]
    y = _numbers(pdfium.FPDFText_GetCharOrigin, raw, letter, 2)[1]
    right = _numbers(pdfium.FPDFText_GetCharBox, raw, end, 4)[1]
    last_y = _numbers(pdfium.FPDFText_GetCharOrigin, raw, end, 2)[1]
    # Where a line begins with a name in another font, the rest tells its size.
    size = max(_size(raw, letter), _size(raw, end))
    bold, mono = _look_of_font(raw, letter)
    return (
        round(size, 1),
        bold,
        mono and _look_of_font(raw, end)[1],
        round(x),
        round(right),
        round(y),
        round(last_y),
    )


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
