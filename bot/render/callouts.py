"""Callouts of Obsidian and GitHub, ``> [!note] Title``: an emoji and their title, in the words of the note."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_CALLOUT: Final = re.compile(r"\s{0,3}\[!([\w -]{1,30})(?:\|[^\[\]]{0,100})?\][+-]?[ \t]*(.*)")
_OTHER: Final = "📌"
_EMOJI: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("note",), "📝"),
        **dict.fromkeys(("abstract", "summary", "tldr"), "📋"),
        **dict.fromkeys(("info",), "ℹ️"),
        **dict.fromkeys(("todo",), "☑️"),
        **dict.fromkeys(("tip", "hint"), "💡"),
        **dict.fromkeys(("important",), "❗"),
        **dict.fromkeys(("success", "check", "done"), "✅"),
        **dict.fromkeys(("question", "help", "faq"), "❓"),
        **dict.fromkeys(("warning", "caution", "attention"), "⚠️"),
        **dict.fromkeys(("failure", "fail", "missing"), "❌"),
        **dict.fromkeys(("danger", "error"), "⛔"),
        **dict.fromkeys(("bug",), "🐞"),
        **dict.fromkeys(("example",), "🔍"),
        **dict.fromkeys(("quote", "cite"), "💬"),
    }
)


def is_callout(line: str) -> bool:
    """Return whether *line*, without the mark of its quotation, is the head of a callout."""
    return _CALLOUT.fullmatch(line) is not None


def headed(line: str) -> str | None:
    """Return the head of a callout as Markdown; None if *line* is none."""
    found = _CALLOUT.fullmatch(line)
    if found is None:
        return None
    kind, title = found[1].strip(), found[2].replace("**", "").strip()
    return f"{_EMOJI.get(kind.lower(), _OTHER)} **{title or kind.capitalize()}**"
