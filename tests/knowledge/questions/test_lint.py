"""What could be better is told, and changes nothing."""

from __future__ import annotations

import pytest

from knowledge.questions import lint
from knowledge.questions.model import Kind
from tests.knowledge.questions.material import question

CHOICES = ("one", "two", "six", "ten")


def told(*questions):
    return [str(problem) for problem in lint.warnings({"a.yaml": questions})]


def several_choices(count, right):
    """Return *count* choice questions; *right* gives the place of the right one by number."""
    return [
        question(name=f"q{n}", prompt=f"Q{n}?", choices=CHOICES, right=(right(n),), explanation="x")
        for n in range(count)
    ]


def test_missing_explanation_is_told_but_not_of_open_questions():
    assert told(question(lines=(4, 9))) == ["a.yaml:4: no explanation: who was wrong learns nothing"]
    assert told(question(Kind.OPEN)) == []


def test_question_that_is_asked_twice_is_told_with_the_place_of_the_first():
    first, second = (question(name=name, explanation="x", lines=(n, n)) for name, n in (("a", 1), ("b", 9)))
    found = lint.warnings({"a.yaml": [first], "b.yaml": [second]})
    assert [str(problem) for problem in found] == ["b.yaml:9: the same question is asked in a.yaml:1"]


def test_same_words_with_other_choices_or_in_another_language_are_another_question():
    first = question(name="a", explanation="x")
    other = question(name="b", explanation="x", choices=("Tanh", "Swish", "GELU"))
    chinese = question(name="c", explanation="x", language="zh")
    assert told(first, other, chinese) == []


def test_question_in_which_every_choice_is_right_is_told():
    assert told(question(Kind.SEVERAL, right=(0, 1, 2, 3), explanation="x")) == ["a.yaml: every choice is right"]


@pytest.mark.parametrize(
    ("prompt", "given_away"), [("What is a gated linear unit called?", True), ("What gates?", False)]
)
def test_question_that_holds_its_answer_is_told(prompt, given_away):
    found = told(question(Kind.TYPED, prompt=prompt, explanation="x"))
    assert found == (["a.yaml: the question gives the answer away"] if given_away else [])


def test_key_point_that_will_be_cut_is_told():
    assert told(question(Kind.OPEN, points=("x" * 101,))) == [
        "a.yaml: a key point has 101 characters; more than 100 are cut"
    ]


def test_one_letter_for_most_answers_is_told_once():
    assert told(*several_choices(10, lambda n: 1 if n < 6 else 3)) == ["a.yaml: the answer is B in 6 of 10 questions"]


def test_balanced_letters_and_few_questions_are_not():
    assert told(*several_choices(12, lambda n: n % 4)) == []
    assert told(*several_choices(9, lambda _: 1)) == []


def test_right_choice_that_is_always_the_longest_is_told():
    choices = ("a", "b", "a much longer choice")
    long = [question(name=f"q{n}", prompt=f"Q{n}?", choices=choices, right=(2,), explanation="x") for n in range(10)]
    assert "a.yaml: the right choice is the longest by far in 10 of 10 questions" in told(*long)
