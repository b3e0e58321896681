"""Draw the pictures that are plots: activation functions, learning rates, a ROC curve."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from knowledge.sample.images.canvas import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LINE,
    MUTED,
    ORANGE,
    PURPLE,
    RED,
    Point,
    Rect,
    Tone,
    card,
    disc,
    line,
    text,
)

Curve = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Axes:
    """A plot's place on the card and the range of values on its two axes."""

    frame: Rect
    across: tuple[float, float]
    up: tuple[float, float]

    def place(self, x: float, y: float) -> Point:
        """Turn values into pixels."""
        (x0, x1), (y0, y1) = self.across, self.up
        return self.frame.at((x - x0) / (x1 - x0), 1 - (y - y0) / (y1 - y0))

    def grid(self, xs: tuple[float, ...], ys: tuple[float, ...]) -> Iterator[str]:
        """Draw thin lines with their values at the left and beneath."""
        for x in xs:
            foot = self.place(x, self.up[0])
            yield line([foot, self.place(x, self.up[1])], color="#e4e7eb", width=1.5)
            yield text((foot[0], foot[1] + 24), f"{x:g}", size=16, fill=MUTED)
        for y in ys:
            start = self.place(self.across[0], y)
            yield line([start, self.place(self.across[1], y)], color="#e4e7eb", width=1.5)
            yield text((start[0] - 10, start[1] + 6), f"{y:g}", size=16, fill=MUTED, anchor="end")

    def curve(self, function: Curve, *, tone: Tone, dash: str = "", steps: int = 240) -> str:
        """Draw a function over the whole width, leaving out what is beyond the frame."""
        x0, x1 = self.across
        values = ((x, function(x)) for x in (x0 + (x1 - x0) * i / steps for i in range(steps + 1)))
        inside = [self.place(x, y) for x, y in values if self.up[0] <= y <= self.up[1]]
        return line(inside, color=tone.edge, width=3.5, dash=dash)


def sigmoid(x: float) -> float:
    """Give 1 / (1 + e^-x)."""
    return 1 / (1 + math.exp(-x))


def gelu(x: float) -> float:
    """Give x times the normal distribution function of x: the exact form, with erf."""
    return x * 0.5 * (1 + math.erf(x / math.sqrt(2)))


def swish(x: float) -> float:
    """Give x times sigmoid(x), also called SiLU."""
    return x * sigmoid(x)


def legend(at: Point, entries: tuple[tuple[str, Tone], ...], *, step: float) -> Iterator[str]:
    """Write the names of curves from left to right, each with a stroke of its colour."""
    for i, (name, tone) in enumerate(entries):
        x = at[0] + step * i
        yield line([(x, at[1] - 6), (x + 30, at[1] - 6)], color=tone.edge, width=4)
        yield text((x + 40, at[1]), name, size=18, anchor="start")


def activations() -> str:
    """Show the bounded functions at the left and the ReLU family at the right."""
    left = Axes(Rect(80, 130, 390, 330), (-4, 4), (-1.2, 1.2))
    right = Axes(Rect(560, 130, 400, 330), (-4, 4), (-1, 4))
    parts = [
        *left.grid((-4, -2, 0, 2, 4), (-1, -0.5, 0, 0.5, 1)),
        *right.grid((-4, -2, 0, 2, 4), (-1, 0, 1, 2, 3, 4)),
        line([left.place(-4, 0), left.place(4, 0)], color=LINE, width=2),
        line([right.place(-4, 0), right.place(4, 0)], color=LINE, width=2),
        left.curve(sigmoid, tone=BLUE),
        left.curve(math.tanh, tone=ORANGE),
        right.curve(lambda x: max(0.1 * x, x), tone=GREY, dash="9 8"),
        right.curve(lambda x: max(0.0, x), tone=BLUE),
        right.curve(gelu, tone=GREEN),
        right.curve(swish, tone=PURPLE),
        *legend((100, 112), (("Sigmoid", BLUE), ("tanh", ORANGE)), step=160),
        *legend((520, 112), (("ReLU", BLUE), ("GELU", GREEN), ("Swish", PURPLE), ("Leaky", GREY)), step=114),
    ]
    return card(520, "Activation functions", parts)


