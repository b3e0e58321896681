"""Questions as files: YAML that reads back as the same questions, and tables for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import yaml

from knowledge.questions.model import TRUE, Kind, Question
from knowledge.questions.rules import LETTERS
from knowledge.questions.sheets import COLUMNS, FORMULA, GUARD

_WIDTH: Final = 110
_OTHER_BREAKS: Final = "\x85\u2028\u2029"
"""What YAML takes for the end of a line, too, and gives back as a line feed unless it is escaped."""


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as they are read."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent the items of lists, too."""
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if any(character in text for character in _OTHER_BREAKS) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def to_yaml(questions: Sequence[Question]) -> str:
    """Return a question file with *questions*; their ids are written as they are, so that statistics stay."""
    languages = {question.language for question in questions}
    header = {"language": next(iter(languages))} if len(languages) == 1 else {}
    entries = [_entry(question, alone=bool(header)) for question in questions]
    document = {**header, "questions": entries}
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


def to_csv(questions: Iterable[Question]) -> str:
    """Return a table of *questions* with a byte order mark, without which spreadsheets misread Chinese."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for question in questions:
        cells = dict(_cells(_entry(question, alone=False)))
        writer.writerow([_guarded(cells.get(column, "")) for column in COLUMNS])
    return "\ufeff" + table.getvalue()


def _entry(question: Question, *, alone: bool) -> dict[str, Any]:
    """Return *question* as a question file has it; *alone* leaves the language to the file."""
    source = f"{question.file}#{question.heading}" if question.heading else question.file
    entry = {
        "id": question.id,
        "language": "" if alone else question.language,
        "kind": question.kind.value,
        "topic": question.topic,
        "difficulty": question.difficulty.name.lower(),
        "question": question.prompt,
        "choices": list(question.choices),
        "answer": _answer(question),
        "pinned": [LETTERS[place] for place in question.pinned],
        "partial": question.partial,
        "accept": list(question.accepted),
        "tolerance": question.tolerance,
        "points": list(question.points),
        "explanation": question.explanation,
        "source": source if question.file else "",
    }
    return {
        key: value for key, value in entry.items() if value not in ("", None) and value != [] and value is not False
    }


def _answer(question: Question) -> Any:
    letters = [LETTERS[place] for place in question.right]
    match question.kind:
        case Kind.TRUTH:
            return "true" if question.right == (TRUE,) else "false"
        case Kind.CHOICE:
            return letters[0] if letters else ""
        case Kind.SEVERAL:
            return letters
    return question.answer


def _cells(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in entry.items():
        if key == "choices":
            yield from zip(LETTERS, value, strict=False)
        elif isinstance(value, list):
            yield key, ("" if key in {"answer", "pinned"} else "\n").join(value)
        else:
            yield key, str(value).lower() if isinstance(value, bool) else str(value)


def _guarded(cell: str) -> str:
    return GUARD + cell if FORMULA.match(cell) else cell
