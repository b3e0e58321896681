"""Answers laid out for a terminal; as written, without frames and colours, where the output goes elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console, RenderableType
from rich.text import Text

from bot.i18n import Texts
from bot.render.controls import shown
from bot.render.passage import Indented, Wrapped, markdown
from bot.render.sources import public_address
from knowledge.model import Answer, Block, BlockKind, Results, Section
from knowledge.places import Places

SEPARATOR: Final = " › "


def place(section: Section, texts: Texts) -> str:
    """Return where the section stands: ``file.md:12-30``, or ``file.pdf, page 3``."""
    if section.page is not None:
        return f"{section.file}, {texts.gettext('page {page}', page=section.page)}"
    first, last = section.lines
    return f"{section.file}:{first}-{last}"


def path_of(section: Section) -> str:
    """Return the headings from the outermost in."""
    return SEPARATOR.join(section.headings)


class TerminalPage:
    """Prints answers to one console."""

    def __init__(self, console: Console, texts: Texts, *, places: Places) -> None:
        """Make a page.

        Args:
            console: where to print; one that is no terminal gets the text as it was written.
            texts: of the reader's language.
            places: where the notes are: pictures are shown as paths that can be opened, sections with their address.
        """
        self._console = console
        self._texts = texts
        self._places = places

    def answer(self, answer: Answer, others: Sequence[Section]) -> None:
        """Print the passage with its place, then *others*, the next best matches."""
        section = answer.section
        self._line(section.title, style="bold green")
        if len(section.headings) > 1:
            self._line(path_of(section), style="dim")
        self._line()
        for block in answer.blocks:
            self._block(block)
        self._line(
            self._texts.gettext("Source: {place}", place=place(section, self._texts)) + self._link(section), style="dim"
        )
        if answer.twin is not None:
            self._line(self._twin(answer.twin), style="dim")
        if others:
            self._line()
            self._line(self._texts.gettext("Also in the notes:"), style="bold")
        for number, other in enumerate(others, 2):
            self._entry(str(number), path_of(other), place(other, self._texts))

    def not_found(self, results: Results, nearest: Sequence[Section]) -> None:
        """Print that the notes do not answer, and where the *nearest* headings stand, if anything comes close."""
        if not results.query:
            self._line(self._texts.gettext("The question is empty: there is nothing to look up."), style="bold")
            return
        self._line(self._texts.gettext("Not in the notes: {query}", query=results.query), style="bold")
        if not nearest:
            self._line(self._texts.gettext("No heading comes close."))
            return
        self._line()
        self._line(self._texts.gettext("Nearest headings:"))
        for section in nearest:
            self._entry("-", path_of(section), place(section, self._texts))

    def _block(self, block: Block) -> None:
        picture = self._picture(block)
        if self._console.is_terminal:
            self._console.print(Indented(_laid_out(block, picture)))
        else:
            self._line(picture or block.text)
        self._line()

    def _picture(self, block: Block) -> str:
        """Return how the picture of *block* is told; empty if it has none."""
        picture = block.picture
        if picture is None:
            return ""
        found = self._places.of(picture.path)
        where = picture.url or (str(found[0].root / found[1]) if found else picture.path)
        named = self._texts.gettext("Picture: {path}", path=where)
        return self._texts.gettext("{value} ({note})", value=named, note=picture.alt) if picture.alt else named

    def _link(self, section: Section) -> str:
        address = public_address(section, self._places)
        return f"  {address}" if address else ""

    def _twin(self, twin: Section) -> str:
        if twin.language == "zh":
            return self._texts.gettext("In Chinese: {file}", file=twin.file)
        return self._texts.gettext("In English: {file}", file=twin.file)

    def _entry(self, mark: str, title: str, where: str) -> None:
        line = Text(f"  {mark} {shown(title)}")
        line.append(f"  {shown(where)}" if where else "", style="dim")
        self._print(line)

    def _line(self, text: str = "", style: str = "") -> None:
        self._print(Text(shown(text), style=style))

    def _print(self, text: Text) -> None:
        if self._console.is_terminal:
            self._console.print(Wrapped(text))
        else:
            self._console.print(text, soft_wrap=True)


def _laid_out(block: Block, picture: str) -> RenderableType:
    if picture:
        return Wrapped(Text(shown(picture), style="cyan"))
    text = shown(block.text)
    if block.plain or block.kind is BlockKind.MATH:
        return Wrapped(Text(text, style="" if block.plain else "yellow"))
    return markdown(text)
