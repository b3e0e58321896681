"""The lines of a note as Discord knows lines: headings of three levels, nested lists, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.render.callouts import headed
from bot.render.htmllines import RULE
from bot.render.inline import footnote
from bot.render.tags import BREAK

_HEADING: Final = re.compile(r"\s{0,3}(#{1,6})\s++((?:\S++|\s++(?!#*\s*\Z))*+)(?:\s++#++)?\s*+")
_ATTRIBUTES: Final = re.compile(r"\{[#.:][^{}]{0,100}\}$")
_INNER_LEVEL: Final = 3
"""The deepest heading that Discord shows; an answer's own is larger than those inside it."""
_UNDERLINE: Final = re.compile(r"\s{0,3}(?:=+|-+)\s*")
_BREAK: Final = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})")
_QUOTE: Final = re.compile(r"\s{0,3}(?:>[ \t]?)+(.*)")
_QUOTES_THE_REST: Final = ">>> "
"""To Discord everything from here is a quotation; in notes it is a console."""
_MARKED: Final = re.compile(r"([ \t]*)(?:[-*+]|(\d{1,9})[.)])(?:[ \t]+|$)(.*)")
_BOX: Final = re.compile(r"\[([ xX])\][ \t]+")
_NOTE: Final = re.compile(r"\s{0,3}\[\^([^\[\]\s]{1,50})\]:[ \t]*(.*)")
_DEFINITION: Final = re.compile(r"\s{0,3}:[ \t]+(\S.*)")
_LONGEST_TERM: Final = 100
_LEAST_STEP: Final = 2
"""Columns by which an item at least is further in than the one it belongs to."""
_DEEPEST: Final = 6
_FAR: Final = "\u2003"
"""A blank as wide as a letter is high, which is no blank to who reads Markdown."""


def laid_out(lines: Sequence[str], around: Sequence[int] = ()) -> list[str]:
    """Return *lines*, without code or formulas in them, as Discord is to get them; what stands inside them is left.

    *around* are the columns of the items in which they stand, as open_items() tells them.
    """
    made: list[str] = []
    for quoted, run in groupby(lines, _is_quoted):
        together = list(run)
        made.extend(_quotation(together) if quoted else _Lines(() if made else around).made(together))
    return made


def open_items(lines: Sequence[str], around: Sequence[int] = ()) -> tuple[int, ...]:
    """Return the columns of the items of lists in which *lines* end, the outermost first."""
    found = _Lines(around)
    found.made([line for line in lines if not _is_quoted(line)])
    return found.columns()


def _is_quoted(line: str) -> bool:
    return not line.startswith(_QUOTES_THE_REST) and _QUOTE.fullmatch(line) is not None


