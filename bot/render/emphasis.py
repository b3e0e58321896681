"""Bold, slanted and marked text, where Discord's rules are not those of notes.

Discord knows no ``==marked==``, underlines what ``__two underscores__`` make bold, and slants ``x_i = y_ϕ`` for its
underscores. Each function reads what begins at a place of a text, and returns what to show and where to go on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

Inner = Callable[[str], str]
"""Makes the text between two marks."""
_STARS: Final = re.compile(r"\*\*([ \t]*+)((?:[^*\n]|\*(?!\*)){0,1000}?)\*\*(?!\*)")
_MARKED: Final = re.compile(r"==(?=[^\s=])([^=\n]{1,300}?)(?<=\S)==(?!=)")
_WORDS: Final = r"\1"
_BOLD: Final = re.compile(r"__(?=[^\s_])((?:[^_\n]|(?<=[^\W_])_+(?=[^\W_])){1,500}?)(?<=[^\s])__(?!\w)")
_SLANTED: Final = re.compile(r"_(?=[^\s_])((?:[^_\n]|(?<=[^\W_])_+(?=[^\W_])){1,500}?)(?<=[^\s])_(?!\w)")
_NAMED: Final = re.compile(r"\(|\.\w")
_UNDERSCORES: Final = re.compile(r"_+")
_RUN: Final = re.compile(r"\*+")
_OPERAND_BEFORE: Final = re.compile(r"[A-Za-z0-9)\]]\s$")
_OPERAND_AFTER: Final = re.compile(r"[A-Za-z0-9(\[-]")


def stars(text: str, at: int, inner: Inner) -> tuple[str, int]:
    """Read two stars: bold text without blanks at its ends, unless they are an operator as in ``2 ** 3``."""
    found = _STARS.match(text, at)
    if found is None:
        run = _RUN.match(text, at)
        end = run.end() if run else at + 2
        return text[at:end], end
    before, words = found[1], found[2]
    if before and _OPERAND_BEFORE.search(text[max(at - 2, 0) : at]) and _OPERAND_AFTER.match(words):
        return "\\*\\*", at + 2
    if not words.strip():
        return found[0], found.end()
    return f"**{inner(_MARKED.sub(_WORDS, words.strip()))}**", found.end()


def marked(text: str, at: int, inner: Inner) -> tuple[str, int]:
    """Read two equals signs: what they mark is bold."""
    found = _MARKED.match(text, at)
    if found is None:
        return "==", at + 2
    return f"**{inner(found[1].replace('**', ''))}**", found.end()


def underscores(text: str, at: int, inner: Inner) -> tuple[str, int]:
    """Read underscores: those that only part words stay what they are."""
    run = _UNDERSCORES.match(text, at)
    end = run.end() if run else at + 1
    inside = at > 0 and text[at - 1].isalnum()
    if not inside and end - at == 2 and (found := _BOLD.match(text, at)) and not _is_name(text, at, found.end()):
        return f"**{inner(found[1].replace('**', ''))}**", found.end()
    if not inside and end - at == 1 and (found := _SLANTED.match(text, at)):
        return f"_{inner(found[1])}_", found.end()
    # Before a letter of ASCII Discord's rule cannot end; anywhere else it could, and would take the sign away.
    harmless = end - at == 1 and text[end : end + 1].isascii() and text[end : end + 1].isalnum()
    return ("_" if harmless else "\\_" * (end - at)), end


def _is_name(text: str, start: int, end: int) -> bool:
    """Return whether what looks bold is a name of Python, such as that of a method or of a file."""
    return text[start - 1 : start] == "." or _NAMED.match(text, end) is not None
