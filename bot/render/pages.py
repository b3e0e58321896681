"""An answer as pages: title and heading path, the passage with its pictures, source, buttons, next best matches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Final

from bot.i18n import Texts
from bot.render import limits, presses, turning
from bot.render.htmllines import RULE
from bot.render.inline import escape
from bot.render.markdown import clean, formulas, inside, pieces
from bot.render.maths import MOST_DRAWN, Draw, at_most, flat, undrawn
from bot.render.pack import Budget, pack
from bot.render.parts import Button, Buttons, Menu, Message, Option, Part, Picture, Separator, Text
from bot.render.pieces import Piece, Prose
from bot.render.sources import source_line
from knowledge.model import Answer, Block, BlockKind, Section
from knowledge.places import Places

_LONGEST_TITLE: Final = 200
_LONGEST_PATH: Final = 300
_LONGEST_BODY: Final = 300_000
"""Characters of an answer that are paged; what follows is left to the file itself."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom an answer is made.

    Attributes:
        draw: makes pictures; without it formulas stand as they are written.
        places: where the notes are, some of them perhaps in public.
    """

    texts: Texts
    places: Places = field(default_factory=Places)
    draw: Draw = undrawn


def of_answer(answer: Answer, reader: Reader, page: int | None = None) -> Message:
    """Return a page of *answer*, counted from 0; None is the page on which its section begins, too big the last.

    Takes a time in proportion to the answer's length: call it on a thread.
    """
    head = Text(_head(answer))
    shown = replace(answer.section, lines=(answer.section.lines[0], (answer.below or answer.section).lines[1]))
    foot = Text(source_line(shown, reader.texts, reader.places))
    body, first = _body(answer, reader)
    packed = pack(body, _budget(head, foot))
    number = packed.begins[first] if page is None else min(page or 0, len(packed.pages) - 1)
    parts: list[Part] = [head, Separator(line=False), *packed.pages[number], Separator(), foot]
    if buttons := _buttons(answer, number, len(packed.pages), reader.texts):
        parts.append(Buttons(buttons))
    if answer.related:
        parts.append(related_menu(answer.section, answer.related, reader.texts))
    return Message(tuple(parts))


def related_menu(section: Section, related: Sequence[Section], texts: Texts) -> Menu:
    """Return the menu of sections that may be meant as well."""
    options = tuple(
        Option(
            label=limits.cut(flat(clean(other.title)), limits.OPTION_LABEL) or "—",
            value=other.id,
            description=limits.cut(clean(_beneath(other, texts)), limits.OPTION_LABEL),
        )
        for other in {other.id: other for other in related}.values()
    )
    placeholder = limits.cut(texts.gettext("Other possible matches"), limits.PLACEHOLDER)
    return Menu(presses.related(section.id), placeholder, options[: limits.OPTIONS])


def _beneath(section: Section, texts: Texts) -> str:
    """Return what tells a section from others of its name: where it stands, and in a PDF the page."""
    if section.page is None:
        return where(section)
    return f"{where(section)} · {texts.gettext('page {page}', page=section.page)}"


def where(section: Section) -> str:
    """Return the headings above the section, outermost first, or its file where there are none. Plain text."""
    return " › ".join(section.headings[:-1]) or PurePosixPath(section.file).stem


def _head(answer: Answer) -> str:
    section = answer.section
    # A title that the first heading only says at more length adds nothing.
    note = () if section.headings[0].startswith(answer.note_title) else (answer.note_title,)
    above = [escape(limits.cut(flat(clean(heading)), 100)) for heading in (*note, *section.headings[:-1])]
    path = " › ".join(dict.fromkeys(heading for heading in above if heading))
    while limits.characters(path) > _LONGEST_PATH:
        path = path.partition(" › ")[2]
    title = escape(limits.cut(flat(clean(section.title)), _LONGEST_TITLE)) or "—"
    return f"## {title}" + (f"\n-# {path}" if path and path != title else "")


def _body(answer: Answer, reader: Reader) -> tuple[list[Piece], int]:
    """Return the pieces, and the number of that with which the answer's own section begins."""
    texts, draw = reader.texts, at_most(MOST_DRAWN, reader.draw)
    body: list[Piece] = []
    around: tuple[int, ...] = ()
    first = room = 0
    for number, blocks in runs(answer.blocks, answer.start):
        if number == answer.start:
            first = len(body)
        room += sum(len(block.text) for block in blocks)
        if room > _LONGEST_BODY and body:
            body.append(Prose("-# " + texts.gettext("The rest is too long for chat; see the file.")))
            break
        alone = len(blocks) == 1
        body.extend(pieces(blocks[0], texts, draw, around) if alone else formulas(blocks, draw))
        around = inside(blocks[-1], around)
    if body and isinstance(body[-1], Prose):
        # A rule at the end parts a section from the next, which is not shown.
        body[-1] = Prose(body[-1].text.removesuffix(RULE).rstrip() or RULE)
    if not body:
        body.append(Prose("-# " + texts.gettext("There is only a heading here, no text.")))
    return body, min(first, len(body) - 1)


def runs(blocks: Sequence[Block], start: int = 0) -> Iterator[tuple[int, Sequence[Block]]]:
    """Yield *blocks* with the number of the first, formulas that follow each other together, but not over *start*."""
    run: list[Block] = []
    for number, block in enumerate(blocks):
        goes_on = run and block.kind is run[-1].kind is BlockKind.MATH and number != start
        if run and not goes_on:
            yield number - len(run), run
            run = []
        run.append(block)
    if run:
        yield len(blocks) - len(run), run


def _budget(*fixed: Text) -> Budget:
    return Budget(
        characters=limits.LAYOUT_CHARACTERS - sum(limits.characters(part.text) for part in fixed),
        bytes=limits.LAYOUT_BYTES - sum(limits.size_bytes(part.text) + limits.DISPLAY_BYTES for part in fixed),
        pictures=limits.FILES,
    )


def _buttons(answer: Answer, page: int, pages: int, texts: Texts) -> tuple[Button, ...]:
    turns = turning.buttons(page, pages, lambda to: presses.explain(answer.section.id, to), texts)
    more = []
    if answer.twin is not None:
        # A language is called by its own name, so that whoever reads it can find it.
        name = "中文" if answer.twin.language == "zh" else "English"
        more.append(Button(f"🌐 {name}", presses.twin(answer.twin.id)))
    if answer.section.page is not None:
        press = presses.pdf_page(answer.section.id, answer.section.page)
        more.append(Button("📄 " + texts.gettext("Page as a picture"), press))
    if answer.companion is not None:
        more.append(beside(answer.companion, texts))
    return (*turns, *more)


def beside(companion: Section, texts: Texts) -> Button:
    """Return the button to what stands in the PDF beside a note, or in the note beside a PDF."""
    if companion.page is None:
        return Button("📝 " + texts.gettext("In the notes"), presses.also(companion.id))
    return Button(
        "📄 " + texts.gettext("Also in the PDF, page {page}", page=companion.page), presses.also(companion.id)
    )


def pictures(message: Message) -> tuple[Picture, ...]:
    """Return the pictures of *message*, each file once, in order."""
    return tuple({part.path: part for part in message.parts if isinstance(part, Picture)}.values())
