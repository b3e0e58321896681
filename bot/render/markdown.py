"""The blocks of a note as pieces of a Discord message: prose, code and pictures, in the order of the note."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from bot.i18n import Texts
from bot.render import maths, rows, tables
from bot.render.covering import covered
from bot.render.htmllines import as_lines
from bot.render.inline import escape, inline, link
from bot.render.inserts import language, parted
from bot.render.layout import laid_out, open_items
from bot.render.parts import Picture
from bot.render.pieces import Code, Piece, Prose, is_visible, uncloseable
from bot.render.plaintext import as_it_stands
from bot.render.tags import BREAK
from bot.render.unwrapping import unwrapped
from knowledge.model import Block, BlockKind

_FENCE: Final = re.compile(r"\s*(`{3,}|~{3,})")
_BLANK_LINES: Final = re.compile(rf"\n(?:[ {BREAK}]*\n)+")
_MATH_MARKS: Final = (("$$", "$$"), ("\\[", "\\]"))
_UNSHOWN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters, halves of pairs, and marks that turn the direction of what follows."""


def pieces(
    block: Block, texts: Texts, draw: maths.Draw = maths.undrawn, around: Sequence[int] = ()
) -> tuple[Piece, ...]:
    """Return *block* as pieces, none of them empty; *around* are the columns of the items in which it stands."""
    text = clean(block.text)
    match block.kind:
        case BlockKind.MATH:
            return formulas([block], draw)
        case BlockKind.IMAGE:
            made = _image(block, texts)
        case BlockKind.CODE:
            made = Code(_unfenced(text), language(block.info))
        case BlockKind.TABLE:
            return _table(text, draw)
        case BlockKind.TEXT if block.plain:
            made = Prose(as_it_stands(text).strip())
        case BlockKind.TEXT:
            return tuple(piece for piece in _text(text, draw, around) if is_visible(piece))
    return (made,) if is_visible(made) else ()


def formulas(blocks: Sequence[Block], draw: maths.Draw) -> tuple[Piece, ...]:
    """Return displayed formulas that follow each other: pictures, else their source."""
    sources = [text for block in blocks if (text := clean(block.text)).strip()]
    made = (Code(_formula(one), "tex") if isinstance(one, str) else one for one in maths.cards(sources, draw))
    return tuple(piece for piece in made if is_visible(piece))


def clean(text: str) -> str:
    """Return *text* without what cannot be shown, its line ends as line feeds."""
    return _UNSHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4))


def inside(block: Block, around: Sequence[int] = ()) -> tuple[int, ...]:
    """Return the columns of the items of lists in which stands what follows *block*, the outermost first."""
    match block.kind:
        case BlockKind.TEXT if block.plain:
            return ()
        case BlockKind.TEXT:
            return open_items(covered(clean(block.text)).text.split("\n"), around)
        case _:
            return tuple(around)


def prose(text: str, around: Sequence[int] = ()) -> str:
    """Return a note's running text as Discord Markdown; *around* as for pieces()."""
    kept = covered(unwrapped(text))
    lines = laid_out(as_lines(kept.text).split("\n"), around)
    return _BLANK_LINES.sub("\n\n", kept.restored(inline("\n".join(lines), kept.restored))).strip()


def _text(text: str, draw: maths.Draw, around: Sequence[int]) -> Iterator[Piece]:
    for number, part in enumerate(parted(text)):
        match part:
            case Code():
                yield part
            case rows.Table():
                yield from tables.pieces(part, draw)
            case _:
                yield Prose(prose(part, () if number else around))
    for picture in maths.cards(maths.wanting_pictures(text), draw):
        if isinstance(picture, Picture):
            yield picture


def _unfenced(text: str) -> str:
    lines = text.split("\n")
    opening = _FENCE.match(lines[0])
    if opening is None:
        return uncloseable(textwrap.dedent(text))
    closed = len(lines) > 1 and lines[-1].strip().startswith(opening[1]) and not lines[-1].strip(" `~")
    return uncloseable(textwrap.dedent("\n".join(lines[1 : -1 if closed else None])))


def _formula(text: str) -> str:
    body = _unfenced(text).strip()
    for opening, closing in _MATH_MARKS:
        if body.startswith(opening) and body.endswith(closing) and len(body) >= len(opening + closing):
            return uncloseable(body[len(opening) : -len(closing)].strip())
    return body


def _table(text: str, draw: maths.Draw) -> tuple[Piece, ...]:
    table = rows.of_markdown(text)
    return tables.pieces(table, draw) if table is not None else (Code(uncloseable(text)),)


def _image(block: Block, texts: Texts) -> Piece:
    picture = block.picture
    if picture is None:
        return Prose(f"🖼 *{texts.gettext('A picture is missing here.')}* {inline(clean(block.text))}")
    alt = clean(picture.alt)
    return Prose(link(f"🖼 {escape(alt)}".strip(), picture.url)) if picture.url else Picture(picture.path, alt)
