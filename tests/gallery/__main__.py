"""Draws contact sheets: ``make gallery``, or of a folder of notes ``make gallery ARGS="--notes DIR"``.

Written are build/gallery/*.png and an index.html that shows them with the text that stands in for each.
"""

from __future__ import annotations

import argparse
import html
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.i18n import Catalogues
from bot.render import preparing
from drawing.studio import Order, Studio
from knowledge import library
from knowledge.confined import Confined, Limits
from knowledge.sources import Folder
from tests.gallery.cases import cases

ROOT = Path(__file__).parent.parent.parent
GOLDEN = ROOT / "tests" / "drawing" / "golden"


def main() -> None:
    """Draw, and say where."""
    options = _options()
    folder = ROOT / "build" / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with Confined(Limits(seconds=10)) as confined, tempfile.TemporaryDirectory() as kept:
        studio = Studio(Path(kept), confined)
        entries = list(_drawn(_orders(options.notes), studio, folder))
    (folder / "index.html").write_text(_page(entries), encoding="utf-8")
    missing = [name for name, _ in entries if not (folder / f"{name}.png").exists()]
    sys.stdout.write(f"{len(entries) - len(missing)} pictures: {folder / 'index.html'}\n")
    sys.stdout.write("".join(f"not drawn: {name}\n" for name in missing))
    if options.keep:
        _keep(folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Draw contact sheets.")
    parser.add_argument("--notes", type=Path, help="draw what the answers of these notes want")
    parser.add_argument("--keep", action="store_true", help="keep how the cases look now, for the tests")
    return parser.parse_args()


def _orders(notes: Path | None) -> Iterator[tuple[str, Order]]:
    if notes is None:
        yield from cases().items()
        return
    loaded = library.load(Folder(notes), cache=None, previous=None)
    wanted = preparing.orders(loaded.index.notes, Catalogues.load().texts("en"))
    yield from ((f"{number:04}", order) for number, order in enumerate({one.key: one for one in wanted}.values()))


def _drawn(orders: Iterator[tuple[str, Order]], studio: Studio, folder: Path) -> Iterator[tuple[str, str]]:
    for name, order in orders:
        drawn = studio.draw(order)
        if drawn is not None and (content := studio.content(drawn.name)) is not None:
            (folder / f"{name}.png").write_bytes(content)
        yield name, repr(order.values)[:2_000]


def _keep(folder: Path) -> None:
    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.glob("*.png"):
        old.unlink()
    for name in cases():
        (GOLDEN / f"{name}.png").write_bytes((folder / f"{name}.png").read_bytes())


def _page(entries: list[tuple[str, str]]) -> str:
    shown = "".join(
        f'<figure><img src="{name}.png" loading="lazy"><figcaption>{name}<pre>{html.escape(text)}</pre></figcaption>'
        "</figure>"
        for name, text in entries
    )
    style = "body{background:#313338;color:#dbdee1;font:14px sans-serif}img{max-width:550px}pre{white-space:pre-wrap}"
    return f"<!doctype html><meta charset=utf-8><title>Gallery</title><style>{style}</style>{shown}"


if __name__ == "__main__":
    main()
