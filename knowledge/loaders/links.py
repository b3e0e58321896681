"""The links of a note: to other notes, and the navigation line that names it in another language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

NAVIGATION_LINES = 20  # looked at from the top
MAX_LINKS = 2_000
_LINK = re.compile(
    r"(?<!!)\[(?P<label>[^\[\]\n]{0,200})\]\((?P<target><[^<>\n]{1,500}>|[^()\n]{0,500}(?:\([^()\n]{0,100}\)[^()\n]{0,300})?)\)"
)
_REMOTE = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]{1,20}:|//|#)")
_TITLE = re.compile(r"\s+[\"'(].*$")
_LANGUAGE = re.compile(
    r"(?:简体|繁体|繁體)?中文(?:版|版本|文档|说明)?|汉语|英文(?:版|版本|文档)?|英语|日本語|한국어|"
    r"(?:in |read in |this page in )?(?:simplified |traditional )?(?:chinese|english|japanese|korean)(?: version)?|"
    r"zh|en|cn|us|zh[-_]cn|zh[-_]tw|en[-_]us|语言|languages?|switch language",
    re.I,
)
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Navigation:
    """The lines at the top of a note that only lead to it in another language.

    Attributes:
        lines: their numbers, counted from 0.
        targets: of their links, as written.
    """

    lines: frozenset[int]
    targets: tuple[str, ...]


def navigation(lines: Sequence[str], start: int) -> Navigation:
    """Return the navigation lines among the first of *lines* from *start* on."""
    numbers: list[int] = []
    found: list[str] = []
    for number in range(start, min(len(lines), start + NAVIGATION_LINES)):
        if _is_navigation(lines[number]):
            numbers.append(number)
            found.extend(_target(match) for match in _LINK.finditer(lines[number]))
    return Navigation(frozenset(numbers), tuple(target for target in found if not _REMOTE.match(target)))


def targets(text: str) -> tuple[str, ...]:
    """Return the targets of the links of *text* to files, as written, each once, in order."""
    found: dict[str, None] = {}
    for match in _LINK.finditer(text):
        target = _target(match)
        if target and not _REMOTE.match(target):
            found[target] = None
            if len(found) >= MAX_LINKS:
                break
    return tuple(found)


def _is_navigation(line: str) -> bool:
    links = list(_LINK.finditer(line)) if len(line) < 1_000 else []
    if not links or not all(_names_language(match["label"]) for match in links):
        return False
    return _names_language(_LINK.sub(" ", line), empty=True)


def _names_language(text: str, *, empty: bool = False) -> bool:
    """Return whether *text* has no words but names of languages; without any words, *empty*."""
    rest = _LANGUAGE.sub(" ", " ".join(_NO_WORD.sub(" ", text).split()))
    named = bool(_LANGUAGE.search(text))
    return not rest.strip() and (named or empty)


def _target(match: re.Match[str]) -> str:
    return _TITLE.sub("", match["target"].strip()).strip("<>").strip()
