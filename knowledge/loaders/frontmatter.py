"""The YAML at the top of a note: title, aliases, tags, draft. Broken, it is a problem and the note is still read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

from knowledge.errors import Problem

MAX_BYTES = 20_000
MAX_NAMES = 50
MAX_NAME = 100
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the top of a note says of it.

    Attributes:
        title: empty if it has none.
    """

    title: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    draft: bool = False
    problems: tuple[Problem, ...] = ()


def parse(text: str, file: str) -> FrontMatter:
    """Return what *text*, the lines between the dashes, says; keys that are not known are the author's own."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return _broken(file, 1, f"> {MAX_BYTES} bytes")
    try:
        node = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError, UnicodeEncodeError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or type(error).__name__
        return _broken(file, mark.line + 2 if mark else 1, str(reason))
    if node is None:
        return FrontMatter()
    if not isinstance(node, yaml.MappingNode):
        return _broken(file, 2, "key: value")
    values = {str(key.value).casefold(): value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    return FrontMatter(
        title=next(iter(_names(values.get("title"))), ""),
        aliases=tuple(_names(values.get("aliases") or values.get("alias"))),
        tags=tuple(_names(values.get("tags") or values.get("tag"))),
        draft=_is_true(values.get("draft")),
    )


def _names(node: yaml.Node | None) -> Iterable[str]:
    """Yield the texts of a scalar or of a list of scalars."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for item in nodes[:MAX_NAMES]:
        if isinstance(item, yaml.ScalarNode) and item.tag != "tag:yaml.org,2002:null":
            name = " ".join(str(item.value).split())
            if name:
                yield name[:MAX_NAME]


def _is_true(node: yaml.Node | None) -> bool:
    return isinstance(node, yaml.ScalarNode) and str(node.value).casefold() in ("true", "yes", "on")


def _broken(file: str, line: int, reason: str) -> FrontMatter:
    problem = Problem("The front matter cannot be read and is passed over: {reason}", file, line, (("reason", reason),))
    return FrontMatter(problems=(problem,))
