"""Joins the lines of a paragraph that its author wrapped at a width: Discord would break them where the file does."""

from __future__ import annotations

import re
from typing import Final

from rich.cells import cell_len

from bot.render.callouts import is_callout

_WRAPPED: Final = 60
"""Cells. A shorter line was ended on purpose: a poem, an address, a pair of name and value."""
_OWN_LINE: Final = re.compile(
    r"\s*(?:[-*+:]\s|\d{1,9}[.)]\s|#|\||!\[|<|\[[^\]]{1,100}\]:|\\\[|https?://|(?:[-*_=]\s*){3,}$|$)"
)
"""What begins something new: an item, a heading, a row, a picture, a tag, a definition, a formula, an address."""
_ENDED: Final = re.compile(r"(?:\s\s|\\|<br\s*/?>|[。！？；：:])$")
"""What ends a line on purpose. Chinese is seldom wrapped: where a line ends with a sentence, the author wanted that."""
_QUOTE: Final = re.compile(r"\s{0,3}((?:>\s?)+)(.*)")
_LEFT_ALONE: Final = re.compile(r"```|~~~|(?m:^\s*(?:\$\$|\\begin))")


def unwrapped(text: str) -> str:
    """Return *text* with wrapped lines joined; one that holds code or formulas of several lines stays as it is."""
    if _LEFT_ALONE.search(text):
        return text
    out: list[str] = []
    before = quoted = ""
    for line in text.split("\n"):
        marks, words = _split_quote(line)
        if out and marks == quoted and _goes_on(before, words):
            words = words.lstrip()
            out.append(_blank_between(before, words) + words)
        else:
            out.append(f"\n{line}" if out else line)
        before, quoted = line, marks
    return "".join(out)


def _split_quote(line: str) -> tuple[str, str]:
    found = _QUOTE.fullmatch(line)
    return (found[1].replace(" ", ""), found[2]) if found else ("", line)


def _goes_on(before: str, words: str) -> bool:
    inside = _split_quote(before)[1]
    whole = cell_len(before) >= _WRAPPED and not _ENDED.search(before)
    if is_callout(inside):
        return False
    return whole and not _OWN_LINE.match(words) and not inside.lstrip().startswith(("#", "|", "<"))


def _blank_between(before: str, after: str) -> str:
    return "" if cell_len(before[-1]) == 2 and cell_len(after[0]) == 2 else " "
