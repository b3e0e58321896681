"""Pieces of SVG for cards: text in any script, measured and cut, and boxes.

Text is set in runs, one font each, every run at a place of its own: the renderer loses characters, and even stops,
where fonts meet within one. Emoji for which the machine has no font leave a blank.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from html import escape
from itertools import groupby
from types import MappingProxyType
from typing import Final, Literal

import regex

from drawing import glyphs, raster, style
from knowledge.confined import Outcome

WIDTH: Final = 1_080
"""Pixels of a card: three for each that a phone shows of it, two on a desktop."""
SMALL: Final = 33
"""Pixels of the smallest type on a card: 11 on a phone."""
MARGIN: Final = 28
DEEP: Final = "#1e1f22"
"""The ground of what lies on a card."""
NOTHING: Final = "—"
"""Stands for a text in which there is nothing to be seen."""
_GRAPHEME: Final = regex.compile(r"\X")
_LONGEST_GRAPHEME: Final = 16
_LONGEST_TEXT: Final = 400
_UNSEEN: Final = regex.compile(r"[^\P{C}\s\u200c\u200d]")
"""Controls, what turns the direction of writing, halves of pairs, private and unassigned characters."""
_PILED: Final = regex.compile(r"(\p{M}{3})\p{M}+")
"""Marks on marks, more than any writing has."""
_EMOJI: Final = regex.compile(r"\p{Emoji_Presentation}|\ufe0f")
_RIGHT_TO_LEFT: Final = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_JOINERS: Final = "\u200c\u200d\ufe0f"
_WIDE: Final = frozenset("WF")
_NARROW_EM: Final = 0.62
_EMOJI_EM: Final = 1.25
_SPACE_EM: Final = 0.25
_ELLIPSIS: Final = "…"


class Script(Enum):
    """Of which kind a character is, by the fonts that have it."""

    OURS = 0
    WIDE = 1
    OTHER = 2
    EMOJI = 3


FAMILIES: Final[Mapping[Script, str]] = MappingProxyType(
    {
        Script.WIDE: f"WenQuanYi Micro Hei, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, {raster.FAMILY}",
        Script.OTHER: f"DejaVu Sans, Noto Sans, Segoe UI, Arial, {raster.FAMILY}",
        Script.EMOJI: "Noto Color Emoji, Apple Color Emoji, Segoe UI Emoji",
    }
)
"""The first that the machine has is asked first, then any other of its fonts; of emoji only these."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a text looks. *heavy* is a thin outline: our font has one weight."""

    size: float
    fill: str = style.INK
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a card, in pixels."""

    x: float
    y: float
    width: float
    height: float


Anchor = Literal["start", "middle", "end"]


def clean(text: str) -> str:
    """Return *text* on one line, without what cannot be seen or would paint over its neighbours; never empty."""
    composed = unicodedata.normalize("NFC", text[:_LONGEST_TEXT].encode("utf-8", "ignore").decode())
    line = " ".join(_PILED.sub(r"\1", _UNSEEN.sub("", composed)).split())
    return line if line.strip(_JOINERS) else NOTHING


def fit(text: str, size: float, room: float) -> str:
    """Return *text*, cleaned, in at most *room* pixels: between characters as people see them, with an ellipsis."""
    line = clean(text)
    if width(line, size) <= room:
        return line
    left = room - _em(_ELLIPSIS) * size
    kept = []
    for grapheme in _GRAPHEME.findall(line):
        left -= _em(grapheme) * size
        if left < 0:
            break
        kept.append(grapheme)
    return "".join(kept).rstrip() + _ELLIPSIS


def width(text: str, size: float) -> float:
    """Return the pixels that *text* takes: exactly in our own font, about in others."""
    return sum(map(_em, _GRAPHEME.findall(text))) * size


def write(text: str, place: tuple[float, float], pen: Pen, anchor: Anchor = "start") -> str:
    """Return *text*, cleaned, with its baseline at *place*."""
    line = clean(text)
    runs = list(_runs(line))
    x, y = place
    if len(runs) == 1:
        return _run(*runs[0], f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"', pen)
    x -= width(line, pen.size) * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    drawn = []
    for script, run in runs:
        drawn.append(_run(script, run, f'x="{x:.1f}" y="{y:.1f}"', pen))
        x += width(run, pen.size)
    return "".join(drawn)


def rect(box: Box, fill: str, radius: float = 0, outline: str = "") -> str:
    """Return a filled box."""
    line = f' stroke="{outline}" stroke-width="3"' if outline else ""
    size = f'width="{max(box.width, 0):.1f}" height="{max(box.height, 0):.1f}"'
    return f'<rect x="{box.x:.1f}" y="{box.y:.1f}" {size} rx="{radius}" fill="{fill}"{line}/>'


def clipped(parts: Iterable[str], box: Box, name: str) -> str:
    """Return *parts* as far as they lie in *box*; *name* is different for each on a card."""
    inside = rect(box, "#fff")
    return f'<clipPath id="{name}">{inside}</clipPath><g clip-path="url(#{name})">{"".join(parts)}</g>'


def card(parts: Iterable[str], height: float) -> tuple[str, int, int]:
    """Return *parts* on a card as SVG, and its width and height."""
    high = round(height)
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{high}" font-family="{raster.FAMILY}">'
    return f"{opening}{rect(Box(0, 0, WIDTH, high), style.GROUND, 16)}{''.join(parts)}</svg>", WIDTH, high


def drawn(made: tuple[str, int, int]) -> Outcome:
    """Return the picture of a card; other fonts than ours are read where it asks for them.

    Raises:
        TooLargeError: it is not drawn.
    """
    picture, wide, high = made
    foreign = any(f'font-family="{family}"' in picture for family in FAMILIES.values())
    return Outcome([wide, high], raster.png(picture, wide, high, system_fonts=foreign))


def is_ours(text: str) -> bool:
    """Return whether our own font draws all of *text* but its emoji, so that it can be read on every machine."""
    found = [_script(grapheme) for grapheme in _GRAPHEME.findall(clean(text)) if not grapheme.isspace()]
    return Script.OURS in found and {*found} <= {Script.OURS, Script.EMOJI}


def _runs(line: str) -> Iterator[tuple[Script, str]]:
    """Yield *line* in runs of one font each; with a script that is read from the right, all its words are one."""
    mixed = bool(_RIGHT_TO_LEFT.search(line))
    kinds: list[tuple[Script, str]] = []
    for grapheme in _GRAPHEME.findall(line):
        script = _script(grapheme)
        if mixed and script is not Script.EMOJI:
            script = Script.OTHER
        if grapheme.isspace() and kinds:
            script = kinds[-1][0]
        kinds.append((script, grapheme[:_LONGEST_GRAPHEME].rstrip("\u200d")))
    for script, run in groupby(kinds, lambda kind: kind[0]):
        yield script, "".join(grapheme for _, grapheme in run)


def _script(grapheme: str) -> Script:
    if _EMOJI.search(grapheme):
        return Script.EMOJI
    if all(map(glyphs.is_ours, grapheme)):
        return Script.OURS
    return Script.WIDE if unicodedata.east_asian_width(grapheme[0]) in _WIDE else Script.OTHER


def _em(grapheme: str) -> float:
    if grapheme.isspace():
        return _SPACE_EM
    match _script(grapheme):
        case Script.OURS:
            return sum(map(glyphs.advance, grapheme))
        case Script.WIDE:
            return 1.0
        case Script.EMOJI:
            return _EMOJI_EM
    return _NARROW_EM * sum(not unicodedata.category(one).startswith("M") for one in grapheme)


def _run(script: Script, run: str, place: str, pen: Pen) -> str:
    family = f' font-family="{FAMILIES[script]}"' if script in FAMILIES else ""
    look = f'font-size="{pen.size:g}" fill="{pen.fill}"'
    if pen.heavy and script is not Script.EMOJI:
        look += f' stroke="{pen.fill}" stroke-width="{pen.size / 36:.2f}"'
    return f'<text {place} {look}{family} xml:space="preserve">{escape(run)}</text>'
