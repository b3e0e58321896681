"""How long the event loop stands still while a thread builds the index of 2,000 notes anew."""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from knowledge import glossary, library
from knowledge.library import Loaded
from knowledge.sources import Folder
from tests.bench.corpus import write

BEAT_S = 0.001
FILES = 2_000


def main() -> None:
    """Print one JSON object with the gaps of the loop and the seconds of a refresh."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "notes")
        write(root, FILES, glossary.shipped(), random.Random(1))
        sys.stdout.write(json.dumps(asyncio.run(_measure(Folder(root), Path(folder, "cache")))) + "\n")


async def _measure(source: Folder, cache: Path) -> dict[str, float]:
    loaded = await asyncio.to_thread(_load, source, cache, None)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    note = next(source.root.rglob("*.md"))
    note.write_text(note.read_text(encoding="utf-8") + "\n\n## new\n\nnew text\n", encoding="utf-8")
    gaps: list[float] = []
    beat = asyncio.create_task(_beat(gaps))
    started = time.perf_counter()
    await asyncio.to_thread(_load, source, cache, loaded)
    seconds = time.perf_counter() - started
    beat.cancel()
    return {
        "gap_ms": max(gaps) * 1000,
        "refresh_s": seconds,
        "sections": len(loaded.index.sections),
        "memory_mb": memory,
    }


def _load(source: Folder, cache: Path, previous: Loaded | None) -> Loaded:
    loaded = library.load(source, cache=cache, previous=previous)
    loaded.index.warm()
    return loaded


async def _beat(gaps: list[float]) -> None:
    before = time.perf_counter()
    while True:
        await asyncio.sleep(BEAT_S)
        now = time.perf_counter()
        gaps.append(now - before)
        before = now


if __name__ == "__main__":
    main()
