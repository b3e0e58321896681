"""Tables of questions as CSV: which column means what, in English and Chinese, and what a cell says.

Columns: id, language, kind, topic, difficulty, question, A to J (or choices), answer, accept, tolerance, points,
partial, pinned, explanation, source. Only question and answer are needed. Cells that hold several things hold each on
a line, or between ``|``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Final

from knowledge.documents import Document, Place
from knowledge.errors import NotesError, Problem
from knowledge.questions import points, rules
from knowledge.questions.files import MOST_QUESTIONS
from knowledge.questions.model import question_id
from knowledge.questions.rules import LETTERS
from knowledge.questions.schema import filled, shown
from knowledge.sections import language_of
from knowledge.text import fold

COLUMNS: Final = (
    "id", "language", "kind", "topic", "difficulty", "question", *LETTERS,
    "answer", "accept", "tolerance", "points", "partial", "pinned", "explanation", "source",
)  # fmt: skip
GUARD: Final = "'"
"""Before a cell that a spreadsheet would take for a formula."""
FORMULA: Final = re.compile(r"[=+\-@\t]")
_NAMED: Final = """
id 编号 题号
language lang 语言
kind type 题型 类型
topic category tag 主题 分类 类别 知识点 标签
difficulty level 难度
question prompt 题目 问题 题干
choices options 选项
answer answers correct 答案 正确答案
accept accepted 接受 可接受答案 其他答案
tolerance 误差 容差
points keypoints 要点 得分点
partial 部分得分
pinned 固定 固定选项
explanation explain 解析 解释 说明
source 出处 来源
"""
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {name: line.split()[0] for line in _NAMED.strip().split("\n") for name in line.split()}
)
_CHOICE: Final = re.compile(r"(?:选项|choice|option|answer)?([a-j])")
_KINDS: Final = {
    "choice": "单选 单选题 选择 选择题", "several": "多选 多选题", "truth": "判断 判断题",
    "typed": "填空 填空题", "order": "排序 排序题", "open": "问答 问答题 简答 简答题",
}  # fmt: skip
_DIFFICULTIES: Final = {"easy": "1 简单 容易", "medium": "2 中等 一般", "hard": "3 困难 难"}
_LANGUAGES: Final = {"zh": "中文 汉语 chinese zh-cn", "en": "英文 英语 english"}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        key: {word: value for value, words in values.items() for word in words.split()}
        for key, values in {
            "kind": _KINDS,
            "difficulty": _DIFFICULTIES,
            "language": _LANGUAGES,
            "partial": {"true": "是 对", "false": "否 错"},
        }.items()
    }
)
_SEVERAL: Final = ("accept", "points", "choices")


def document(text: str, file: str) -> Document:
    """Return the questions of a table in the form of a question file.

    Raises:
        NotesError: it is no such table.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        rows = list(_rows(reader))
    except csv.Error as error:
        raise NotesError("not a CSV table: {reason}", file=file, line=reader.line_num, reason=str(error)) from error
    made = Document(file, {"questions": []})
    if not rows:
        raise NotesError("the table is empty", file=file)
    columns = _columns(rows[0][1], made)
    for line, cells in rows[1:]:
        if len(made.values["questions"]) > MOST_QUESTIONS:
            break
        _add(made, line, dict(_filled_in(columns, cells)))
    return made


def _delimiter(text: str) -> str:
    """Return what parts the cells of the first line: spreadsheets in some countries take semicolons."""
    first = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _rows(reader: Any) -> Iterator[tuple[int, list[str]]]:
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _columns(header: Sequence[str], made: Document) -> list[str]:
    columns: list[str] = []
    for name in header:
        plain = re.sub(r"[\s_\-]", "", fold(name)).casefold()
        choice = _CHOICE.fullmatch(plain)
        column = choice[1].upper() if choice else _NAMES.get(plain, "")
        if not column and plain:
            problem = filled(
                Problem("unknown column {name}; known are {known}"), name=shown(name), known=", ".join(COLUMNS)
            )
            made.problems.append(replace(problem, file=made.name, line=1))
        elif column and column in columns:
            problem = filled(Problem("the column {name} is there twice"), name=shown(name))
            made.problems.append(replace(problem, file=made.name, line=1))
        columns.append(column)
    if "question" not in columns:
        problem = Problem("the first line must name the columns, one of them question", made.name, 1)
        made.problems.append(problem)
    return columns


def _filled_in(columns: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    for column, cell in zip(columns, cells, strict=False):
        text = cell.strip()
        if text.startswith(GUARD) and FORMULA.match(text[1:]):
            text = text[1:]
        if column and text:
            yield column, text


def _add(made: Document, line: int, cells: Mapping[str, str]) -> None:
    number = len(made.values["questions"])
    place: Place = ("questions", number)
    made.lines[place] = line
    made.values["questions"].append(_entry(cells, PurePosixPath(made.name).stem))


def _entry(cells: Mapping[str, str], topic: str) -> dict[str, Any]:
    entry: dict[str, Any] = {key: cells[key] for key in COLUMNS if key in cells and key not in LETTERS}
    for key, words in _WORDS.items():
        if key in entry:
            entry[key] = words.get(fold(entry[key]).casefold(), entry[key].casefold())
    choices = [cells.get(letter, "") for letter in LETTERS]
    while choices and not choices[-1]:
        choices.pop()
    entry.update({key: _parts(cells[key]) for key in _SEVERAL if key in cells})
    if choices:
        entry["choices"] = choices
    if "pinned" in entry:
        entry["pinned"] = list(re.sub(r"[\s,，、|]", "", entry["pinned"]))
    entry.setdefault("topic", topic)
    entry.setdefault("language", language_of(entry.get("question", "")))
    entry.setdefault("kind", _kind(entry))
    return completed(entry)


def completed(entry: dict[str, Any]) -> dict[str, Any]:
    """Return *entry* with what follows from the rest: its id, accepted forms, key points, the letter of an answer."""
    answer = entry.get("answer", "")
    if entry["kind"] == "typed" and answer and "accept" not in entry:
        entry["accept"] = _parts(entry.pop("answer"))
    if entry["kind"] == "open" and answer and "points" not in entry:
        entry["points"] = list(points.of(answer))
    if answer in entry.get("choices", ()) and entry["kind"] == "choice":
        entry["answer"] = LETTERS[entry["choices"].index(answer)]
    key = "".join(character for character in fold(entry.get("question", "")).casefold() if character.isalnum())
    entry.setdefault("id", question_id("import", entry["kind"], key))
    return entry


def _kind(entry: Mapping[str, Any]) -> str:
    """Return the kind that a row without one is of, by what it holds."""
    answer = str(entry.get("answer", ""))
    if "choices" in entry:
        letters = re.sub(r"[\s,，、;；|/]", "", answer)
        several = len(letters) > 1 and set(letters.upper()) <= set(LETTERS) and answer not in entry["choices"]
        return "several" if several else "choice" if answer else "order"
    if "points" in entry:
        return "open"
    return "truth" if rules.truth(answer) else "typed"


def _parts(cell: str) -> list[str]:
    lines = cell.split("\n") if "\n" in cell else cell.split("|")
    return [line.strip() for line in lines if line.strip()]
