"""Displayed formulas as a picture: one or several, one below the other on a card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from drawing import engine, raster, style
from drawing.latex import LONGEST, bare, normal
from drawing.rules import mended
from knowledge.confined import Outcome

_WIDEST_EM: Final = 90.0
_HIGHEST_EM: Final = 60.0
_GAP: Final = 28
"""Pixels between two formulas."""
_UNITS: Final = 1_000
"""Of the engine's drawings in an em."""
_BOX: Final = re.compile(
    r'<use href="#[^"]+-g(?P<glyph>\d+)" '
    r'(?:x="(?P<x>[-\d.]+)" y="(?P<y>[-\d.]+)"|transform="translate\((?P<tx>[-\d.]+) (?P<ty>[-\d.]+)\)'
    r'(?: scale\((?P<scale>[-\d.]+)\))?")/>'
)
_MISSING: Final = re.compile(r"the font has no '(.)'", re.DOTALL)
_DEFS: Final = re.compile(r"<defs>.*?</defs>", re.DOTALL)
_GROUP: Final = re.compile(r"<g fill=.*</g>", re.DOTALL)
_VIEW: Final = re.compile(r'viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"')


class NotDrawnError(Exception):
    """The formula cannot be drawn: it is too large, or holds what the fonts lack."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A formula as SVG, without a size of its own.

    Attributes:
        view: left, top, width and height in thousandths of an em.
    """

    body: str
    view: tuple[float, float, float, float]


def draw(_data: bytes, sources: Sequence[str]) -> Outcome:
    """Return a card with the formulas *sources*, LaTeX with its delimiters or without; its width and height in pixels.

    Raises:
        FormulaError: one cannot be read.
        NotDrawnError: one cannot be drawn.
    """
    svg, width, height = card([shape(source) for source in sources])
    return Outcome([width, height], raster.png(svg, width, height))


def shape(source: str) -> Shape:
    """Return what the engine draws for *source*, the characters that it lacks set in our own font.

    Raises:
        FormulaError: it cannot be read.
        NotDrawnError: it is too large, or a character has no place that is certain.
    """
    tex = normal(bare(source))
    if not tex or len(tex) > LONGEST:
        raise NotDrawnError("too long")
    made = engine.render(tex)
    view = _VIEW.search(made["svg"])
    if view is None or len(made["svg"]) > raster.LONGEST_SVG:
        raise NotDrawnError("too large")
    left, top, width, height = map(float, view.groups())
    if width > _WIDEST_EM * _UNITS or height > _HIGHEST_EM * _UNITS:
        raise NotDrawnError("too large")
    return Shape(_body(made, tex), (left, top, width, height))


def card(shapes: Sequence[Shape]) -> tuple[str, int, int]:
    """Return the shapes below each other on a card, as SVG, and its width and height in pixels."""
    pixels = style.EM / _UNITS
    width = max(style.FORMULA_WIDTH, round(max(one.view[2] for one in shapes) * pixels) + 2 * style.MARGIN)
    top = style.MARGIN
    bodies = []
    for one in shapes:
        x, y, _, high = one.view
        bodies.append(
            f'<g transform="translate({style.MARGIN} {top}) scale({pixels}) translate({-x} {-y})">{one.body}</g>'
        )
        top += round(high * pixels) + _GAP
    height = top - _GAP + style.MARGIN
    ground = f'<rect width="{width}" height="{height}" rx="12" fill="{style.GROUND}"/>'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
    return f"{opening}{ground}{''.join(bodies)}</svg>", width, height


def _body(made: dict[str, Any], tex: str) -> str:
    svg = str(made["svg"])
    defs, group = _DEFS.search(svg), _GROUP.search(svg)
    if group is None:
        raise NotDrawnError("empty")
    drawn = mended(group[0].replace("currentColor", style.INK))
    missing = {found[1] for one in made["warnings"] if (found := _MISSING.search(one["description"]))}
    return (defs[0] if defs else "") + (_with_text(drawn, missing, tex) if missing else drawn)


def _with_text(drawn: str, missing: set[str], tex: str) -> str:
    """Put characters of our font in place of the boxes that the engine drew for them, in the order of the source."""
    box = _box_glyph()
    letters = [letter for letter in tex if letter in missing]
    boxes = [found for found in _BOX.finditer(drawn) if found["glyph"] == box]
    if len(letters) != len(boxes):
        raise NotDrawnError("its font lacks " + "".join(sorted(missing)))
    remaining = iter(letters)

    def replaced(found: re.Match[str]) -> str:
        return _letter(next(remaining), found) if found["glyph"] == box else found[0]

    return _BOX.sub(replaced, drawn)


def _letter(letter: str, place: re.Match[str]) -> str:
    x, y = place["x"] or place["tx"], place["y"] or place["ty"]
    size = 0.93 * float(place["scale"] or 1)
    # The group is drawn upside down, as fonts are; text is not.
    return (
        f'<text transform="translate({x} {y}) scale({size} {-size})" font-size="{_UNITS}" '
        f'font-family="{raster.FAMILY}">{escape(letter)}</text>'
    )


def _box_glyph() -> str:
    group = _GROUP.search(engine.render(r"\text{中}")["svg"])
    found = _BOX.search(group[0]) if group else None
    return found["glyph"] if found else ""
