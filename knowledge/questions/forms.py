"""Questions as people type them into a form: choices a line each, the right ones marked; and back into such lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from knowledge.asked import language_of
from knowledge.errors import Problem
from knowledge.questions import rules, schema
from knowledge.questions.model import FALSE, LONGEST_PROMPT, TRUE, Kind, Question
from knowledge.questions.rules import LETTERS
from knowledge.questions.schema import Entry, filled

LONGEST_FIELD: Final = 4_000
"""Characters that a field of a form takes."""
_MARKS: Final = ("*", "＊")
_STARRED: Final = re.compile(r"\\*[*＊]")
_SAVED: Final = re.compile(r"\\+[*＊]")
_LABEL: Final = re.compile(r"([A-Ja-j])\s*[.)、．：:]\s*")
_LAST: Final = re.compile(
    r"(all|none|both|neither) of (the above|these|them)\b.*|以上(都|皆|全|均).*|(都|全)(对|不对|是|不是|正确|不正确)",
    re.IGNORECASE | re.DOTALL,
)
"""Choices that speak of those above them, and so stay last."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in the fields of a form.

    Attributes:
        answers: CHOICE and SEVERAL: choices, a line each, the right ones with ``*`` before them; TRUTH: true or false;
            TYPED: accepted forms; ORDER: items in the right order; OPEN: key points.
        extra: TYPED: by how much a number may differ; OPEN: the model answer; else empty.
    """

    prompt: str = ""
    answers: str = ""
    extra: str = ""
    explanation: str = ""
    topic: str = ""


def read(sheet: Sheet, base: Question) -> Question | tuple[Problem, ...]:
    """Return *base* with what stands in *sheet*, or everything that is wrong with it.

    Args:
        sheet: as typed; hostile, of any length.
        base: gives the kind, the id, and whatever no field is for.
    """
    lines = [line.strip() for line in sheet.answers.splitlines() if line.strip()]
    unmarked = () if base.kind not in {Kind.CHOICE, Kind.SEVERAL} or any(map(_marked, lines)) else (_NO_MARK,)
    values = _values(sheet, base, lines)
    entry, unclear = schema.check(values)
    wrong = frozenset({str(fault.place[0]) for fault in unclear} | ({"answer"} if unmarked else set()))
    faults = (*unclear, *rules.faults(entry, wrong))
    if unmarked or faults:
        return tuple(dict.fromkeys((*unmarked, *(_plainly(fault.problem) for fault in faults))))
    return _question(entry, base)


def written(question: Question) -> Sheet | None:
    """Return what stands in a form that is to change *question*; None if no form takes it, so that nothing is lost."""
    sheet = Sheet(question.prompt, _answers(question), _extra(question), question.explanation, question.topic)
    parts = (*question.choices, *question.accepted, *question.points)
    long = (sheet.answers, sheet.extra, sheet.explanation)
    if any("\n" in part or "\r" in part for part in parts) or any(len(text) > LONGEST_FIELD for text in long):
        return None
    return sheet if len(sheet.prompt) <= LONGEST_PROMPT else None


_NO_MARK: Final = Problem("Put a * before each choice that is right.")


def _values(sheet: Sheet, base: Question, lines: Sequence[str]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": "x",
        "kind": base.kind.value,
        "question": sheet.prompt,
        "topic": " ".join(sheet.topic.split()),
        "explanation": sheet.explanation,
    }
    match base.kind:
        case Kind.CHOICE | Kind.SEVERAL:
            letters = [letter for letter, line in zip(LETTERS, lines, strict=False) if _marked(line)]
            values |= {"choices": _choices(lines), "answer": letters}
        case Kind.TRUTH:
            values |= {"answer": sheet.answers.strip() or None}
        case Kind.TYPED:
            values |= {"accept": lines, "tolerance": sheet.extra.strip() or None}
        case Kind.ORDER:
            values |= {"choices": lines}
        case Kind.OPEN:
            values |= {"points": lines, "answer": sheet.extra.strip() or None}
    return values


def _marked(line: str) -> bool:
    return line.startswith(_MARKS)


def _choices(lines: Sequence[str]) -> list[str]:
    """Return the choices without marks, and without letters if each line has its own; a backslash saves a star."""
    bare = [line[1:].strip() if _marked(line) else line for line in lines]
    labels = [_LABEL.match(line) for line in bare]
    lettered = [found for found, letter in zip(labels, LETTERS, strict=False) if found and found[1].upper() == letter]
    if len(lettered) == len(bare):
        bare = [line[found.end() :] for line, found in zip(bare, lettered, strict=True)]
    return [line[1:] if _SAVED.match(line) else line for line in bare]


def _question(entry: Entry, base: Question) -> Question:
    texts = " ".join((entry.question, *entry.choices, *entry.accept, *entry.points))
    kept = {base.choices[place] for place in base.pinned if place < len(base.choices)}
    last = [at for at, choice in enumerate(entry.choices) if choice in kept or _LAST.fullmatch(choice)]
    return replace(
        base,
        prompt=entry.question,
        language=language_of(texts),
        topic=entry.topic or base.topic,
        choices=entry.choices,
        right=rules.right(entry),
        pinned=tuple(last) if base.kind in {Kind.CHOICE, Kind.SEVERAL} else (),
        accepted=entry.accept,
        tolerance=entry.tolerance,
        points=entry.points,
        answer=str(entry.answer) if base.kind is Kind.OPEN else base.answer,
        explanation=entry.explanation,
    )


def _plainly(problem: Problem) -> Problem:
    """Return *problem* without the name of a kind, which nobody typed."""
    if problem.message == "a question of kind {kind} needs {key}":
        return filled(Problem("{key} is missing"), key=str(dict(problem.values)["key"]))
    return problem


def _answers(question: Question) -> str:
    match question.kind:
        case Kind.CHOICE | Kind.SEVERAL:
            lines = (f"{'*' if at in question.right else ''}{_starred(one)}" for at, one in enumerate(question.choices))
            return "\n".join(lines)
        case Kind.TRUTH:
            return {TRUE: "true", FALSE: "false"}.get(question.right[0] if question.right else TRUE, "true")
        case Kind.TYPED:
            return "\n".join(question.accepted)
        case Kind.ORDER:
            return "\n".join(question.choices)
        case Kind.OPEN:
            return "\n".join(question.points)


def _starred(choice: str) -> str:
    return f"\\{choice}" if _STARRED.match(choice) else choice


def _extra(question: Question) -> str:
    if question.kind is Kind.OPEN:
        return question.answer
    return repr(question.tolerance) if question.tolerance is not None else ""
