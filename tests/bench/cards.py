"""Leaderboard cards: the first since the start, others that nobody has seen, and one that is kept; prints JSON.

Names in other scripts and emoji are among them, so that the fonts of the machine are read, too.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from drawing import boards
from drawing.boards import Board, Row
from drawing.studio import Order, Studio
from knowledge.confined import Confined
from tests.bench.table import milliseconds

CARDS: Final = 100
ROWS: Final = 11
NAMES: Final = (
    "小明_Ming",
    "Ada Lovelace",
    "码农小猫😺",
    "深度學習研究生",
    "Rustacean🦀",
    "한국어",
    "עברית",
    "José Ñandú",
)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, Confined() as confined:
        found = _measure(Studio(Path(folder), confined))
    sys.stdout.write(json.dumps(found) + "\n")


def _measure(studio: Studio) -> dict[str, Any]:
    rng = random.Random(1)
    orders = [_order(rng) for _ in range(CARDS)]
    first, *rest = [_seconds(studio, order) for order in orders]
    kept = [_seconds(studio, orders[-1]) for _ in range(CARDS)]
    return {"first_ms": first * 1000, "new_ms": milliseconds(rest), "kept_ms": milliseconds(kept)}


def _order(rng: random.Random) -> Order:
    points = sorted((rng.randrange(10, 20_000) for _ in range(ROWS)), reverse=True)
    rows = [_row(place, earned, points[0], rng) for place, earned in enumerate(points, 1)]
    board = Board("本周", "2026-11-23 – 2026-11-29", "答对", "积分", rows)
    return Order(boards.draw, (board.values(),), personal=True)


def _row(place: int, points: int, most: int, rng: random.Random) -> Row:
    medal = place if place <= 3 else 0
    return Row(
        str(place), rng.choice(NAMES), f"{points:,}", f"{points // 20}/{points // 10}", points / most, medal=medal
    )


def _seconds(studio: Studio, order: Order) -> float:
    started = time.perf_counter()
    drawn = studio.draw(order)
    if drawn is None or studio.content(drawn.name) is None:
        raise RuntimeError("a card was not drawn")
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
