"""YAML that people write, read without being fooled: bounded in depth, every value with its line, all text as typed.

Few bytes of YAML can stand for gigabytes, or end the process: so events are looked at before anything is built.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from knowledge.errors import NotesError, Problem

Place = tuple[str | int, ...]
"""Keys and places in lists, from the outermost in."""
MAX_DEPTH: Final = 20
LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML may be built without libyaml
_TOO_DEEP_FOR_LIBYAML: Final = "exceeded maximum nesting depth"
"""What libyaml says of more than 1,000 levels since it has a limit of its own, before it yields the first event."""
# By what libyaml says; where it says something else, that is told as it is.
_MISTAKES: Final = (
    ("mapping values are not allowed", Problem("not valid YAML: put a text that holds a colon and a blank in quotes")),
    ("cannot start any token", Problem("not valid YAML: indent with spaces, not tabs; put @, ` and % in quotes")),
    ("could not find expected ':'", Problem("not valid YAML: a key needs a colon and a blank after it")),
    ("expected ',' or", Problem("not valid YAML: a comma or a closing bracket is missing")),
    ("expected node content", Problem("not valid YAML: a comma or a closing bracket is missing")),
    ("unexpected end of stream", Problem("not valid YAML: a closing quote is missing")),
    ("did not find expected", Problem("not valid YAML: indent this line as those above it")),
    ("control characters", Problem("not valid YAML: remove the control character")),
    ("expected a single document", Problem("not valid YAML: remove the line ---")),
)
_LONGEST_SHOWN: Final = 60
_KNOWN_TAGS: Final = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
)


class BrokenYamlError(Exception):
    """A text is no YAML that is read here.

    Attributes:
        line: counted from 1; None if it is not known.
    """

    def __init__(self, reason: str, line: int | None) -> None:
        self.line = line
        super().__init__(reason)


class TooDeepError(BrokenYamlError):
    """Lists and mappings are nested more deeply than allowed."""


class ReferenceUsedError(BrokenYamlError):
    """An alias stands where none is allowed; its name is the reason."""


@dataclass(slots=True)
class Document:
    """A YAML mapping and its lines.

    Attributes:
        name: of the file, for messages.
        values: text, None, lists and mappings; numbers and booleans stay as written.
        lines: line of each key and list item, counted from 1.
        problems: what is wrong with it, in order; *values* then lacks what they name.
    """

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Return the line of *place*, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def where(self, place: Place) -> str:
        """Return ``file:line`` of *place*, or of the nearest thing around it."""
        return f"{self.name}:{self.line(place)}"


def compose(text: str, *, depth: int | None = MAX_DEPTH, references: bool = False) -> yaml.Node | None:
    """Return the root of a YAML text, None if it is empty.

    Args:
        text: of any size and content.
        depth: lists and mappings in one another, at most; None for a file of our own, which is not looked at first.
        references: whether aliases may be used; each is then the very node that it stands for.

    Raises:
        BrokenYamlError: it cannot be read, or holds what is not allowed.
    """
    try:
        if depth is not None:
            _refuse_tricks(text, depth, references=references)
        root: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        kind = TooDeepError if error.problem == _TOO_DEEP_FOR_LIBYAML else BrokenYamlError
        raise kind(_reason(error), _line(error.problem_mark)) from None
    except yaml.reader.ReaderError as error:
        raise BrokenYamlError(str(error.reason), text.count("\n", 0, error.position) + 1) from None
    except yaml.YAMLError as error:
        raise BrokenYamlError(str(error), None) from None
    return root


def parse(text: str, name: str) -> Document:
    """Return what *text* holds; an empty one holds an empty mapping. Its problems are in it.

    Args:
        text: of a file.
        name: how messages call it.

    Raises:
        NotesError: nothing of it can be read.
    """
    document = Document(name)
    try:
        root = compose(text)
    except TooDeepError as error:
        raise NotesError("nested more than {limit} levels deep", file=name, line=error.line, limit=MAX_DEPTH) from None
    except ReferenceUsedError as error:
        raise NotesError(
            "references (*{name}) are not allowed here; write the value out",
            file=name,
            line=error.line,
            name=str(error),
        ) from None
    except BrokenYamlError as error:
        raise _broken(error, name) from None
    values = _plain(root, (), document) if root is not None else None
    if values is None:
        return document
    if not isinstance(values, dict):
        raise NotesError("expected lines of the form key: value", file=name, line=1)
    document.values = values
    return document


def _broken(error: BrokenYamlError, name: str) -> NotesError:
    for said, mistake in _MISTAKES:
        if said in str(error):
            return NotesError(mistake.message, file=name, line=error.line)
    return NotesError("not valid YAML: {reason}", file=name, line=error.line, reason=str(error))


def _refuse_tricks(text: str, depth: int, *, references: bool) -> None:
    at = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.AliasEvent) and not references:
            raise ReferenceUsedError(str(event.anchor)[:_LONGEST_SHOWN], _line(event.start_mark))
        at += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if at > depth:
            raise TooDeepError("nested too deeply", _line(event.start_mark))


def _line(mark: Any) -> int:
    return mark.line + 1 if mark else 1


def _reason(error: yaml.MarkedYAMLError) -> str:
    return " ".join(part for part in (error.context, error.problem) if part)


def _plain(node: yaml.Node, place: Place, document: Document) -> Any:
    if node.tag not in _KNOWN_TAGS:
        values = (("tag", node.tag[:_LONGEST_SHOWN]),)
        line = _line(node.start_mark)
        document.problems.append(Problem("the tag {tag} is not allowed", document.name, line, values))
        return None
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
        line = _line(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            document.problems.append(Problem("a key must be a word", document.name, line))
        elif key.value in values:
            given = (("key", key.value[:_LONGEST_SHOWN]),)
            document.problems.append(Problem("the key {key} is given twice", document.name, line, given))
        else:
            document.lines[*place, key.value] = line
            values[key.value] = _plain(value, (*place, key.value), document)
    return values
