"""Draw the pictures of data: axes of normalization, BPE merges, a decision tree, a RAG pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from knowledge.sample.images.canvas import (
    BLUE,
    GREEN,
    GREY,
    MUTED,
    ORANGE,
    PURPLE,
    RED,
    Point,
    Rect,
    Tone,
    arrow,
    box,
    card,
    line,
    text,
)

_ROWS, _COLUMNS, _CELL = 4, 6, 40


def _grid(at: Point, name: str, *, chosen: Callable[[int, int], bool], tone: Tone) -> Iterator[str]:
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            fill = tone.fill if chosen(row, column) else "#ffffff"
            edge = tone.edge if chosen(row, column) else "#cbd2d9"
            x, y = at[0] + column * _CELL, at[1] + row * _CELL
            yield f'<rect x="{x}" y="{y}" width="{_CELL - 4}" height="{_CELL - 4}" rx="4" fill="{fill}" '
            yield f'stroke="{edge}" stroke-width="2"/>'
    yield text((at[0] + 118, at[1] - 22), name, size=22, bold=True)


def normalization_axes() -> str:
    """Show which numbers share one mean and variance in BatchNorm, LayerNorm and RMSNorm."""
    top = 150.0
    parts = [
        *_grid((75, top), "BatchNorm", chosen=lambda row, column: column == 2, tone=ORANGE),
        *_grid((390, top), "LayerNorm", chosen=lambda row, column: row == 1, tone=BLUE),
        *_grid((705, top), "RMSNorm", chosen=lambda row, column: row == 1, tone=GREEN),
        arrow((52, top), (52, top + 156)),
        text((52, top + 178), "samples", size=16, fill=MUTED),
        arrow((75, top + 200), (311, top + 200)),
        text((193, top + 224), "features", size=16, fill=MUTED),
        text((193, top + 262), "mean, variance of a column", size=18),
        text((508, top + 262), "mean, variance of a row", size=18),
        text((823, top + 262), "root mean square of a row", size=18),
    ]
    return card(450, "Which numbers are normalized together", parts)


# The merges of the note on tokenizers: tin x5, tins x3, bin x4, bit x2.
_MERGES = (
    ("start", "", ("t i n", "t i n s", "b i n", "b i t")),
    ("merge 1", "i + n  (12)", ("t in", "t in s", "b in", "b i t")),
    ("merge 2", "t + in  (8)", ("tin", "tin s", "b in", "b i t")),
    ("merge 3", "b + in  (4)", ("tin", "tin s", "bin", "b i t")),
    ("merge 4", "tin + s  (3)", ("tin", "tins", "bin", "b i t")),
)


def _pieces(at: Point, word: str) -> Iterator[str]:
    x = at[0]
    for piece in word.split():
        width = 20 + 15 * len(piece)
        tone = GREY if len(piece) == 1 else BLUE
        yield box(Rect(x, at[1], width, 38), piece, tone=tone)
        x += width + 6


def bpe() -> str:
    """Show four words growing together merge by merge."""
    parts: list[str] = []
    for column, (word, count) in enumerate((("tin", 5), ("tins", 3), ("bin", 4), ("bit", 2))):
        parts.append(text((310 + 180 * column, 110), f"{word} × {count}", size=20, anchor="start", bold=True))
    for row, (name, pair, words) in enumerate(_MERGES):
        y = 135.0 + 66 * row
        parts.append(text((40, y + 27), name, size=20, anchor="start", bold=True))
        parts.append(text((146, y + 27), pair, size=18, anchor="start", fill=MUTED))
        for column, word in enumerate(words):
            parts.extend(_pieces((310.0 + 180 * column, y), word))
    parts.append(text((500, 492), "The most frequent pair is joined; its count is in brackets.", size=18, fill=MUTED))
    return card(520, "BPE: learning merges", parts)


def decision_tree() -> str:
    """Show the tree of the ten students with counts and entropies."""
    root, yes, no = Rect(350, 90, 300, 96), Rect(130, 270, 300, 96), Rect(570, 270, 300, 96)
    parts = [
        arrow(root.at(0.3, 1), (440, 228), (280, 228), yes.top),
        arrow(root.at(0.7, 1), (560, 228), (720, 228), no.top),
        box(root, "Did the exercises?", "6 pass, 4 fail", "H = 0.971", tone=BLUE),
        box(yes, "Leaf: pass", "5 pass, 1 fail", "H = 0.650", tone=GREEN),
        box(no, "Leaf: fail", "1 pass, 3 fail", "H = 0.811", tone=RED),
        text((350, 218), "yes (6)", size=18, fill=MUTED),
        text((650, 218), "no (4)", size=18, fill=MUTED),
        text((500, 416), "gain = 0.971 − (0.6 × 0.650 + 0.4 × 0.811) ≈ 0.256 bit", size=21, bold=True),
    ]
    return card(450, "One split of a decision tree", parts)


def rag() -> str:
    """Show the indexing path above and the answering path beneath."""
    upper = [Rect(40 + 240 * i, 120, 190, 76) for i in range(3)]
    lower = [Rect(40 + 240 * i, 320, 200, 76) for i in range(4)]
    store = Rect(760, 120, 200, 76)
    parts = [
        text((40, 104), "once, for every document", size=18, fill=MUTED, anchor="start"),
        text((40, 304), "for every question", size=18, fill=MUTED, anchor="start"),
        *(arrow(a.right, b.left) for a, b in pairwise([*upper, store])),
        *(arrow(a.right, b.left) for a, b in pairwise(lower)),
        arrow(store.bottom, (860, 256), (380, 256), lower[1].top),
        box(upper[0], "Documents", "md, pdf, web", tone=GREY),
        box(upper[1], "Chunk", "by heading"),
        box(upper[2], "Index", "words + vectors"),
        box(store, "Store", "BM25 + dense", tone=PURPLE),
        box(lower[0], "Question", "rewrite if vague", tone=GREY),
        box(lower[1], "Retrieve", "top 50, hybrid", tone=GREEN),
        box(lower[2], "Rerank", "keep the best 5", tone=GREEN),
        box(lower[3], "Generate", "with sources", tone=ORANGE),
        line([(40, 430), (960, 430)], color="#e4e7eb"),
        text((500, 466), "Measure retrieval and generation separately.", size=19, fill=MUTED),
    ]
    return card(490, "Retrieval-augmented generation", parts)
