"""The door to resvg, which makes PNG of SVG. Some canvases abort its process: only called where that is borne."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Final

import resvg_py

FAMILY: Final = "Noto Sans SC"
FONT: Final = "NotoSansSC-Subset.otf"
LONGEST_SVG: Final = 3_000_000
"""Characters; rendering.md's bound for what is drawn in a tenth of a second."""
MOST_PIXELS: Final = 16_000_000


class TooLargeError(Exception):
    """The picture would be too large to be drawn."""


def png(svg: str, width: int, height: int, *, system_fonts: bool = False) -> bytes:
    """Return the picture. Nothing that *svg* refers to is loaded from a file or the network.

    Args:
        svg: with its size in pixels.
        width: of it.
        height: of it.
        system_fonts: whether the fonts of the machine are looked at, too, for other scripts and emoji. They take 0.1 s.

    Raises:
        TooLargeError: it is not drawn.
        ValueError: it is no SVG.
    """
    if len(svg) > LONGEST_SVG or width * height > MOST_PIXELS or min(width, height) < 1:
        raise TooLargeError
    with as_file(files("drawing.fonts") / FONT) as font:
        drawn: bytes = resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=not system_fonts,
            font_files=[str(font)],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            serif_family=FAMILY,
            monospace_family=FAMILY,
        )
    return drawn