def _quotation(lines: Sequence[str]) -> Iterator[str]:
    """Yield a quotation of one level, which is all that Discord has; one that begins with a callout is headed."""
    inner = [found[1] for line in lines if (found := _QUOTE.fullmatch(line))]
    while inner and not inner[-1].strip():
        inner.pop()
    for line in _Lines().made([headed(line) or line for line in inner]):
        # Without a blank Discord sees no quotation, and one at the end of a message is lost.
        yield f"> {line or BREAK}"


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a list.

    Attributes:
        column: where its mark begins in the note.
        inside: with what the lines in it begin: up to under its text, where each reader of Markdown looks for them.
        shown: whether Discord shows it as an item, and what it holds as nested.
    """

    column: int
    inside: str
    shown: bool = True


class _Lines:
    """Makes lines one after another; knows in which items of lists they stand."""

    def __init__(self, around: Sequence[int] = ()) -> None:
        self._made: list[str] = []
        self._items = [_Item(column, "", shown=False) for column in around]
        """The items in which a line stands, the outermost first."""
        self._in_note = False

    def made(self, lines: Sequence[str]) -> list[str]:
        """Return *lines* as Discord is to get them."""
        for line in lines:
            self._add(_without_break(line))
        return self._made

    def columns(self) -> tuple[int, ...]:
        """Return where the items begin in which the last line stands."""
        return tuple(item.column for item in self._items)

    def _add(self, line: str) -> None:
        in_note, self._in_note = self._in_note, False
        before = self._made[-1] if self._made else ""
        if not line:
            self._made.append("")
        elif _is_text(before) and _UNDERLINE.fullmatch(line):
            self._made[-1] = _heading(before.strip(), 2)
        elif _BREAK.fullmatch(line):
            self._block(RULE)
        elif heading := _HEADING.fullmatch(line):
            self._block(_heading(heading[2], len(heading[1])))
        else:
            self._add_inner(line, before, in_note=in_note)

    def _add_inner(self, line: str, before: str, *, in_note: bool) -> None:
        if found := _MARKED.fullmatch(line):
            self._item(len(found[1]), found[2], found[3])
        elif found := _NOTE.fullmatch(line):
            self._block(f"-# {footnote(found[1])} {found[2]}".rstrip())
            self._in_note = True
        elif (found := _DEFINITION.fullmatch(line)) and _is_defined(before):
            self._define(found[1])
        elif in_note and line[0] == " ":
            self._made[-1] += f" {line.strip()}"
            self._in_note = True
        else:
            self._text(line)

    def _block(self, line: str) -> None:
        self._items.clear()
        self._made.append(line)

    def _item(self, column: int, number: str | None, text: str) -> None:
        while self._items and column < self._items[-1].column + _LEAST_STEP:
            self._items.pop()
        if box := _BOX.match(text):
            text = ("☐ " if box[1] == " " else "☑ ") + text[box.end() :]
        elif heading := _HEADING.fullmatch(text):
            text = _heading(heading[2], _INNER_LEVEL + 1)
        self._made.append(f"{self._marked(column, number)} {text}".rstrip())

    def _marked(self, column: int, number: str | None) -> str:
        """Return with what an item begins, which from now on is the innermost."""
        if self._items and not self._items[-1].shown:
            return self._drawn(column, number)
        before = f"{self._inside()}{number}." if number else f"{self._inside()}-"
        self._items.append(_Item(column, " " * (len(before) + 1)))
        return before

    def _drawn(self, column: int, number: str | None) -> str:
        """Return the same for an item in one that stands above a picture: no list that begins nested is shown so."""
        before = BREAK + _FAR * (1 + len(self._items[:_DEEPEST]))  # the mark of an outermost one is a step in, too
        self._items.append(_Item(column, before + _FAR, shown=False))
        return before + (f"{number}." if number else "◦")

    def _inside(self) -> str:
        """Return with what begins what stands in the innermost item."""
        inner = self._items[:_DEEPEST]
        return inner[-1].inside if inner else ""

    def _define(self, text: str) -> None:
        before = self._made[-1]
        if not before.startswith("- "):
            self._made[-1] = _heading(before.strip(), _INNER_LEVEL + 1)
        self._made.append(f"- {text}")

    def _text(self, line: str) -> None:
        column = len(line) - len(line.lstrip())
        begins = not self._made or not self._made[-1]
        if not column and begins:
            self._items.clear()
        while self._items and 0 < column <= self._items[-1].column:
            self._items.pop()
        self._made.append((self._inside() if column else "") + _harmless(line.strip()))


def _without_break(line: str) -> str:
    """Return *line* without blanks and the backslash with which its author broke it."""
    line = line.rstrip()
    broken = (len(line) - len(line.rstrip("\\"))) % 2
    return line[:-1].rstrip() if broken else line


def _is_text(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(("#", "-", "*", ">", "|", " ", RULE)) and not _MARKED.match(line)


def _is_defined(before: str) -> bool:
    return before.startswith("- ") or (_is_text(before) and len(before) <= _LONGEST_TERM)


def _heading(title: str, level: int) -> str:
    title = _ATTRIBUTES.sub("", title).strip()
    if not title:
        return ""
    return f"### {title}" if level <= _INNER_LEVEL else f"**{title.replace('**', '')}**"


def _harmless(line: str) -> str:
    """Return *line* so that Discord neither quotes the rest nor makes it small, which notes do not mean."""
    return f"\\{line}" if line.startswith((_QUOTES_THE_REST, "-# ")) else line
