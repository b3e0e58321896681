"""The first start with a folder of notes: until text answers, and until every picture is drawn; prints JSON."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.i18n import Catalogues
from bot.render.preparing import orders
from bot.services.library import Library
from drawing.studio import Studio
from knowledge.confined import Confined
from knowledge.sources import Folder


def main() -> None:
    """Measure with the notes that the first argument names."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, Confined() as confined:
        library = Library(Folder(Path(sys.argv[1])), cache=Path(folder, "cache"), clock=lambda: datetime.now(UTC))
        library.load()
        library.index.search("swiglu", limit=1)
        answering = time.perf_counter() - started
        studio = Studio(Path(folder, "drawn"), confined)
        wanted = {order.key: order for order in orders(library.index.notes, Catalogues.load().texts("en"))}
        drawn = sum(studio.draw(order) is not None for order in wanted.values())
    whole = time.perf_counter() - started
    found = {"answering_s": answering, "whole_s": whole, "drawn": drawn, "wanted": len(wanted)}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
