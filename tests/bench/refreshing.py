"""How long the event loop stands still while the library of a bot reads 20,000 sections anew, and its memory."""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.services.libraries import Libraries
from bot.services.library import Library
from knowledge import glossary
from knowledge.sources import Folder
from tests.bench.corpus import write

BEAT_S = 0.001
FILES = 1_820  # of eleven sections: the smallest round number above 20,000


def main() -> None:
    """Print one JSON object with the gaps of the loop and the seconds of a refresh."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "notes")
        write(root, FILES, glossary.shipped(), random.Random(1))
        sys.stdout.write(json.dumps(asyncio.run(_measure(Folder(root), Path(folder, "cache")))) + "\n")


async def _measure(source: Folder, cache: Path) -> dict[str, float]:
    bot = Library(source, cache=cache, clock=lambda: datetime.now(UTC))
    libraries = Libraries(bot)
    await libraries.refresh()
    found = {"sections": len(bot.index.sections), "memory_mb": _memory_mb(), "peak_mb": _peak_mb()}
    note = next(source.root.rglob("*.md"))
    note.write_text(note.read_text(encoding="utf-8") + "\n\n## new\n\nnew text\n", encoding="utf-8")
    gaps: list[float] = []
    beat = asyncio.create_task(_beat(gaps))
    started = time.perf_counter()
    await libraries.refresh()
    found |= {"refresh_s": time.perf_counter() - started, "gap_ms": max(gaps) * 1000}
    beat.cancel()
    return found


def _memory_mb() -> float:
    """Return what the process takes now; its highest where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * resource.getpagesize() / 2**20 if statm.exists() else _peak_mb()


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


async def _beat(gaps: list[float]) -> None:
    before = time.perf_counter()
    while True:
        await asyncio.sleep(BEAT_S)
        now = time.perf_counter()
        gaps.append(now - before)
        before = now


if __name__ == "__main__":
    main()
