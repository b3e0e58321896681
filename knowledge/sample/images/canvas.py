"""Draw the few shapes our pictures are made of, as SVG text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

Point = tuple[float, float]

WIDTH = 1000
INK, MUTED, LINE, PAPER = "#1f2933", "#52606d", "#9aa5b1", "#fcfcfd"


@dataclass(frozen=True, slots=True)
class Tone:
    """A pair of colours: a pale one to fill with, a strong one for edges and curves."""

    fill: str
    edge: str


BLUE = Tone("#dbeafe", "#2563eb")
GREEN = Tone("#d9f2e3", "#15803d")
ORANGE = Tone("#ffe8d1", "#c2570c")
PURPLE = Tone("#ebe1fd", "#7c3aed")
RED = Tone("#fde0e0", "#c81e1e")
GREY = Tone("#eceff3", "#7b8794")


@dataclass(frozen=True, slots=True)
class Rect:
    """A box in pixels, its origin at the top left."""

    x: float
    y: float
    width: float
    height: float

    def at(self, across: float, down: float) -> Point:
        """Give the point at these shares (0 to 1) of the width and of the height."""
        return self.x + self.width * across, self.y + self.height * down

    @property
    def top(self) -> Point:
        """The middle of the upper edge."""
        return self.at(0.5, 0)

    @property
    def bottom(self) -> Point:
        """The middle of the lower edge."""
        return self.at(0.5, 1)

    @property
    def left(self) -> Point:
        """The middle of the left edge."""
        return self.at(0, 0.5)

    @property
    def right(self) -> Point:
        """The middle of the right edge."""
        return self.at(1, 0.5)


def text(at: Point, words: str, *, size: int = 20, fill: str = INK, anchor: str = "middle", bold: bool = False) -> str:
    """Write one line; `at` is on its base line, `anchor` is start, middle or end."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{at[0]:.1f}" y="{at[1]:.1f}" font-size="{size}" fill="{fill}" '
        f'text-anchor="{anchor}"{weight}>{escape(words)}</text>'
    )


def box(rect: Rect, *lines: str, tone: Tone = BLUE, size: int = 20, bold: bool = True) -> str:
    """Draw a rounded box with its lines of text in the middle; only the first line is bold."""
    step = size * 1.3
    first = rect.y + rect.height / 2 + size * 0.36 - step * (len(lines) - 1) / 2
    shape = (
        f'<rect x="{rect.x:.1f}" y="{rect.y:.1f}" width="{rect.width:.1f}" height="{rect.height:.1f}" rx="9" '
        f'fill="{tone.fill}" stroke="{tone.edge}" stroke-width="2"/>'
    )
    middle = rect.x + rect.width / 2
    written = (
        text((middle, first + step * i), line, size=size if i == 0 else size - 3, bold=bold and i == 0)
        for i, line in enumerate(lines)
    )
    return shape + "".join(written)


def line(points: Sequence[Point], *, color: str = LINE, width: float = 2.5, dash: str = "") -> str:
    """Join the points by straight strokes; `dash` is an SVG dash pattern."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="{width}" '
        f'stroke-linejoin="round" stroke-linecap="round"{dashed}/>'
    )


def arrow(*points: Point, color: str = MUTED) -> str:
    """Join the points and put a head on the last one; the last stroke must be upright or level."""
    (x0, y0), (x, y) = points[-2], points[-1]
    dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
    back = (x - 12 * dx, y - 12 * dy)
    corners = ((x, y), (back[0] + 6 * dy, back[1] + 6 * dx), (back[0] - 6 * dy, back[1] - 6 * dx))
    head = " ".join(f"{across:.1f},{down:.1f}" for across, down in corners)
    return line([*points[:-1], back], color=color) + f'<polygon points="{head}" fill="{color}"/>'


def disc(at: Point, words: str = "", *, radius: float = 22, tone: Tone = GREY, size: int = 24) -> str:
    """Draw a circle around a sign."""
    circle = (
        f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius}" fill="{tone.fill}" stroke="{tone.edge}" '
        'stroke-width="2"/>'
    )
    return circle + (text((at[0], at[1] + size * 0.36), words, size=size, bold=True) if words else "")


def card(height: int, title: str, parts: Iterable[str]) -> str:
    """Put the parts on an opaque light card of full width under a title; the result is a whole SVG document."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        'font-family="DejaVu Sans">'
        f'<rect x="1" y="1" width="{WIDTH - 2}" height="{height - 2}" rx="16" fill="{PAPER}" stroke="#cbd2d9"/>'
        f"{text((40, 54), title, size=28, anchor='start', bold=True)}{''.join(parts)}</svg>"
    )
