"""Code fences that swallow the rest of a note, as real notes have them: opened in a list, closed outside of it.

Such a fence hides every heading after it. It is mended in the masked text, whose lines are those of the note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

MAX_MENDED = 20
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_CLOSE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*$")
# In these a line that begins with # is a comment.
_HASH_COMMENT_LANGUAGES = (
    "python py python3 bash sh shell zsh console yaml yml toml r ruby rb perl make makefile dockerfile conf ini cmake "
    "powershell ps1 julia jl elixir nix properties gitignore text txt"
)
_HASH_COMMENTS = frozenset(_HASH_COMMENT_LANGUAGES.split())


def mended(text: str, parser: MarkdownIt) -> str:
    """Return *text* with the fences closed that would swallow headings; as many lines as before."""
    lines = text.split("\n")
    for _ in range(MAX_MENDED):
        tokens = parser.parse("\n".join(lines))
        if not (_close_leaked(tokens, lines) or _close_unclosed(tokens, lines)):
            break
    return "\n".join(lines)


def _close_leaked(tokens: Sequence[Token], lines: list[str]) -> bool:
    """Blank a bare fence that was meant to close one inside the list above it, and opened another instead."""
    open_inside: Token | None = None
    for token in tokens:
        if token.type != "fence" or not token.map:
            continue
        if token.level > 0:
            open_inside = None if _is_closed(token, lines) else token
        else:
            if open_inside and open_inside.map and not token.info.strip() and token.map[0] == open_inside.map[1]:
                lines[token.map[0]] = ""
                return True
            open_inside = None
    return False


def _close_unclosed(tokens: Sequence[Token], lines: list[str]) -> bool:
    """Close a fence that runs to the end of the note before the first heading that it hides."""
    last = next((token for token in reversed(tokens) if token.type == "fence" and token.level == 0), None)
    if last is None or not last.map or _is_closed(last, lines) or any(line.strip() for line in lines[last.map[1] :]):
        return False
    comments = last.info.strip().split(" ")[0].casefold() in _HASH_COMMENTS
    for number in range(last.map[0] + 2, last.map[1]):
        if _is_hidden_heading(lines, number, comments=comments):
            lines[number - 1] = last.markup
            return True
    return False


def _is_hidden_heading(lines: Sequence[str], number: int, *, comments: bool) -> bool:
    if not _HEADING.match(lines[number]) or lines[number - 1].strip():
        return False
    after = lines[number + 1] if number + 1 < len(lines) else ""
    # A comment stands on what it speaks of, and is seldom a second-level one.
    return not comments or (lines[number].startswith("##") and not after.strip())


def _is_closed(token: Token, lines: Sequence[str]) -> bool:
    first, end = token.map or [0, 0]
    if end - first < 2:
        return False
    close = _CLOSE.match(lines[end - 1].strip(" \t>"))
    return bool(close) and close is not None and close[1].startswith(token.markup)
