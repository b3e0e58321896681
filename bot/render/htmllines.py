"""HTML that makes lines and paragraphs, as the lines of Markdown that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

RULE: Final = "———"
"""What stands for a thematic break, which Discord does not draw."""
_SUMMARY: Final = re.compile(r"<summary\b[^<>]{0,300}>(.{0,500}?)</summary\s?>", re.IGNORECASE | re.DOTALL)
_HEADING: Final = re.compile(r"<h([1-6])\b[^<>]{0,300}>(.{0,500}?)</h\1\s?>", re.IGNORECASE | re.DOTALL)
_TERM: Final = re.compile(r"<dt\b[^<>]{0,300}>(.{0,300}?)</dt\s?>", re.IGNORECASE | re.DOTALL)
_MARKS: Final = re.compile(
    r"\*\*|__|</?(?:b|strong|h[1-6]|p|span|font|i|em)\b[^<>]{0,300}>|^\s*#{1,6}\s", re.IGNORECASE
)
_TAG: Final = re.compile(
    r"<(br|hr|li|dd)\b[^<>]{0,300}>"
    r"|</?(details|p|div|center|section|article|aside|main|header|footer|nav|ul|ol|dl|blockquote|figure|figcaption"
    r"|table|thead|tbody|tfoot|tr)\b[^<>]{0,300}>|</?(?:td|th|li|dd)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_WHOLE: Final = (_SUMMARY, _HEADING, _TERM)
_LINES: Final[Mapping[str, str]] = MappingProxyType({"br": "\n", "hr": f"\n{RULE}\n", "li": "\n- ", "dd": "\n- "})
_BEFORE: Final = re.compile(r"([ \t]*(?:>[ \t]?)*)([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)")
_QUOTE: Final = re.compile(r"\n[ \t]*(?:>[ \t]?)*")
_ATX: Final = re.compile(r"[ \t]*#{1,6}[ \t]")


def as_lines(text: str) -> str:
    """Return *text* with line feeds and marks of Markdown in place of tags that part lines.

    What was inside a quotation or an item of a list stays in it. A tag that is open or closed alone is taken as well.
    """
    if "<" not in text:
        return text
    for pattern in _WHOLE:
        text = pattern.sub(lambda found: " ".join(_QUOTE.sub(" ", found[0]).split()), text)
    return "\n".join(one for line in text.split("\n") for one in _parted(line))


def _bold(text: str) -> str:
    return f"\n**{bare}**\n" if (bare := _bare(text)) else "\n"


def _bare(text: str) -> str:
    return " ".join(_MARKS.sub("", text.strip()).split())


def _parted(line: str) -> Iterator[str]:
    if "<" not in line:
        yield line
        return
    if _ATX.match(line):
        yield _TAG.sub(" ", line)
        return
    before = _BEFORE.match(line)
    assert before is not None  # noqa: S101 - the pattern matches the empty string
    inner = _SUMMARY.sub(lambda found: _bold(found[1]), line[before.end() :])
    inner = _HEADING.sub(lambda found: f"\n{'#' * int(found[1])} {_bare(found[2])}\n", inner)
    inner = _TERM.sub(lambda found: _bold(found[1]), inner)
    parts = [part.strip() for part in _TAG.sub(_shown, inner).split("\n") if part.strip()]
    yield before[0] + (parts[0] if parts else "")
    yield from (f"{before[1]}{' ' * len(before[2])}{part}" for part in parts[1:])


def _shown(tag: re.Match[str]) -> str:
    if tag[1]:
        return _LINES[tag[1].lower()]
    return "\n" if tag[2] else " "
