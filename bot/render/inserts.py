"""What stands in running text and is none: quoted code, preformatted HTML, tables of HTML."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from bot.render.pieces import Code, uncloseable
from bot.render.rows import Table, html_tables

_OPENING: Final = re.compile(r"[ \t]*(?:>[ \t]?)+[ \t]*(`{3,30}|~{3,30})[ \t]*([^`\n]*)")
_QUOTED: Final = re.compile(r"[ \t]*(?:>[ \t]?)+(.*)")
_PREFORMATTED: Final = re.compile(r"<pre\b[^<>]{0,300}>((?:(?!<pre\b).){0,20000}?)</pre\s?>", re.IGNORECASE | re.DOTALL)
_LANGUAGE: Final = re.compile(r"language-([A-Za-z0-9+#_-]{1,20})")
_INFO: Final = re.compile(r"[A-Za-z0-9+#_-]{1,20}")
_TAG: Final = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,11}(?:\s[^<>]{0,1000})?/?>")


def parted(text: str) -> Iterator[str | Code | Table]:
    """Yield *text* in its order: prose, code and tables."""
    for part in _without_quoted_code(text):
        if isinstance(part, str):
            yield from _without_html(part)
        else:
            yield part


def language(info: str) -> str:
    """Return the language that the info string of a fence names, if Discord can be told it."""
    word = info.strip().split(maxsplit=1)[0].strip("{}.") if info.strip() else ""
    return word if _INFO.fullmatch(word) else ""


def _without_quoted_code(text: str) -> Iterator[str | Code]:
    lines = text.split("\n")
    held = at = 0
    while at < len(lines):
        opening = _OPENING.fullmatch(lines[at]) if ">" in lines[at] else None
        if opening is None:
            at += 1
            continue
        if held < at:
            yield "\n".join(lines[held:at])
        end, closed = _end(lines, at + 1, opening[1])
        body = [_QUOTED.sub(r"\1", line, count=1) for line in lines[at + 1 : end]]
        yield Code(uncloseable(textwrap.dedent("\n".join(body))), language(opening[2]))
        held = at = end + closed
    yield "\n".join(lines[held:])


def _end(lines: Sequence[str], start: int, fence: str) -> tuple[int, bool]:
    """Return the line after the code, and whether it is the fence that closes it."""
    for number in range(start, len(lines)):
        quoted = _QUOTED.fullmatch(lines[number])
        if quoted is None:
            return number, False
        if quoted[1].strip().startswith(fence) and not quoted[1].strip().strip(fence[0]):
            return number, True
    return len(lines), False


def _without_html(text: str) -> Iterator[str | Code | Table]:
    found: list[tuple[int, int, Code | Table]] = [*html_tables(text)]
    if "<pre" in text.lower():
        found += [(one.start(), one.end(), _preformatted(one)) for one in _PREFORMATTED.finditer(text)]
    at = 0
    for start, end, part in sorted(found, key=lambda one: one[0]):
        if start >= at:
            yield text[at:start]
            yield part
            at = end
    yield text[at:]


def _preformatted(found: re.Match[str]) -> Code:
    named = _LANGUAGE.search(found[0])
    body = html.unescape(_TAG.sub("", found[1]))
    return Code(uncloseable(textwrap.dedent(body)), named[1] if named else "")
