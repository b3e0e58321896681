"""Makes the font anew from that of a package: ``make font``. The same input gives the same bytes.

Kept are the characters of GB 2312, which hold the everyday Chinese of the mainland, the frequent ones of Big5, which do
the same for Traditional Chinese, and those of the scripts and signs that stand among them; the whole font would be many
times the size.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER: Final = Path(__file__).parent
NAME: Final = "NotoSansSC-Subset.otf"
_RANGES: Final = (
    (0x20, 0x7E),
    (0xA0, 0x17F),  # Latin
    (0x370, 0x3FF),  # Greek
    (0x400, 0x45F),  # Cyrillic
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x209F),  # raised and lowered
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x214F),  # letterlike
    (0x2150, 0x218F),  # fractions, Roman numerals
    (0x2190, 0x22FF),  # arrows, mathematics
    (0x2300, 0x23FF),
    (0x2460, 0x24FF),  # enclosed numerals
    (0x2500, 0x26FF),  # boxes, shapes, signs
    (0x2700, 0x27BF),
    (0x3000, 0x30FF),  # CJK punctuation, kana
    (0xFF00, 0xFFEF),  # full width
)
_OTHERS: Final = "凱昇柆囧"


def characters() -> set[int]:
    """Return the characters that are kept."""
    kept = {code for first, last in _RANGES for code in range(first, last + 1)}
    return kept | set(map(ord, _OTHERS)) | set(_gb2312()) | set(_big5())


def _gb2312() -> Iterator[int]:
    for row in range(0xA1, 0xF8):
        for column in range(0xA1, 0xFF):
            yield from map(ord, bytes((row, column)).decode("gb2312", "ignore"))


def _big5() -> Iterator[int]:
    for row in range(0xA4, 0xC7):
        for column in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            yield from map(ord, bytes((row, column)).decode("big5", "ignore"))


def main() -> None:
    """Write the font and its licence."""
    source = files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf"
    options = subset.Options(
        layout_features=["kern", "locl"],
        hinting=False,
        notdef_outline=True,
        name_IDs=["*"],
        drop_tables=["VORG", "vhea", "vmtx"],
    )
    font = TTFont(str(source), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters())
    cutter.subset(font)
    font.save(FOLDER / NAME)
    sys.stdout.write(f"{FOLDER / NAME}: {(FOLDER / NAME).stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
