"""Formulas in a message: as Unicode in running text, as pictures where they stand alone or would be hard to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bot.render.inline import code_span, inline
from bot.render.parts import Picture
from drawing import formulas
from drawing.latex import bare
from drawing.lines import fits_a_line, line
from drawing.studio import Drawn, Order
from knowledge.loaders.formulas import SpanKind, find

Draw = Callable[[Order], Drawn | None]
"""Returns a picture, None if there is none to be had."""
TOGETHER: Final = 6
"""Formulas that share a card, at most: more would be taller than a phone."""
_MEANS_SOMETHING: Final = re.compile(r"[_^*~|\\<>#`@\[\]]|://")
"""What Discord would not show as it is."""
_FORMULAS: Final = frozenset({SpanKind.INLINE, SpanKind.DISPLAY})
_OPEN: Final = "\ue100"
_CLOSE: Final = "\ue101"
"""Characters of no meaning that stand around the number of a formula while the text around it is made."""
_PLACE: Final = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_PLACE_MARKS: Final = re.compile(f"[{_OPEN}{_CLOSE}]")


def undrawn(_order: Order) -> None:
    """Draw nothing: formulas then stand as they are written."""


def rich(text: str) -> str:
    """Return a note's *text* as Discord Markdown, its formulas as Unicode."""
    kept, shown = _apart(text)
    return _PLACE.sub(lambda place: shown[int(place[1])], inline(kept))


def flat(text: str) -> str:
    """Return plain *text*, such as a heading, with its formulas as Unicode."""
    kept, _ = _apart(text)
    found = iter(written(text))
    return _PLACE.sub(lambda _: line(one := next(found)) or bare(one), kept)


def written(text: str) -> Iterator[str]:
    """Yield the formulas in *text*, with their delimiters."""
    return (text[span.start : span.end] for span in find(text) if span.kind in _FORMULAS)


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


def _apart(text: str) -> tuple[str, list[str]]:
    """Return *text* with a mark in place of each formula, and how each is shown."""
    text = _PLACE_MARKS.sub("", text)
    if "$" not in text and "\\" not in text:
        return text, []
    out: list[str] = []
    shown: list[str] = []
    at = 0
    for span in find(text):
        if span.kind in _FORMULAS:
            out += (text[at : span.start], f"{_OPEN}{len(shown)}{_CLOSE}")
            shown.append(_shown(text[span.start : span.end]))
            at = span.end
    return "".join((*out, text[at:])), shown


def _shown(source: str) -> str:
    text = line(source)
    if text is None:
        return code_span(source)
    return code_span(text) if _MEANS_SOMETHING.search(text) else text
