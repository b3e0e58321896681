"""The lines of a PDF: in the order in which they are read, mended, without what repeats on every page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from knowledge.loaders.pdf_line import HYPHEN, Line
from knowledge.loaders.pdf_rows import accented, beside, joined, unstamped
from knowledge.text import without_radicals

_EDGE = 0.1  # of the height, at the top and bottom of a page: where its head and foot are
_REPEATED = 0.4  # of the pages: the heads of left and right pages often differ
_FEWEST_PAGES = 3
_RIGHT_HALF = 0.45  # of the width: where lines that begin behind it are a second column
_ONE_COLUMN = 0.15  # of the lines may begin there, numbers and labels
_NUMBER = re.compile(r"\d+")
_CONTROL = re.compile(r"[\x00-\x01\x03-\x08\x0b-\x1f\x7f\ud800-\udfff\u200b\ufeff]")
# Possessive, and from the beginning of a word alone: one of 100,000 letters takes no longer than as many words.
_HYPHENATED = re.compile(r"(?<!\w)\w++(?:-\w++)++")
_BROKEN = re.compile("(?<![\\w-])([\\w-]*+)\ufffe([\\w-]*+)")
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_SAID = str.maketrans({"\x02": HYPHEN, "\xa0": " ", "\t": " ", "\xad": ""})


def lines(pages: Sequence[Sequence[Any]]) -> list[Line]:
    """Return the lines of the pages that pdf_reader.text gave, in reading order."""
    read = [_ordered(number, width, found) for number, (width, _, found) in enumerate(pages, start=1)]
    repeated = _repeated(read, [height for _, height, _ in pages])
    return [line for page in read for line in page if (line.page, line.base, line.text) not in repeated]


def body_size(found: Sequence[Line]) -> float:
    """Return the size of most letters; 0 if there are none."""
    sizes: Counter[float] = Counter()
    for line in found:
        if not line.mono:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def edges(found: Sequence[Line]) -> Mapping[tuple[int, int], float]:
    """Return, by page and column, where its full lines end."""
    columns: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for line in found:
        columns[line.page, line.column].append(line.right)
    return {key: sorted(ends)[(len(ends) - 1) * 9 // 10] for key, ends in columns.items()}


def hyphenated(found: Iterable[Line]) -> frozenset[str]:
    """Return the words with a hyphen that stand somewhere unbroken, in lower case."""
    return frozenset(word.casefold() for line in found for word in _HYPHENATED.findall(line.text))


def mended(text: str, known: frozenset[str]) -> str:
    """Return *text* with the words joined that were broken at a line's end.

    The hyphen is one of the word's own where the word stands so elsewhere, or has another.
    """

    def joined(broken: re.Match[str]) -> str:
        whole = f"{broken[1]}-{broken[2]}"
        if not broken[2]:  # it goes on elsewhere
            return whole
        return whole if "-" in broken[1] or whole.casefold() in known else broken[1] + broken[2]

    return _BROKEN.sub(joined, text)


def _ordered(number: int, width: float, found: Sequence[Any]) -> list[Line]:
    made = unstamped(joined([line for one in found if (line := _line(number, one)).text]), width)
    behind = sum(line.left > width * _RIGHT_HALF for line in made)
    if behind > _ONE_COLUMN * len(made):
        return [_in_column(line, width) for line in made]
    # Browsers write all headings of a page before its text: in one column the height tells the order.
    step = max(1.0, median(line.size for line in made) / 3) if made else 1.0
    keys: list[tuple[int, float]] = []
    for place, line in enumerate(made):
        goes_on = place > 0 and beside(made[place - 1], line)  # the pieces of a formula stay together
        keys.append(keys[-1] if goes_on else (-round(line.base / step), line.left))
    return [made[place] for place in sorted(range(len(made)), key=keys.__getitem__)]


def _in_column(line: Line, width: float) -> Line:
    over_both = line.left < width * _RIGHT_HALF and line.right > width * (1 - _RIGHT_HALF)
    return replace(line, column=2 if over_both else int(line.left > width * _RIGHT_HALF))


def _line(number: int, one: Sequence[Any]) -> Line:
    text, size, bold, mono, *place = one
    said = _CONTROL.sub("", str(text).translate(_SAID)).translate(_LIGATURES)
    plain = accented(unicodedata.normalize("NFC", without_radicals(said)).strip())
    left, right, base, end = map(float, place)
    return Line(plain, float(size), bool(bold), bool(mono), left, right, base, end, page=number)


def _repeated(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> frozenset[tuple[int, float, str]]:
    """Return heads, feet and numbers of pages: what stands at the edge of many of them, but for its numbers."""
    edge = [
        line
        for page, height in zip(pages, heights, strict=True)
        for line in page
        if not _EDGE * height < line.base < (1 - _EDGE) * height
    ]
    counts = Counter(key for _, key in {(line.page, _NUMBER.sub("#", line.text)) for line in edge})
    least = max(_FEWEST_PAGES, _REPEATED * len(pages))
    return frozenset((line.page, line.base, line.text) for line in edge if counts[_NUMBER.sub("#", line.text)] >= least)
