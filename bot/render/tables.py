"""A note's table for Discord, which has none: aligned columns where it is narrow, a list of its rows, or a picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from bot.render.limits import ALT, cut
from bot.render.maths import Draw, rich
from bot.render.parts import Picture
from bot.render.pieces import Code, Piece, Prose, uncloseable
from bot.render.rows import Rows, Table
from bot.render.runs import plain, runs
from drawing import tables as drawn
from drawing.studio import Order

WIDEST: Final = 36
"""Terminal columns of a table that a code block shows on a phone without breaking its lines, Chinese counted twice."""
_MOST_LISTED: Final = 3
"""Columns of a table that reads well as a list."""
_PAIR: Final = 2
_LONGEST_LIST: Final = 1_200
_ROWS_TOGETHER: Final = 16
_CHARACTERS_TOGETHER: Final = 800
"""Of one picture, so that it is no strip."""
_MOST_PICTURES: Final = 10
"""Of one table; a page holds as many. What follows is a list: nobody looks at a hundred pictures to find a row."""
_ITEM_INDENT: Final = "\n  "


def pieces(table: Table, draw: Draw) -> tuple[Piece, ...]:
    """Return *table* as it reads best, as a list where no picture can be drawn."""
    narrow = aligned(table.rows)
    if narrow is not None:
        return (Code(uncloseable(narrow)),)
    if len(table.rows[0]) > _MOST_LISTED:
        return _pictures(table, draw) or (_listing(table.rows),)
    listing = _listing(table.rows)
    return (listing,) if len(listing.text) <= _LONGEST_LIST else _pictures(table, draw) or (listing,)


def aligned(table: Rows) -> str | None:
    """Return the table in aligned columns; None if it is too wide."""
    cells: list[list[str]] = []
    widths = [0] * len(table[0])
    for row in table:
        cells.append([plain(cell) for cell in row])
        widths = [max(size, width(cell)) for size, cell in zip(widths, cells[-1], strict=True)]
        if sum(widths) + 3 * (len(widths) - 1) > WIDEST:
            return None  # most of a large table need not be looked at
    lines = [" | ".join(_padded(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([lines[0], "-+-".join("-" * size for size in widths), *lines[1:]])


def listed(table: Rows) -> str:
    """Return the rows as a list: the first cell in bold, with it what each column says of it. Discord Markdown."""
    head, *body = ([_shown(cell) for cell in row] for row in table)
    if not body:
        return " | ".join(head)
    if len(head) == _PAIR:
        return "\n".join([f"**{_unmarked(' · '.join(filter(None, head)))}**", *(_pair(*row) for row in body)])
    # Where each row has a name, what names are called says nothing.
    called = [f"-# {head[0]}"] if head[0] and not all(row[0] for row in body) else []
    return "\n\n".join([*called, *(_entry(head, row) for row in body)])


def _pair(first: str, second: str) -> str:
    return f"- **{_unmarked(first)}** – {second}" if first and second else f"- {first or second or '—'}"


def _entry(head: Sequence[str], row: Sequence[str]) -> str:
    first = f"**{_unmarked(row[0])}**" if row[0] else "—"
    told = (_named(name, cell) for name, cell in zip(head[1:], row[1:], strict=True) if cell)
    return "\n".join([first, *(f"- {one}" for one in told)])


def _named(name: str, cell: str) -> str:
    if not name:
        return cell
    return f"{name}：{cell}" if width(name[-1]) > 1 else f"{name}: {cell}"


def _unmarked(text: str) -> str:
    return text.replace("**", "").replace("\n", " ")


def width(text: str) -> int:
    """Return the columns that *text* takes in a terminal: wide East Asian ones 2, marks 0."""
    return sum(_columns(character) for character in text)


def _listing(rows: Rows) -> Prose:
    return Prose(listed(rows).strip())


def _pictures(table: Table, draw: Draw) -> tuple[Piece, ...]:
    """Return the table as pictures, each with the head, and a list of what is left; nothing if one cannot be drawn."""
    head, made = table.rows[0], list[Piece]()
    bodies = _together(table.rows)
    for body in islice(bodies, _MOST_PICTURES):
        rows = [head, *body]
        cells = [[runs(cell) for cell in row] for row in rows]
        picture = draw(Order(drawn.draw, (cells, list(table.aligns))))
        if picture is None:
            return ()
        made.append(Picture(picture.name, _alt(rows), drawn=True))
    rest = [row for body in bodies for row in body]
    return (*made, *((_listing([head, *rest]),) if rest else ()))


def _together(rows: Rows) -> Iterator[Rows]:
    """Yield the rows under the head, as many as share a picture; of those about equal numbers."""
    body = rows[1:]
    size = sum(len(cell) for row in body for cell in row)
    count = max(-(-len(body) // _ROWS_TOGETHER), -(-size // _CHARACTERS_TOGETHER), 1)
    step = max(-(-len(body) // count), 1)
    for start in range(0, max(len(body), 1), step):
        yield body[start : start + step]


def _alt(rows: Rows) -> str:
    """Return what the rows say, for whoever does not see the picture."""
    head, *body = ([plain(cell) for cell in row] for row in rows)
    said = "; ".join(_said(head, row) for row in body)
    return cut(said or " | ".join(head), ALT)


def _said(head: Sequence[str], row: Sequence[str]) -> str:
    told = ", ".join(_named(name, cell) for name, cell in zip(head[1:], row[1:], strict=True) if cell)
    return " – ".join(filter(None, (row[0] or "—", told)))


def _shown(cell: str) -> str:
    return rich(cell).strip().replace("\n", _ITEM_INDENT)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(text: str, size: int) -> str:
    return text + " " * (size - width(text))
