"""Pages of PDFs among the notes, as pictures: drawn apart from the bot, once, and kept."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import SectionGoneError
from bot.services.library import Library
from drawing.studio import Drawn, Order, Studio
from knowledge.model import Section
from knowledge.pdfs import MAX_BYTES


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page of a PDF.

    Attributes:
        section: the one from which it was asked for.
        number: of the page, counted from 1.
        last: the last page with text.
        words: that begin its text; empty if it has none.
        picture: None if it cannot be drawn.
        companion: the section of a note beside the PDF that says most on *section*, if there is one.
    """

    section: Section
    number: int
    last: int
    words: str
    picture: Drawn | None
    companion: Section | None = None


async def draw(library: Library, studio: Studio, section_id: str, number: int) -> PdfPage:
    """Return page *number* of the PDF that holds the section.

    Raises:
        NotesLoadingError
        SectionGoneError: the section is gone, or in no PDF.
    """
    index = library.index
    section = index.section(section_id)
    note = index.note(section.file) if section is not None else None
    if section is None or section.page is None or note is None:
        raise SectionGoneError
    picture = await studio.beside(_picture, library, studio, section.file, number)
    pages = [(one.page or 0, one.text) for one in note.sections if not one.overview]
    words = next((text for page, text in pages if page == number), "")
    last = max((page for page, _ in pages), default=number)
    return PdfPage(section, number, last, words, picture, index.companion(section))


def _picture(library: Library, studio: Studio, file: str, number: int) -> Drawn | None:
    from knowledge.loaders.pdf_reader import page_png  # noqa: PLC0415 - takes 0.1 s

    data = library.file(file, MAX_BYTES)
    return studio.draw(Order(page_png, (number,), data)) if data is not None else None
