"""Draw every picture of the sample notes anew: `python -m knowledge.sample.images.draw` in the project's folder.

Needs resvg-py (extra `dev`) and the font DejaVu Sans (Debian package fonts-dejavu-core).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import resvg_py

from knowledge.sample.images import curves, diagrams, schemes

PICTURES: dict[str, Callable[[], str]] = {
    "activation_curves.png": curves.activations,
    "bpe_merges.png": schemes.bpe,
    "decision_tree.png": schemes.decision_tree,
    "kv_heads.png": diagrams.kv_heads,
    "lora.png": diagrams.lora,
    "lr_schedules.png": curves.schedules,
    "norm_place.png": diagrams.norm_place,
    "normalization_axes.png": schemes.normalization_axes,
    "rag_pipeline.png": schemes.rag,
    "roc_curve.png": curves.roc,
    "swiglu.png": diagrams.swiglu,
}


def draw(folder: Path) -> list[Path]:
    """Write all pictures into the folder, over older ones, and give their paths in the order of the table."""
    written = []
    for name, picture in PICTURES.items():
        path = folder / name
        path.write_bytes(resvg_py.svg_to_bytes(svg_string=picture(), sans_serif_family="DejaVu Sans"))
        written.append(path)
    return written


if __name__ == "__main__":
    for drawn in draw(Path(__file__).parent):
        print(f"{drawn.name}: {drawn.stat().st_size} bytes")  # noqa: T201 - a script reports to its caller
