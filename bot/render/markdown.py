"""The blocks of a note as pieces of a Discord message: prose, code and pictures, in the order of the note."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Final

from bot.i18n import Texts
from bot.render import maths, rows, tables
from bot.render.inline import BREAK, escape, inline, link
from bot.render.parts import Picture
from bot.render.pieces import Code, Piece, Prose, is_visible, uncloseable
from bot.render.unwrapping import unwrapped
from knowledge.model import Block, BlockKind

_FENCE: Final = re.compile(r"\s*(`{3,}|~{3,})")
_INFO: Final = re.compile(r"[A-Za-z0-9+#_-]{1,20}")
_HEADING: Final = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*")
_UNDERLINE: Final = re.compile(r"\s{0,3}(?:=+|-+)\s*")
_BREAK: Final = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})")
_BLANK_LINES: Final = re.compile(rf"\n(?:[ {BREAK}]*\n)+")
_MATH_MARKS: Final = (("$$", "$$"), ("\\[", "\\]"))
RULE: Final = "———"
"""What stands for a thematic break, which Discord does not draw."""
_INNER_LEVEL: Final = 3
"""The deepest heading that Discord shows; an answer's own is larger than those inside it."""
_UNSHOWN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters, halves of pairs, and marks that turn the direction of what follows."""


def pieces(block: Block, texts: Texts, draw: maths.Draw = maths.undrawn) -> tuple[Piece, ...]:
    """Return *block* as pieces, none of them empty."""
    text = clean(block.text)
    match block.kind:
        case BlockKind.MATH:
            return formulas([block], draw)
        case BlockKind.TEXT if long := maths.wanting_pictures(text):
            pictures = (one for one in maths.cards(long, draw) if isinstance(one, Picture))
            return (Prose(prose(text)), *pictures)
        case BlockKind.IMAGE:
            made = _image(block, texts)
        case BlockKind.CODE:
            made = Code(_unfenced(text), block.info if _INFO.fullmatch(block.info) else "")
        case BlockKind.TABLE:
            return _table(text, draw)
        case _:
            made = Prose(prose(text))
    return (made,) if is_visible(made) else ()


def formulas(blocks: Sequence[Block], draw: maths.Draw) -> tuple[Piece, ...]:
    """Return displayed formulas that follow each other: pictures, else their source."""
    sources = [text for block in blocks if (text := clean(block.text)).strip()]
    made = (Code(_formula(one), "tex") if isinstance(one, str) else one for one in maths.cards(sources, draw))
    return tuple(piece for piece in made if is_visible(piece))


def clean(text: str) -> str:
    """Return *text* without what cannot be shown, its line ends as line feeds."""
    return _UNSHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4))


def prose(text: str) -> str:
    """Return a note's running text as Discord Markdown."""
    lines: list[str] = []
    for line in unwrapped(text).split("\n"):
        _add_line(lines, line)
    return _BLANK_LINES.sub("\n\n", maths.rich("\n".join(lines))).strip()


def _add_line(lines: list[str], line: str) -> None:
    underlined = bool(lines) and lines[-1].strip() and not lines[-1].startswith(("#", "-", "*", ">", "|"))
    if underlined and _UNDERLINE.fullmatch(line):
        lines[-1] = _heading(lines[-1].strip(), 2)
    elif _BREAK.fullmatch(line):
        lines.append(RULE)
    elif heading := _HEADING.fullmatch(line):
        lines.append(_heading(heading[2], len(heading[1])))
    elif line.startswith(">>> "):  # to Discord: everything from here is a quotation
        lines.append("\\" + line)
    elif line.lstrip().startswith("+ "):
        lines.append(line.replace("+", "-", 1))
    else:
        lines.append(line)


def _heading(title: str, level: int) -> str:
    if not title:
        return ""
    return f"### {title}" if level <= _INNER_LEVEL else f"**{title.replace('**', '')}**"


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
