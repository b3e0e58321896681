"""A question file gives all of its questions, or all of its errors and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.questions import files
from knowledge.questions.model import FALSE, TRUE, Difficulty, Kind, Origin, Question, question_id
from tests.knowledge.questions.yaml_files import ALL, CHOICE, FILE, HEAD, ORDER, TRUTH, TYPED, problems, read

# What is read


def test_choice_question_is_read_with_all_it_says():
    assert read(HEAD + CHOICE)[0] == Question(
        id=question_id("file", "swiglu-gate"),
        kind=Kind.CHOICE,
        prompt="Which function gates?",
        language="en",
        topic="Activation functions",
        difficulty=Difficulty.EASY,
        origin=Origin.FILE,
        choices=("Swish", "ReLU", "Softmax"),
        right=(0,),
        explanation="It is Swish.",
        file="activation/glu.md",
        heading="SwiGLU",
        lines=(4, 14),
    )


def test_every_kind_is_read():
    choice, several, truth, typed, order, open_ = read(ALL)
    assert (several.right, several.partial, several.pinned) == ((0, 1), True, (3,))
    assert truth.right == (TRUE,)
    assert (typed.accepted, typed.tolerance, typed.answer) == (("2.67", "8/3"), 0.01, "Eight thirds of it.")
    assert (order.choices, order.right) == (("chunk", "embed", "retrieve"), ())
    assert (open_.points, open_.answer) == (("selects", "learns"), "It selects.")
    assert (open_.prompt, open_.difficulty) == ("Why a gate?\n\nSay more.", Difficulty.HARD)
    assert choice.answer == truth.answer == ""


def test_lines_of_each_question_end_before_the_next():
    text = HEAD + CHOICE + "\n    # a remark\n\n" + TRUTH + ORDER
    assert [question.lines for question in read(text)] == [(4, 14), (18, 21), (22, 25)]


@pytest.mark.parametrize(
    ("answer", "right"), [("true", TRUE), ("yes", TRUE), ("对", TRUE), ("False", FALSE), ("错", FALSE)]
)
def test_truth_may_be_said_in_words(answer, right):
    assert read(HEAD + TRUTH.replace("answer: true", f"answer: {answer}"))[0].right == (right,)


@pytest.mark.parametrize("answer", ["[C, A]", "A, C", "AC", "ac", "A、C"])
def test_several_letters_may_be_written_in_any_way(answer):
    text = CHOICE.replace("choice", "several", 1).replace("answer: A", f"answer: {answer}")
    assert read(HEAD + text)[0].right == (0, 2)


def test_question_may_say_its_language_and_topic_itself():
    text = "questions:\n" + TRUTH.replace("kind", "language: zh\n    topic: 激活\n    kind")
    assert [(question.language, question.topic) for question in read(text)] == [("zh", "激活")]


@pytest.mark.parametrize(
    ("file", "topic"),
    [("nets/glu.en.questions.yaml", "glu"), ("nets/questions.yaml", "nets"), ("nets/questions/glu.yaml", "glu")],
)
def test_topic_without_one_is_what_the_file_is_about(file, topic):
    assert read("language: en\nquestions:\n" + TRUTH, file)[0].topic == topic


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("a/b.md", ("a/b.md", "")),
        ("./a/b.md#Two words", ("a/b.md", "Two words")),
        ("C#/basics.md#Why C#?", ("C#/basics.md", "Why C#?")),
        ("a\\\\b.md", ("a/b.md", "")),
    ],
)
def test_source_is_a_file_and_a_heading(source, place):
    question = read(HEAD + TRUTH + f'    source: "{source}"\n')[0]
    assert (question.file, question.heading) == place


def test_words_and_numbers_stay_as_typed():
    text = HEAD + TYPED.replace("[2.67, 8/3]", "[2.50, no, 1e3, null-space]")
    assert read(text)[0].accepted == ("2.50", "no", "1e3", "null-space")


def test_id_of_sixteen_hex_digits_is_the_id_itself():
    assert read(HEAD + TRUTH.replace("relu-negative", "0123456789abcdef"))[0].id == "0123456789abcdef"


def test_id_does_not_depend_on_text_or_file():
    edited = TRUTH.replace("ReLU is zero", "ReLU gives zero")
    assert read(HEAD + edited, "other.questions.yaml")[0].id == read(HEAD + TRUTH)[0].id


def test_keys_without_a_value_count_as_not_written():
    assert read(HEAD + TRUTH + "    explanation:\n    source: ~\n    difficulty:\n")[0].difficulty is Difficulty.MEDIUM


def test_file_in_gbk_is_read():
    gathered = files.parse(
        (HEAD + TRUTH).replace("ReLU is zero below zero.", "这个函数在负半轴是零").encode("gbk"), FILE
    )
    assert gathered.questions[0].prompt == "这个函数在负半轴是零"


@pytest.mark.parametrize("text", ["language: en\nquestions: []\n", "questions: []\n"])
def test_file_without_questions_has_none_and_no_error(text):
    assert read(text) == ()


# What is refused as a whole


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["1: expected a list of questions below questions:"]),
        ("language: en\n", ["1: expected a list of questions below questions:"]),
        ("language: en\nquestions: none\n", ["2: expected a list of questions below questions:"]),
        ("- a\n", ["1: expected lines of the form key: value"]),
        ("language: fr\nquestions: []\n", ["1: language: expected one of en, zh, not fr"]),
        ("language: en\ntopic: []\nquestions: []\n", ["2: topic: expected a text of at most 200 characters"]),
        ("language: en\nquestion: []\nquestions: []\n", ["2: unknown key question; did you mean questions?"]),
        (HEAD + "  - just text\n", ["4: expected a question: a block of lines such as id: my-question"]),
        ("questions:\n" + TRUTH, ["1: language is missing: write language: en, or zh, at the top of the file"]),
        (HEAD + TRUTH + "  - *x\n", ["8: references (*x) are not allowed here; write the value out"]),
        (HEAD + TRUTH + "    kind: open\n", ["8: the key kind is given twice"]),
    ],
)
def test_file_that_is_no_question_file_is_told_what_is_wrong(text, told):
    assert problems(text) == told


def test_missing_language_is_told_once():
    assert len(problems("questions:\n" + TRUTH + ORDER)) == 1


def test_same_id_twice_is_told_with_the_line_of_the_first():
    assert problems(HEAD + TRUTH + TRUTH) == ["8: the id relu-negative is used twice; first in line 4"]


def test_same_id_in_two_languages_is_no_error():
    both = TRUTH.replace("kind", "language: zh\n    kind") + TRUTH
    assert [question.language for question in read(HEAD + both)] == ["zh", "en"]


def test_all_errors_are_told_at_once_in_the_order_of_the_file():
    text = (
        HEAD + CHOICE.replace("answer: A", "answer: F") + TRUTH.replace("true", "maybe") + ORDER + "    colour: red\n"
    )
    assert problems(text) == [
        "11: answer F is not among the 3 choices",
        "18: answer: expected true or false, not maybe",
        "23: unknown key colour; known are id, kind, question, language, topic, difficulty, choices, answer, pinned, "
        "partial, accept, tolerance, points, explanation, source",
    ]


def test_one_error_leaves_nothing_of_the_file():
    assert files.parse((ALL + "  - id: bad\n").encode(), FILE).questions == ()


def test_number_of_errors_told_is_bounded():
    told = problems(HEAD + "  - x\n" * 500)
    assert len(told) == files.MOST_PROBLEMS + 1
    assert told[-1] == " 400 more problems"


def test_number_of_questions_is_bounded(monkeypatch):
    monkeypatch.setattr(files, "MOST_QUESTIONS", 3)
    assert problems(HEAD + TRUTH * 4) == ["16: 4 questions, at most 3 are allowed in a file"]


def test_bomb_is_refused():
    rows = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 20))
    assert "references (*l0)" in problems("l0: &l0 [x]\n" + rows)[0]


def test_deep_nesting_is_refused():
    assert problems("questions: " + "[" * 9_999) == ["1: nested more than 20 levels deep"]


def test_bytes_that_are_no_text_are_refused():
    assert "This is not a text file" in problems("\0\1\2")[0]


@given(st.dictionaries(st.sampled_from(["id", "kind", "question", "choices", "answer", "accept", "points", "source"]),
                       st.recursive(st.none() | st.text(max_size=9) | st.sampled_from(["choice", "open", "A", "[A]"]),
                                    lambda inner: st.lists(inner, max_size=3), max_leaves=4)))  # fmt: skip
def test_any_question_is_read_or_refused(entry):
    document = files.Document(FILE, {"language": "en", "questions": [entry]}, {("questions", 0): 3})
    gathered = files.read(document, [""] * 9)
    assert bool(gathered.questions) != bool(gathered.problems)
    assert all(str(problem) for problem in gathered.problems)
