"""Somebody's progress as a card: points over the days, and how much was right in each topic."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from drawing import style, svg
from drawing.cards import Card
from drawing.svg import Box, Pen
from knowledge.confined import Outcome

MOST_DAYS: Final = 400
MOST_TOPICS: Final = 10
_LEFT: Final = svg.MARGIN
_RIGHT: Final = svg.WIDTH - svg.MARGIN
_HEAD: Final = 142
_CAPTION: Final = 68
_TOPICS_CAPTION: Final = 54
_PLOT: Final = 280
_TICK_ROOM: Final = 72
_TICK_GAP: Final = 16
_TOPIC: Final = 64
_NAME: Final = 38
_STEPS: Final = 4
_NAME_ROOM: Final = 420
_BAR_X: Final = _LEFT + _NAME_ROOM + 24
_WELL: Final = 0.8
_POORLY: Final = 0.5
"""Shares of right answers from which on a bar is green, and below which it is red."""
_BRIGHT: Final = "#98a2ff"
_FADING: Final = (
    f'<linearGradient id="fading" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{style.ACCENT}" '
    f'stop-opacity=".5"/><stop offset="1" stop-color="{style.ACCENT}" stop-opacity=".06"/></linearGradient>'
)


@dataclass(frozen=True, slots=True)
class Topic:
    """How much was right in a topic. *share* is 0 to 1; None where there are too few answers to say so."""

    name: str
    said: str
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Progress(Card):
    """How somebody does, all texts in one language.

    Attributes:
        about: a line below the title.
        caption: over the curve.
        gain: over its end.
        points: of each day, in order; may be below zero.
        ticks: numbers of days, counted from 0, and what stands below them.
        topics_caption: over the bars.
    """

    title: str
    about: str
    caption: str
    gain: str
    points: Sequence[int]
    ticks: Sequence[tuple[int, str]]
    topics_caption: str = ""
    topics: Sequence[Topic] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Turns days and points into places in *box*. *top* and *step* are points."""

    box: Box
    days: int
    top: int
    step: int

    def x(self, day: float) -> float:
        return self.box.x + self.box.width * day / max(self.days - 1, 1)

    def y(self, points: float) -> float:
        return self.box.y + self.box.height * (1 - min(max(points, 0), self.top) / self.top)


def draw(_data: bytes, values: Mapping[str, Any]) -> Outcome:
    """Return the card of somebody's progress, by its values(); its width and height in pixels.

    Raises:
        TooLargeError: it is not drawn.
    """
    topics = tuple(Topic(**topic) for topic in values["topics"])
    return svg.drawn(card(Progress(**{**values, "topics": topics})))


def card(progress: Progress) -> tuple[str, int, int]:
    """Return the card as SVG, and its width and height in pixels; the newest MOST_DAYS, the first MOST_TOPICS."""
    parts = [
        svg.write(svg.fit(progress.title, 52, _RIGHT - _LEFT), (_LEFT, 68), Pen(52, heavy=True)),
        svg.write(svg.fit(progress.about, 36, _RIGHT - _LEFT), (_LEFT, 118), Pen(36, style.FAINT)),
    ]
    top = float(_HEAD)
    if progress.points:
        parts.extend(_curve(progress, top))
        top += _CAPTION + _PLOT + _TICK_ROOM
    if progress.topics:
        parts.extend(_topics(progress, top))
        top += _TOPICS_CAPTION + _TOPIC * len(progress.topics[:MOST_TOPICS])
    return svg.card(parts, top + svg.MARGIN - 8)


def steps(highest: int) -> tuple[int, int]:
    """Return where an axis up to *highest* ends, and after how many points it has a line: 1, 2 or 5 times a ten."""
    wanted = max(highest, 1) / _STEPS
    ten = 10 ** math.floor(math.log10(wanted)) if wanted >= 1 else 1
    step = next(int(ten * times) for times in (1, 2, 5, 10) if ten * times >= wanted)
    return step * max(math.ceil(highest / step), 1), step


