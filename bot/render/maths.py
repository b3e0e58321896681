"""Formulas in a message: as Unicode in running text, as pictures where they stand alone or would be hard to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bot.render.covering import FORMULAS, covered
from bot.render.inline import inline
from bot.render.parts import Picture
from drawing import formulas
from drawing.latex import bare
from drawing.lines import fits_a_line, line
from drawing.studio import Drawn, Order
from knowledge.loaders.formulas import find

Draw = Callable[[Order], Drawn | None]
"""Returns a picture, None if there is none to be had."""
TOGETHER: Final = 6
"""Formulas that share a card, at most: more would be taller than a phone."""
MOST_DRAWN: Final = 40
"""Pictures that are drawn for an answer; formulas and tables after them are text, for which nobody has to wait."""


def undrawn(_order: Order) -> None:
    """Draw nothing: formulas then stand as they are written."""


def at_most(most: int, draw: Draw) -> Draw:
    """Return what draws as *draw* does, *most* times, and then nothing."""
    left = iter(range(most))
    return lambda order: None if next(left, None) is None else draw(order)


def rich(text: str) -> str:
    """Return a note's *text* as Discord Markdown, its formulas as Unicode."""
    kept = covered(text)
    return kept.restored(inline(kept.text, kept.restored))


def flat(text: str) -> str:
    """Return plain *text*, such as a heading, with its formulas as Unicode."""
    out: list[str] = []
    at = 0
    for span in find(text):
        if span.kind in FORMULAS:
            source = text[span.start : span.end]
            out += (text[at : span.start], line(source) or bare(source))
            at = span.end
    return "".join((*out, text[at:]))


def written(text: str) -> Iterator[str]:
    """Yield the formulas in *text*, with their delimiters."""
    return (text[span.start : span.end] for span in find(text) if span.kind in FORMULAS)


def wanting_pictures(text: str) -> tuple[str, ...]:
    """Return the formulas of a running text that are too long to be read in it."""
    return tuple(one for one in written(text) if (shown := line(one)) is None or not fits_a_line(one, shown))


def cards(sources: Sequence[str], draw: Draw) -> tuple[Picture | str, ...]:
    """Return pictures of *sources*, several on one card; in place of what cannot be drawn the source itself."""
    made: list[Picture | str] = []
    for first in range(0, len(sources), TOGETHER):
        together = sources[first : first + TOGETHER]
        if picture := _card(together, draw):
            made.append(picture)
        elif len(together) == 1:
            made.extend(together)
        else:  # one of them cannot be drawn
            made.extend(_card([one], draw) or one for one in together)
    return tuple(made)


def _card(sources: Sequence[str], draw: Draw) -> Picture | None:
    drawn = draw(Order(formulas.draw, (list(sources),)))
    alt = "; ".join(line(source) or bare(source) for source in sources)
    return Picture(drawn.name, alt, drawn=True) if drawn else None
