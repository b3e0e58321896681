"""Reads a small YAML file into plain values and remembers on which line each stands; refuses what only attacks use."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.config.errors import refusal

Place = tuple[str | int, ...]

MAX_BYTES = 1_000_000
_MAX_DEPTH = 20
_TOO_DEEP_FOR_LIBYAML = "exceeded maximum nesting depth"
"""What libyaml says of more than 1,000 levels since it has a limit of its own, before it yields the first event."""
_KNOWN_TAGS = {
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
}
_BASE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may be built without libyaml


@dataclass(slots=True)
class Document:
    """A YAML mapping and its lines.

    Attributes:
        name: of the file, for messages.
        values: text, None, lists and mappings; numbers and booleans stay as written.
        lines: line of each key and list item, counted from 1.
    """

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[Place, int] = field(default_factory=dict)

    def where(self, place: Place) -> str:
        """Return ``file:line`` of *place*, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return f"{self.name}:{self.lines.get(place, 1)}"


def read(path: Path, name: str) -> Document:
    """Return what *path* holds; an empty file holds an empty mapping.

    Args:
        path: of the file.
        name: how messages call it.

    Raises:
        ConfigError: not readable, too large, not UTF-8, not YAML, or not a mapping.
    """
    document = Document(name)
    text = _text(path, name)
    try:
        _refuse_tricks(text, document.name)
        root = yaml.compose(text, Loader=_BASE)
    except yaml.MarkedYAMLError as error:
        where = f"{name}:{_line(error.problem_mark)}"
        if error.problem == _TOO_DEEP_FOR_LIBYAML:
            raise refusal("nested more than {limit} levels deep", where, limit=_MAX_DEPTH) from None
        raise refusal("not valid YAML: {reason}", where, reason=_reason(error)) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise refusal("not valid YAML: {reason}", f"{name}:{line}", reason=error.reason) from None
    if root is None:
        return document
    values = _plain(root, (), document)
    if not isinstance(values, dict):
        raise refusal("expected lines of the form key: value", f"{name}:1")
    document.values = values
    return document


def _text(path: Path, name: str) -> str:
    if not path.exists():
        raise refusal("there is no such file", name)
    if not path.is_file():
        raise refusal("this is not a file", name)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise refusal("cannot be read: {reason}", name, reason=error.strerror or str(error)) from None
    if len(content) > MAX_BYTES:
        raise refusal("larger than {limit} MB: this is not a configuration", name, limit=MAX_BYTES // 1_000_000)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refusal("the file must be saved as UTF-8", f"{name}:{line}") from None


def _refuse_tricks(text: str, name: str) -> None:
    """Stop at references and deep nesting before anything is built: few bytes can stand for gigabytes."""
    depth = 0
    for event in yaml.parse(text, Loader=_BASE):
        where = f"{name}:{_line(event.start_mark)}"
        if isinstance(event, yaml.AliasEvent):
            raise refusal(
                "references (*{name}) are not allowed here; write the value out", where, name=str(event.anchor)
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            raise refusal("nested more than {limit} levels deep", where, limit=_MAX_DEPTH)


def _line(mark: Any) -> int:
    return mark.line + 1 if mark else 1


def _reason(error: yaml.MarkedYAMLError) -> str:
    return " ".join(part for part in (error.context, error.problem) if part)


def _plain(node: yaml.Node, place: Place, document: Document) -> Any:
    if node.tag not in _KNOWN_TAGS:
        raise refusal("the tag {tag} is not allowed", f"{document.name}:{_line(node.start_mark)}", tag=node.tag)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, document)
    if isinstance(node, yaml.SequenceNode):
        items = []
        for number, item in enumerate(node.value):
            document.lines[*place, number] = _line(item.start_mark)
            items.append(_plain(item, (*place, number), document))
        return items
    return None if node.tag.endswith(":null") else node.value


def _mapping(node: yaml.MappingNode, place: Place, document: Document) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in node.value:
        where = f"{document.name}:{_line(key.start_mark)}"
        if not isinstance(key, yaml.ScalarNode):
            raise refusal("a key must be a word", where)
        if key.value in values:
            raise refusal("the key {key} is given twice", where, key=key.value)
        document.lines[*place, key.value] = _line(key.start_mark)
        values[key.value] = _plain(value, (*place, key.value), document)
    return values