def _warm(step: float, decay: Curve) -> float:
    return step / 10 if step < 10 else decay((step - 10) / 90)


def schedules() -> str:
    """Show four ways to lower the learning rate, three of them after a warm-up of ten per cent."""
    axes = Axes(Rect(100, 140, 850, 320), (0, 100), (0, 1.05))
    parts = [
        *axes.grid((0, 10, 25, 50, 75, 100), (0, 0.25, 0.5, 0.75, 1)),
        axes.curve(lambda s: 0.5 ** min(s // 25, 3), tone=GREY, steps=1000),
        axes.curve(lambda s: _warm(s, lambda t: 1 - t), tone=ORANGE),
        axes.curve(lambda s: _warm(s, lambda t: (1 + math.cos(math.pi * t)) / 2), tone=BLUE),
        axes.curve(lambda s: s / 10 if s < 10 else math.sqrt(10 / s), tone=GREEN),
        *legend(
            (100, 120),
            (("step decay", GREY), ("warm-up + linear", ORANGE), ("warm-up + cosine", BLUE), ("inverse root", GREEN)),
            step=222,
        ),
        text((525, 512), "training steps, % of the whole run", size=18, fill=MUTED),
        text((40, 84), "learning rate as a share of its peak", size=18, fill=MUTED, anchor="start"),
    ]
    return card(540, "Learning-rate schedules", parts)


# The eight scored examples of the note on evaluation: (score, is positive), best score first.
_SCORED = (
    (0.95, True),
    (0.85, True),
    (0.70, False),
    (0.60, True),
    (0.50, False),
    (0.40, True),
    (0.30, False),
    (0.10, False),
)


def _roc_points() -> list[Point]:
    points, hits, alarms = [(0.0, 0.0)], 0, 0
    for _, positive in _SCORED:
        hits, alarms = hits + positive, alarms + (not positive)
        points.append((alarms / 4, hits / 4))
    return points


def roc() -> str:
    """Show the staircase of eight scored examples, the area under it and the line of chance."""
    axes = Axes(Rect(120, 100, 440, 440), (0, 1), (0, 1))
    stairs = [axes.place(*point) for point in _roc_points()]
    outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*stairs, axes.place(1, 0)])
    area = sum(high for (x0, high), (x1, _) in pairwise(_roc_points()) if x1 > x0) / 4
    parts = [
        f'<polygon points="{outline}" fill="{BLUE.fill}"/>',
        *axes.grid((0, 0.25, 0.5, 0.75, 1), (0, 0.25, 0.5, 0.75, 1)),
        line([axes.place(0, 0), axes.place(1, 1)], color=GREY.edge, dash="9 8"),
        line(stairs, color=BLUE.edge, width=4),
        *(disc(point, radius=6, tone=Tone(BLUE.edge, BLUE.edge)) for point in stairs),
        text(axes.place(0.67, 0.15), f"AUC = {area * 16:g}/16 = {area:.4f}", size=20, bold=True),
        text((340, 592), "false positive rate", size=18, fill=MUTED),
        text((120, 86), "true positive rate", size=18, fill=MUTED, anchor="start"),
        *_score_table(),
    ]
    return card(620, "ROC curve of eight examples", parts)


def _score_table() -> Iterator[str]:
    yield text((640, 130), "score", size=18, fill=MUTED, anchor="start")
    yield text((760, 130), "label", size=18, fill=MUTED, anchor="start")
    for i, (score, positive) in enumerate(_SCORED):
        y = 172 + 44 * i
        yield text((640, y), f"{score:.2f}", size=20, anchor="start")
        tone, word = (GREEN, "positive") if positive else (RED, "negative")
        yield disc((770, y - 7), radius=9, tone=Tone(tone.edge, tone.edge))
        yield text((792, y), word, size=20, anchor="start", fill=INK)
    yield text((640, 540), "each positive: one step up", size=17, fill=MUTED, anchor="start")
    yield text((640, 566), "each negative: one step right", size=17, fill=MUTED, anchor="start")
