"""Questions typed into a form, and what stands in a form that changes one."""

from dataclasses import replace

import pytest

from knowledge.questions.forms import LONGEST_FIELD, Sheet, read, written
from knowledge.questions.model import FALSE, TRUE, Difficulty, Kind, Origin, Question

BASE = Question("a" * 16, Kind.CHOICE, "", "en", "", Difficulty.HARD, Origin.GROUP, author_id=5)
ONE_ANSWER = "a choice question has one answer; with several it is of kind several"
SHEETS = {
    Kind.CHOICE: Sheet("Which gate?", "*Swish\nReLU", explanation="So.", topic="Nets"),
    Kind.SEVERAL: Sheet("Which squash?", "*Tanh\nReLU\n*Sigmoid", topic="Nets"),
    Kind.TRUTH: Sheet("ReLU is linear.", "false", topic="Nets"),
    Kind.TYPED: Sheet("How many?", "0.5\none half", "0.01", topic="Nets"),
    Kind.ORDER: Sheet("Oldest first.", "Sigmoid\nReLU", topic="Nets"),
    Kind.OPEN: Sheet("Why gates?", "one\ntwo", "So.", topic="Nets"),
}


def of(kind, **given):
    return read(replace(SHEETS[kind], **given), replace(BASE, kind=kind))


def told(kind, **given):
    found = of(kind, **given)
    assert isinstance(found, tuple)
    return [str(problem) for problem in found]


def test_right_choices_are_those_with_a_star():
    question = of(Kind.SEVERAL)
    assert (question.choices, question.right) == (("Tanh", "ReLU", "Sigmoid"), (0, 2))


def test_what_no_field_is_for_stays():
    question = of(Kind.CHOICE)
    assert (question.id, question.difficulty, question.origin, question.author_id) == (
        "a" * 16, Difficulty.HARD, Origin.GROUP, 5,
    )  # fmt: skip


@pytest.mark.parametrize(("typed", "right"), [("true", TRUE), ("false", FALSE), ("对", TRUE)])
def test_truth_is_true_or_false(typed, right):
    assert of(Kind.TRUTH, answers=typed).right == (right,)


def test_typed_answers_have_forms_and_a_tolerance():
    question = of(Kind.TYPED)
    assert (question.accepted, question.tolerance) == (("0.5", "one half"), 0.01)


def test_open_question_has_points_and_a_model_answer():
    question = of(Kind.OPEN)
    assert (question.points, question.answer) == (("one", "two"), "So.")


def test_letters_of_lines_are_no_part_of_the_choices():
    assert of(Kind.CHOICE, answers="A. Swish\n*B) ReLU\nC、Tanh").choices == ("Swish", "ReLU", "Tanh")


@pytest.mark.parametrize("lines", ["*A. Swish\nReLU", "*B. Swish\nA. ReLU"])
def test_letters_that_are_none_of_a_list_s_stay(lines):
    assert any(choice[1] == "." for choice in of(Kind.CHOICE, answers=lines).choices)


def test_star_of_a_choice_is_written_with_a_backslash():
    question = of(Kind.CHOICE, answers="*\\*args\n\\*\\*kwargs")
    assert (question.choices, question.right) == (("*args", "*\\*kwargs"), (0,))


@pytest.mark.parametrize("last", ["All of the above", "none of these", "以上都对", "都不对"])
def test_choice_about_the_others_stays_last(last):
    assert of(Kind.CHOICE, answers=f"*one\n{last}").pinned == (1,)


def test_language_is_that_of_what_was_typed():
    assert of(Kind.CHOICE).language == "en"
    assert of(Kind.CHOICE, prompt="SwiGLU 用什么做门？").language == "zh"


@pytest.mark.parametrize(
    ("kind", "given", "problem"),
    [
        (Kind.CHOICE, {"answers": "Swish\nReLU"}, "Put a * before each choice that is right."),
        (Kind.CHOICE, {"answers": "*Swish\n*ReLU"}, ONE_ANSWER),
        (Kind.CHOICE, {"answers": "*Swish\nSwish"}, "the choices A and B are the same"),
        (Kind.CHOICE, {"answers": "*Swish"}, "a question has 2 to 10 choices, not 1"),
        (Kind.CHOICE, {"answers": "*" + "\n".join(map(str, range(11)))}, "a question has 2 to 10 choices, not 11"),
        (Kind.CHOICE, {"answers": "*" + "x" * 301 + "\ny"}, "choices: 301 characters, at most 300 are allowed"),
        (Kind.CHOICE, {"prompt": "x" * 1501}, "question: 1501 characters, at most 1500 are allowed"),
        (Kind.CHOICE, {"prompt": "  "}, "question: expected text, not nothing"),
        (Kind.TRUTH, {"answers": "maybe"}, "answer: expected true or false, not maybe"),
        (Kind.TRUTH, {"answers": ""}, "answer is missing"),
        (Kind.TYPED, {"answers": "", "extra": ""}, "accept is missing"),
        (Kind.TYPED, {"extra": "a bit"}, "tolerance: expected a number that is not negative, not a bit"),
        (Kind.TYPED, {"answers": "word"}, "tolerance is for numbers, and there is none in accept: word"),
        (Kind.OPEN, {"answers": ""}, "an open question has 1 to 10 points, not 0"),
        (Kind.OPEN, {"extra": ""}, "answer is missing"),
    ],
)  # fmt: skip
def test_mistake_is_told_as_in_a_file(kind, given, problem):
    assert told(kind, **given) == [problem]


def test_all_mistakes_are_told_at_once():
    assert len(told(Kind.CHOICE, prompt="", answers="one\none", topic="x" * 201)) == 4


@pytest.mark.parametrize("kind", Kind)
def test_what_was_read_is_written_back(kind):
    assert written(of(kind)) == SHEETS[kind]
    assert read(written(of(kind)), of(kind)) == of(kind)


def test_stars_and_pins_survive_a_change():
    question = replace(of(Kind.CHOICE), choices=("*args", "\\*", "rest"), right=(1,), pinned=(0,))
    assert read(written(question), question) == question


@pytest.mark.parametrize(
    "given",
    [{"choices": ("one\ntwo", "three")}, {"explanation": "x" * (LONGEST_FIELD + 1)}, {"prompt": "x" * 1501}],
    ids=["lines", "long", "longer"],
)
def test_question_that_no_form_takes_is_not_cut(given):
    assert written(replace(of(Kind.CHOICE), **given)) is None
