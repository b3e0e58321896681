"""What the answers of all notes will want drawn, so that it is there before anybody asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot.i18n import Texts
from bot.render.markdown import formulas, pieces
from bot.render.maths import MOST_DRAWN, Draw, at_most
from bot.render.pages import runs
from drawing.studio import Drawn, Order
from knowledge.model import Block, BlockKind, Note

_MAY_HOLD: Final = frozenset({BlockKind.MATH, BlockKind.TABLE, BlockKind.TEXT})


def orders(notes: Iterable[Note], texts: Texts) -> Iterator[Order]:
    """Yield the pictures of all sections. What a section yields takes about a millisecond: to be run on a thread."""
    for note in notes:
        for section in note.sections:
            wanted: list[Order] = []
            take = at_most(MOST_DRAWN, _into(wanted))
            for _, blocks in runs(section.blocks):
                if len(blocks) > 1:
                    formulas(blocks, take)
                elif _may_want(blocks[0]):
                    pieces(blocks[0], texts, take)
            yield from wanted


def _into(wanted: list[Order]) -> Draw:
    def take(order: Order) -> Drawn:
        wanted.append(order)
        return Drawn("")

    return take


def _may_want(block: Block) -> bool:
    marks = () if block.plain else ("$", "\\", "<t", "<T")
    return block.kind in _MAY_HOLD and (block.kind is not BlockKind.TEXT or any(mark in block.text for mark in marks))
