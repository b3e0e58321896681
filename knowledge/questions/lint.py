"""What a question can be asked in spite of, but its author should know: twins, give-aways, gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from knowledge.errors import Problem
from knowledge.questions import points, typed
from knowledge.questions.model import Kind, Question
from knowledge.questions.rules import LETTERS
from knowledge.questions.schema import filled
from knowledge.questions.slips import LONGEST_EXACT

ENOUGH: Final = 10
"""Choice questions from which on their letters and lengths are counted."""
MOST_OF_ONE_LETTER: Final = 0.5
MOST_LONGEST: Final = 0.6
"""Share of questions whose right choice is the longest by far."""
_BY_FAR: Final = 1.3
_LETTERED: Final = frozenset((Kind.CHOICE, Kind.SEVERAL))


def warnings(files: Mapping[str, Sequence[Question]]) -> Iterator[Problem]:
    """Yield what could be better in question files, by file and line.

    Args:
        files: their questions by name.
    """
    asked: dict[tuple[str, str], tuple[str, Question]] = {}
    for file, questions in files.items():
        for question in questions:
            for problem in (*_alone(question), *_twice(question, file, asked)):
                yield replace(problem, file=file, line=question.lines[0] if question.lines else None)
        yield from (replace(problem, file=file) for problem in _together(questions))


def _alone(question: Question) -> Iterator[Problem]:
    if question.kind is not Kind.OPEN and not question.explanation:
        yield Problem("no explanation: who was wrong learns nothing")
    if question.kind in _LETTERED and len(question.right) == len(question.choices):
        yield Problem("every choice is right")
    if question.kind is Kind.TYPED and any(_is_in(form, question.prompt) for form in question.accepted):
        yield Problem("the question gives the answer away")
    longest = max(map(len, question.points), default=0)
    if longest > points.LONGEST:
        yield filled(
            Problem("a key point has {count} characters; more than {limit} are cut"),
            count=longest,
            limit=points.LONGEST,
        )


def _is_in(form: str, prompt: str) -> bool:
    key = typed.key(form)
    return len(key) > LONGEST_EXACT and key in typed.key(prompt)


def _twice(question: Question, file: str, asked: dict[tuple[str, str], tuple[str, Question]]) -> Iterator[Problem]:
    first_file, first = asked.setdefault((question.language, typed.key(question.prompt)), (file, question))
    if first is not question and (first.choices, first.accepted) == (question.choices, question.accepted):
        place = f"{first_file}:{first.lines[0]}" if first.lines else first_file
        yield filled(Problem("the same question is asked in {place}"), place=place)


def _together(questions: Sequence[Question]) -> Iterator[Problem]:
    single = [question for question in questions if question.kind is Kind.CHOICE and question.right]
    if len(single) < ENOUGH:
        return
    place, count = Counter(question.right[0] for question in single).most_common(1)[0]
    if count > MOST_OF_ONE_LETTER * len(single):
        problem = Problem("the answer is {letter} in {count} of {total} questions")
        yield filled(problem, letter=LETTERS[place], count=count, total=len(single))
    long = sum(map(_stands_out, single))
    if long > MOST_LONGEST * len(single):
        problem = Problem("the right choice is the longest by far in {count} of {total} questions")
        yield filled(problem, count=long, total=len(single))


def _stands_out(question: Question) -> bool:
    """Tell whether the right choice is by far the longest."""
    right = len(question.choices[question.right[0]])
    others = (len(choice) for place, choice in enumerate(question.choices) if place != question.right[0])
    return right >= _BY_FAR * max(others)
