"""Formulas as pictures: how long one takes, and how long the event loop waits while 500 are drawn; prints JSON."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from drawing.formulas import draw
from drawing.studio import Order, Studio
from knowledge.confined import Confined
from tests.bench.table import milliseconds
from tests.gallery.formulas import FORMULAS

FORMULAS_DRAWN = 500
BEAT_S = 0.001


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, Confined() as confined:
        found = asyncio.run(_measure(Studio(Path(folder), confined)))
    sys.stdout.write(json.dumps(found) + "\n")


async def _measure(studio: Studio) -> dict[str, Any]:
    kinds = list(FORMULAS.values())
    await asyncio.to_thread(studio.draw, Order(draw, (["x"],)))  # starts the process
    gaps: list[float] = []
    beat = asyncio.create_task(_beat(gaps))
    seconds = []
    for number in range(FORMULAS_DRAWN):
        # Each is another formula: none is found among those that are kept.
        order = Order(draw, ([f"{kinds[number % len(kinds)]} + {number}"],))
        started = time.perf_counter()
        await asyncio.to_thread(studio.draw, order)
        seconds.append(time.perf_counter() - started)
    beat.cancel()
    return {"drawn": FORMULAS_DRAWN, "formula_ms": milliseconds(seconds), "gap_ms": milliseconds(gaps)}


async def _beat(gaps: list[float]) -> None:
    before = time.perf_counter()
    while True:
        await asyncio.sleep(BEAT_S)
        now = time.perf_counter()
        gaps.append(now - before - BEAT_S)
        before = now


if __name__ == "__main__":
    main()