def _curve(progress: Progress, top: float) -> Iterator[str]:
    points = list(progress.points[-MOST_DAYS:])
    sums = [sum(points[: number + 1]) for number in range(len(points))]
    highest, step = steps(max(*sums, 1))
    room = max(svg.width(f"{number:,}", svg.SMALL) for number in range(0, highest + 1, step)) + 14
    box = Box(_LEFT + room, top + _CAPTION, _RIGHT - _LEFT - room - 10, _PLOT)
    scale = _Scale(box, len(points), highest, step)
    yield _caption(progress.caption, top)
    yield svg.write(progress.gain, (_RIGHT - 4, top + 36), Pen(42, _BRIGHT, heavy=True), "end")
    yield from _grid(scale)
    yield from _line(sums, scale)
    yield from _ticks(progress.ticks, scale)


def _caption(text: str, top: float) -> str:
    return svg.write(svg.fit(text, svg.SMALL, _RIGHT - _LEFT - 240), (_LEFT, top + 34), Pen(svg.SMALL, style.FAINT))


def _grid(scale: _Scale) -> Iterator[str]:
    for number in range(0, scale.top + 1, scale.step):
        y = scale.y(number)
        dashes = ' stroke-dasharray="6 8"' if number else ""
        ends = f'x1="{scale.box.x:.1f}" x2="{_RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
        yield f'<line {ends} stroke="{style.LINE}" stroke-width="2"{dashes}/>'
        yield svg.write(f"{number:,}", (scale.box.x - 14, y + 12), Pen(svg.SMALL, style.FAINT), "end")


def _line(sums: Sequence[int], scale: _Scale) -> Iterator[str]:
    """Yield the curve, the ground below it, and a dot at its end."""
    places = [(scale.x(day), scale.y(points)) for day, points in enumerate(sums)]
    if len(places) == 1:
        places.insert(0, (scale.box.x, scale.y(0)))
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    (first, _), (last, high) = places[0], places[-1]
    floor = scale.y(0)
    yield _FADING
    yield f'<polygon points="{first:.1f},{floor:.1f} {path} {last:.1f},{floor:.1f}" fill="url(#fading)"/>'
    yield f'<polyline points="{path}" fill="none" stroke="{_BRIGHT}" stroke-width="6" stroke-linejoin="round"/>'
    yield f'<circle cx="{last:.1f}" cy="{high:.1f}" r="11" fill="{_BRIGHT}" stroke="{style.GROUND}" stroke-width="4"/>'


def _ticks(ticks: Sequence[tuple[int, str]], scale: _Scale) -> Iterator[str]:
    """Yield the named days from the last on, without those for which there is no room."""
    end = _RIGHT + 1.0
    for day, label in reversed(ticks):
        half = svg.width(label, svg.SMALL) / 2
        x = min(max(scale.x(day), _LEFT + half), _RIGHT - half)
        if x + half <= end:
            yield svg.write(label, (x, scale.box.y + scale.box.height + 46), Pen(svg.SMALL, style.FAINT), "middle")
            end = x - half - _TICK_GAP


def _topics(progress: Progress, top: float) -> Iterator[str]:
    yield _caption(progress.topics_caption, top)
    shown = progress.topics[:MOST_TOPICS]
    room = max(svg.width(topic.said, svg.SMALL) for topic in shown) + 24
    for number, topic in enumerate(shown):
        y = top + _TOPICS_CAPTION + _TOPIC * number
        beside = _NAME_ROOM if topic.share is not None else _RIGHT - _LEFT - room
        yield svg.write(svg.fit(topic.name, _NAME, beside), (_LEFT, y + 40), Pen(_NAME))
        if topic.share is not None:
            yield _bar(min(max(topic.share, 0.0), 1.0), Box(_BAR_X, y + 16, max(_RIGHT - _BAR_X - room, 60), 24))
        yield svg.write(topic.said, (_RIGHT, y + 39), Pen(svg.SMALL, style.FAINT), "end")


def _bar(share: float, track: Box) -> str:
    full = Box(track.x, track.y, max(track.width * share, track.height), track.height)
    return svg.rect(track, svg.DEEP, 12) + svg.rect(full, _colour(share), 12)


def _colour(share: float) -> str:
    return style.GOOD if share >= _WELL else style.GOLD if share >= _POORLY else style.BAD
