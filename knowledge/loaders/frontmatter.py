"""The YAML at the top of a note: title, aliases, tags, draft. Broken, it is a problem and the note is still read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml
from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from knowledge.errors import Problem

MAX_CHARACTERS = 20_000
MAX_NAMES = 50
MAX_NAME = 100
_KEY = re.compile(r"^[\w-]{1,50}[ \t]*:(?:[ \t]|$)", re.MULTILINE)
_QUOTES = ("'", '"')
_SEPARATOR = re.compile(r"[,，、;；]")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the top of a note says of it.

    Attributes:
        lines: how many lines of the file it takes, its dashes included; 0 if there is none.
        title: empty if it has none.
    """

    lines: int = 0
    title: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    draft: bool = False
    problems: tuple[Problem, ...] = ()


def read(text: str, file: str) -> FrontMatter:
    """Return what the front matter of *text* says; keys that are not known are the author's own.

    Two rules with text between them look the same and are text: front matter has keys.
    """
    source, lines = _between_dashes(text)
    if not source.strip():
        return FrontMatter(lines)
    if len(source) > MAX_CHARACTERS:
        return _broken(file, lines, line=1, reason=f"> {MAX_CHARACTERS} characters")
    try:
        # Composed, not constructed: no tags, no merges, no numbers or dates that could fail or grow.
        node = yaml.compose(source, Loader=_Loader)
    except (yaml.YAMLError, RecursionError, UnicodeEncodeError) as error:
        if not _KEY.search(source):
            return FrontMatter()
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or type(error).__name__
        return _broken(file, lines, line=min(mark.line + 2, lines - 1) if mark else 1, reason=str(reason))
    return _said(node, lines) if isinstance(node, yaml.MappingNode) else FrontMatter()


def _between_dashes(text: str) -> tuple[str, int]:
    """Return the lines between the dashes at the top, and how many they are with the dashes; 0 if there are none."""
    if not text.startswith("---"):
        return "", 0
    parser = MarkdownIt("zero").use(front_matter_plugin)
    # A longer one is looked for only where there seems to be one.
    head = text[: MAX_CHARACTERS + 100] if not _KEY.match(text, text.find("\n") + 1) else text
    found = next(iter(parser.parse(head)), None)
    if found is None or found.type != "front_matter" or not found.map:
        return "", 0
    return "\n".join(head.split("\n", found.map[1])[1 : found.map[1] - 1]), found.map[1]


def _said(node: yaml.MappingNode, lines: int) -> FrontMatter:
    values = {str(key.value).casefold(): value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    if all(" " in key for key in values):
        return FrontMatter()  # a sentence with a colon between two rules
    draft = values.get("draft")
    return FrontMatter(
        lines,
        title=next(iter(_names(values.get("title"))), ""),
        aliases=tuple(_several(values.get("aliases") or values.get("alias"))),
        tags=tuple(_several(values.get("tags") or values.get("tag"))),
        draft=isinstance(draft, yaml.ScalarNode) and str(draft.value).casefold() in ("true", "yes", "on"),
    )


def _several(node: yaml.Node | None) -> Iterable[str]:
    """Yield the names of a list, or of one line with commas; each once."""
    if isinstance(node, yaml.ScalarNode) and node.style not in _QUOTES:
        names = (name.strip() for text in _names(node, longest=MAX_CHARACTERS) for name in _SEPARATOR.split(text))
        return list(dict.fromkeys(name[:MAX_NAME] for name in names if name))[:MAX_NAMES]
    return dict.fromkeys(_names(node))


def _names(node: yaml.Node | None, longest: int = MAX_NAME) -> Iterable[str]:
    """Yield the texts of a scalar or of a list of scalars."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for item in nodes[:MAX_NAMES]:
        if isinstance(item, yaml.ScalarNode) and item.tag != "tag:yaml.org,2002:null":
            name = " ".join(str(item.value).split())
            if name:
                yield name[:longest]


def _broken(file: str, lines: int, *, line: int, reason: str) -> FrontMatter:
    problem = Problem("The front matter cannot be read and is skipped: {reason}", file, line, (("reason", reason),))
    return FrontMatter(lines, problems=(problem,))
