"""Where a text may be cut: after a paragraph, else a line, a sentence, a word, a grapheme; not inside links or code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from bot.render.limits import fitting

_EARLIEST: Final = 0.4
"""Share of the room before which no cut is looked for: a page is not left nearly empty for the sake of a paragraph."""
_PARAGRAPH: Final = regex.compile(r"\n[ \t]*\n")
_LINE: Final = regex.compile(r"\n")
_SENTENCE: Final = regex.compile(r"[。！？!?；;][”’」』）)\"']*|\.[”’)\"']*(?=\s)")
_WORD: Final = regex.compile(r"[\s，、,]+")
_WHOLE: Final = regex.compile(
    r"`[^`\n]{1,1000}`|\[[^\[\]\n]{1,500}\]\(https?://[^\s()]{1,1000}\)|<?https?://[^\s<>]{1,1000}>?"
    r"|\*\*[^*\n]{1,500}\*\*|~~[^~\n]{1,500}~~"
)
"""What Discord would no longer know, cut in two."""
_LINE_MARK: Final = regex.compile(r"(?:> |-# )")
_WORTH_A_MARK: Final = 20
"""Characters: a line that is cut after fewer is not marked again, or there would be no end of it."""


def cut_prose(text: str, limit: int, limit_bytes: int) -> tuple[str, str]:
    """Return a head that fits both limits and is not empty, and the rest without the white space at the cut."""
    at = _place(text, _end(text, limit, limit_bytes), (_PARAGRAPH, _LINE, _SENTENCE, _WORD))
    head, tail = text[:at].rstrip(), text[at:].lstrip()
    if not head:
        return text[:at], tail
    return head, _marked(text, at) + tail if tail else tail


def cut_code(text: str, limit: int, limit_bytes: int) -> tuple[str, str]:
    """Return a head of lines that fit both limits, and the rest; a line that is too long by itself is cut."""
    at = _place(text, _end(text, limit, limit_bytes), (_LINE,))
    head, tail = text[:at].rstrip(), text[at:].lstrip("\n")
    return (head, tail) if head else (text[:at], tail)


def _end(text: str, limit: int, limit_bytes: int) -> int:
    return max(fitting(text, limit, limit_bytes), 1)


def _place(text: str, end: int, patterns: Sequence[regex.Pattern[str]]) -> int:
    return next((at for pattern in patterns if (at := _last(pattern, text, end))), end)


def _last(pattern: regex.Pattern[str], text: str, end: int) -> int:
    """Return the end of the last match before *end*, 0 if there is none late enough."""
    ends = [match.end() for match in pattern.finditer(text, int(end * _EARLIEST), end)]
    # A mark that combines with what the match ends on belongs to it.
    kept = [at for at in ends if at >= len(text) or not regex.match(r"[\p{M}\u200d\ufe0f]", text[at])]
    if pattern in (_SENTENCE, _WORD):
        kept = _outside(kept, text, end)
    return kept[-1] if kept else 0


def _outside(places: Sequence[int], text: str, end: int) -> list[int]:
    """Return those of *places* that are not inside something whole."""
    spans = [match.span() for match in _WHOLE.finditer(text, 0, end + 1_000)]
    return [at for at in places if not any(start < at < stop for start, stop in spans)]


def _marked(text: str, at: int) -> str:
    """Return the mark of the line that is cut inside at *at*, so that the rest is still quoted, or small."""
    start = text.rfind("\n", 0, at) + 1
    mark = _LINE_MARK.match(text, start)
    inside = at - start > _WORTH_A_MARK and text[at - 1] != "\n" and text[at : at + 1] != "\n"
    return mark[0] if mark and inside else ""
