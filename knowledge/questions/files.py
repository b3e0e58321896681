"""Question files: YAML to questions, all errors of a file at once, and nothing of a file that has one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, Final

from knowledge import documents
from knowledge.decoding import decode
from knowledge.documents import Document, Place
from knowledge.errors import NotesError, Problem
from knowledge.model import Language
from knowledge.questions import rules, schema
from knowledge.questions.model import Difficulty, Kind, Origin, Question, question_id
from knowledge.questions.reading import Gathered
from knowledge.questions.schema import Entry, filled

MAX_BYTES: Final = 2_000_000
MOST_QUESTIONS: Final = 2_000
"""Questions of one file."""
MOST_PROBLEMS: Final = 100
"""Of one file that are told."""
_KEYS: Final = ("language", "topic", "questions")
_NAME: Final = re.compile(r"(?:[._](?:en|zh|cn))?\.questions\.ya?ml$|^questions\.ya?ml$|\.ya?ml$", re.IGNORECASE)
_OWN_ID: Final = re.compile(r"[0-9a-f]{16}")


def parse(data: bytes, file: str) -> Gathered:
    """Return the questions of a file, or what is wrong with it.

    Args:
        data: of the file, at most MAX_BYTES.
        file: its name, for messages and as the place of the questions.
    """
    try:
        text = decode(data, file)
        document = documents.parse(text, file)
    except NotesError as error:
        return Gathered(problems=(error.problem,))
    return read(document, text.split("\n"))


def read(document: Document, lines: Sequence[str]) -> Gathered:
    """Return the questions of *document*, or what is wrong with it.

    Args:
        document: as a question file has it, wherever it comes from.
        lines: of the file.
    """
    reader = _Reader(document, lines)
    questions = tuple(reader.questions())
    if not reader.problems:
        return Gathered(questions)
    problems = sorted(reader.problems, key=lambda problem: problem.line or 0)
    told = problems[:MOST_PROBLEMS]
    if len(problems) > MOST_PROBLEMS:
        more = Problem("{count} more problems", document.name, None, (("count", len(problems) - MOST_PROBLEMS),))
        told.append(more)
    return Gathered(problems=tuple(told))


def id_of(own: str) -> str:
    """Return the id of the question that has *own* as its id in a file; one as ``export`` writes it is it already."""
    return own if _OWN_ID.fullmatch(own) else question_id("file", own)


class _Reader:
    """Reads one document and gathers what is wrong with it."""

    def __init__(self, document: Document, lines: Sequence[str]) -> None:
        self.problems: list[Problem] = list(document.problems)
        self._document = document
        self._lines = lines
        self._seen: dict[tuple[str, str | None], int] = {}
        self._language = self._of_all_languages()
        self._topic = self._of_all_topics()

    def questions(self) -> Iterator[Question]:
        """Yield the questions; they count only if there are no problems afterwards."""
        for key in self._document.values:
            if key not in _KEYS:
                self._tell((key,), schema.unknown(key, _KEYS))
        items = self._document.values.get("questions")
        if not isinstance(items, list):
            self._tell(("questions",), Problem("expected a list of questions below questions:"))
        elif len(items) > MOST_QUESTIONS:
            problem = Problem("{count} questions, at most {limit} are allowed in a file")
            self._tell(("questions", MOST_QUESTIONS), filled(problem, count=len(items), limit=MOST_QUESTIONS))
        else:
            self._tell_missing_language(items)
            for number, item in enumerate(items):
                yield from self._question(number, item)

    def _of_all_languages(self) -> Language | None:
        written = self._document.values.get("language")
        language: Language | None = written if written in ("en", "zh") else None
        if language != written:
            problem = Problem("{key}: expected one of {choices}, not {given}")
            given = schema.shown(written)
            self._tell(("language",), filled(problem, key="language", choices="en, zh", given=given))
        return language

    def _of_all_topics(self) -> str:
        topic = self._document.values.get("topic")
        if topic is None:
            return _topic_of(self._document.name)
        if isinstance(topic, str) and 0 < len(topic.strip()) <= schema.LONGEST_NAME:
            return topic.strip()
        problem = Problem("topic: expected a text of at most {limit} characters")
        self._tell(("topic",), filled(problem, limit=schema.LONGEST_NAME))
        return ""

    def _tell_missing_language(self, items: Sequence[Any]) -> None:
        lacks = any(isinstance(item, dict) and not item.get("language") for item in items)
        if lacks and not self._document.values.get("language"):
            self._tell((), Problem("language is missing: write language: en, or zh, at the top of the file"))

    def _question(self, number: int, item: object) -> Iterator[Question]:
        place = ("questions", number)
        if not isinstance(item, dict):
            self._tell(place, Problem("expected a question: a block of lines such as id: my-question"))
            return
        entry, unclear = schema.check(item)
        wrong = frozenset(str(fault.place[0]) for fault in unclear)
        language = entry.language or self._language
        faults = [*unclear, *rules.faults(entry, wrong)]
        for fault in faults:
            self._tell((*place, *fault.place), fault.problem)
        if "id" not in wrong:
            self._tell_twice(entry.id, language, number)
        if not faults and language is not None:
            yield _made(entry, language, topic=entry.topic or self._topic, at=(self._document.name, self._span(number)))

    def _tell_twice(self, own: str, language: Language | None, number: int) -> None:
        first = self._seen.setdefault((own, language), number)
        if first != number:
            problem = Problem("the id {id} is used twice; first in line {line}")
            line = self._document.line(("questions", first))
            self._tell(("questions", number, "id"), filled(problem, id=own, line=line))

    def _span(self, number: int) -> tuple[int, int]:
        """Return the lines from a question to the one before the next, without what is blank or a remark."""
        first = self._document.line(("questions", number))
        last = self._document.lines.get(("questions", number + 1), len(self._lines) + 1) - 1
        while last > first and self._lines[last - 1].lstrip()[:1] in ("", "#"):
            last -= 1
        return first, max(first, last)

    def _tell(self, place: Place, problem: Problem) -> None:
        self.problems.append(replace(problem, file=self._document.name, line=self._document.line(place)))


def _topic_of(file: str) -> str:
    """Return what a file is about by its name: ``nets/glu.en.questions.yaml`` is about glu, a plain one its folder."""
    path = PurePosixPath(file)
    name = _NAME.sub("", path.name)
    folders = (folder for folder in reversed(path.parts[:-1]) if folder.lower() != "questions")
    return name or next(folders, "") or path.stem


def _made(entry: Entry, language: Language, *, topic: str, at: tuple[str, tuple[int, int]]) -> Question:
    file, heading = rules.source_of(entry)
    lettered = entry.kind in {Kind.CHOICE, Kind.SEVERAL, Kind.TRUTH}
    return Question(
        id=id_of(entry.id),
        kind=entry.kind,
        prompt=entry.question,
        language=language,
        topic=topic,
        difficulty=Difficulty[entry.difficulty.upper()],
        origin=Origin.FILE,
        choices=entry.choices,
        right=rules.right(entry),
        pinned=rules.indexes(entry.pinned, len(entry.choices)),
        partial=entry.partial,
        accepted=entry.accept,
        tolerance=entry.tolerance,
        points=entry.points,
        answer="" if lettered else str(entry.answer),
        explanation=entry.explanation,
        file=file,
        heading=heading,
        lines=at[1],
    )
