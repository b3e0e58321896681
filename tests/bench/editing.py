"""How long one edited file of 2,000 takes until it is found; prints JSON."""

from __future__ import annotations

import asyncio
import json
import random
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

FILES = 2_000
EDITS = 5
WORD = "zwickmühle"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "notes")
        write(root, FILES, glossary.shipped(), random.Random(1))
        sys.stdout.write(
            json.dumps(asyncio.run(_measure(root, Path(folder, "cache"), sorted(root.rglob("*.md"))))) + "\n"
        )


async def _measure(root: Path, cache: Path, notes: list[Path]) -> dict[str, float]:
    library = Library(Folder(root), cache=cache, clock=lambda: datetime.now(UTC))
    libraries = Libraries(library)
    await libraries.refresh()
    seconds = []
    for number in range(EDITS):
        word = f"{WORD}{number}"
        note = notes[number * 7]
        note.write_text(f"{note.read_text(encoding='utf-8')}\n\n## {word}\n\nnew text\n", encoding="utf-8")
        started = time.perf_counter()
        refresh = asyncio.create_task(libraries.refresh())
        while not library.index.search(word, limit=1).found:  # noqa: ASYNC110 - it is the index that is asked
            await asyncio.sleep(0.01)
        seconds.append(time.perf_counter() - started)
        await refresh
    return {"files": FILES, "sections": len(library.index.sections), "seconds": sorted(seconds)[EDITS // 2]}


if __name__ == "__main__":
    main()
