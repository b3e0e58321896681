"""A page of a PDF as a picture, with buttons to the pages beside it, to the text and to the note beside the PDF."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from bot.i18n import Texts
from bot.render import limits, presses, turning
from bot.render.inline import escape
from bot.render.markdown import clean
from bot.render.pages import beside
from bot.render.parts import Button, Buttons, Message, Part, Picture, Text
from bot.services.pdf_pages import PdfPage

_LONGEST_NAME: Final = 200
_LONGEST_WORDS: Final = 600


def of_page(page: PdfPage, texts: Texts) -> Message:
    """Return the page; where it cannot be drawn, a sentence in its place."""
    name = limits.cut(clean(PurePosixPath(page.section.file).name), _LONGEST_NAME)
    place = texts.gettext("page {page}", page=page.number)
    parts: list[Part] = [Text(f"### 📄 {escape(name)}\n-# {place}")]
    if page.picture is not None:
        words = " ".join(clean(page.words).split())
        alt = f"{name}, {place}" + (f": {limits.cut(words, _LONGEST_WORDS)}" if words else "")
        parts.append(Picture(page.picture.name, alt, drawn=True))
    else:
        parts.append(Text(texts.gettext("This page cannot be drawn.")))
    section_id = page.section.id
    turns = turning.buttons(
        min(page.number, page.last) - 1, page.last, lambda to: presses.pdf_page(section_id, to + 1), texts
    )
    back = Button("📖 " + texts.gettext("Back to the text"), presses.also(section_id))
    more = (beside(page.companion, texts),) if page.companion is not None else ()
    parts.append(Buttons((*turns, back, *more)))
    return Message(tuple(parts))
