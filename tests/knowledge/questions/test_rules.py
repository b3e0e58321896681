"""What is wrong with a question is told in a sentence that names what was written, on its line."""

from __future__ import annotations

import pytest

from knowledge.questions.model import LONGEST_CHOICE, LONGEST_PROMPT, LONGEST_TEXT
from tests.knowledge.questions.yaml_files import CHOICE, OPEN, ORDER, SEVERAL, TRUTH, TYPED, wrong

ELEVEN = "choices: [" + ", ".join(f"c{n}" for n in range(11)) + "]"
THREE = "choices:\n      - Swish\n      - ReLU\n      - Softmax"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("answer: A", "answer: D", "8: answer D is not among the 3 choices"),
        ("answer: A", "answer: j", "8: answer J is not among the 3 choices"),
        ("answer: A", "answer: Swish", "8: answer: expected the letter of a choice, such as B, not Swish"),
        ("answer: A", "answer: 1", "8: answer: expected the letter of a choice, such as B, not 1"),
        ("answer: A", "answer: not A", "8: answer: expected the letter of a choice, such as B, not not A"),
        ("answer: A", "answer: [A, B]", "8: a choice question has one answer; with several it is of kind several"),
        ("answer: A", "answer:", "8: a question of kind choice needs answer"),
        (THREE, "choices: [Swish]", "4: a question has 2 to 10 choices, not 1"),
        (THREE, ELEVEN, "4: a question has 2 to 10 choices, not 11"),
        (THREE, "choices: Swish", "4: choices: expected a list, each item on a line after a dash"),
        ("- ReLU", "-  Swish", "6: the choices A and B are the same"),
        ("- ReLU", "- ", "6: choices: expected text, not nothing"),
        ("- ReLU", "- [a]", "6: choices: expected text, not a"),
        ("- ReLU", "- " + "x" * 301, f"6: choices: 301 characters, at most {LONGEST_CHOICE} are allowed"),
        ("difficulty: easy", "pinned: [E]", "9: pinned E is not among the 3 choices"),
        ("difficulty: easy", "pinned: C\n    partial: true", "10: a question of kind choice has no partial"),
        ("difficulty: easy", "difficulty: brutal", "9: difficulty: expected one of easy, medium, hard, not brutal"),
        ("difficulty: easy", "dificulty: easy", "9: unknown key dificulty; did you mean difficulty?"),
        ("difficulty: easy", "language: fr", "9: language: expected one of zh, en, not fr"),
        ("difficulty: easy", "topic: ''", "9: topic: expected text, not nothing"),
        (
            "kind: choice",
            "kind: guess",
            "2: kind: expected one of choice, several, truth, typed, order, open, not guess",
        ),
        ("Which function gates?", "x" * 1501, f"3: question: 1501 characters, at most {LONGEST_PROMPT} are allowed"),
        ("It is Swish.", "x" * 6001, f"10: explanation: 6001 characters, at most {LONGEST_TEXT} are allowed"),
        ("id: swiglu-gate", "id: SwiGLU gate", "1: id: only a-z, 0-9 and hyphens, at most 64, not SwiGLU gate"),
        ("id: swiglu-gate", "id: " + "x" * 65, "1: id: 65 characters, at most 64 are allowed"),
        ("id: swiglu-gate\n    kind", "kind", "1: id is missing"),
        ("question: Which function gates?", "explanation: x", "1: question is missing"),
        ("activation/glu.md#SwiGLU", "../glu.md", "11: source: expected a file below the notes' folder, not ../glu.md"),
        ("activation/glu.md#SwiGLU", "/etc/x.md", "11: source: expected a file below the notes' folder, not /etc/x.md"),
        ("activation/glu.md#SwiGLU", "C:\\x.md", "11: source: expected a file below the notes' folder, not C:/x.md"),
        ("activation/glu.md#SwiGLU", "'#SwiGLU'", "11: source: SwiGLU is a heading without a file"),
    ],
)
def test_wrong_choice_question_is_told(old, new, told):
    assert old in CHOICE
    assert told in wrong(CHOICE.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[A, B]", "[A, a]", "5: answer names A twice"),
        ("[A, B]", "[A, E]", "5: answer E is not among the 4 choices"),
        ("[A, B]", "[]", "5: a question of kind several needs answer"),
        ("[A, B]", "{a: b}", "5: answer: expected text, not {'a': 'b'}"),
        ("partial: true", "partial: half", "6: partial: expected true or false, not half"),
        ("pinned: [D]", "pinned: [last]", "7: pinned: expected the letter of a choice, such as B, not last"),
        ("pinned: [D]", "tolerance: 1", "7: a question of kind several has no tolerance"),
    ],
)
def test_wrong_question_with_several_answers_is_told(old, new, told):
    assert told in wrong(SEVERAL.replace(old, new, 1))


@pytest.mark.parametrize(
    ("entry", "old", "new", "told"),
    [
        (TRUTH, "answer: true", "answer: maybe", "4: answer: expected true or false, not maybe"),
        (TRUTH, "answer: true", "answer: [true]", "4: answer: expected true or false, not true"),
        (TRUTH, "    answer: true\n", "", "1: a question of kind truth needs answer"),
        (TRUTH, "answer: true", "answer: true\n    choices: [a, b]", "5: a question of kind truth has no choices"),
        (TYPED, "[2.67, 8/3]", "[]", "4: a question of kind typed needs accept"),
        (TYPED, "[2.67, 8/3]", "[GLU]", "5: tolerance is for numbers, and there is none in accept: GLU"),
        (TYPED, "[2.67, 8/3]", str(["x"] * 51), "4: accept has at most 50 forms, not 51"),
        (TYPED, "[2.67, 8/3]", "[2, ~]", "4: accept: expected text, not nothing"),
        (TYPED, "0.01", "-1", "5: tolerance: expected a number that is not negative, not -1"),
        (TYPED, "0.01", "about", "5: tolerance: expected a number that is not negative, not about"),
        (TYPED, "0.01", ".inf", "5: tolerance: expected a number that is not negative, not .inf"),
        (TYPED, "Eight thirds of it.", "[A]", "6: the answer to a question of kind typed is a text, no list"),
        (ORDER, "[chunk, embed, retrieve]", "[chunk]", "4: a question has 2 to 10 choices, not 1"),
        (ORDER, "retrieve", "chunk", "4: the choices A and C are the same"),
        (OPEN, "It selects.", "", "7: a question of kind open needs answer"),
        (OPEN, "[selects, learns]", "[]", "8: an open question has 1 to 10 points, not 0"),
        (
            OPEN,
            "[selects, learns]",
            str([f"p{n}" for n in range(11)]),
            "8: an open question has 1 to 10 points, not 11",
        ),
        (OPEN, "[selects, learns]", "{a: b}", "8: points: expected a list, each item on a line after a dash"),
    ],
)
def test_wrong_question_of_another_kind_is_told(entry, old, new, told):
    assert old in entry
    assert told in wrong(entry.replace(old, new, 1))


def test_everything_wrong_with_one_question_is_told():
    entry = CHOICE.replace("answer: A", "answer: Z").replace("easy", "x").replace("activation/glu.md#SwiGLU", "../x")
    assert [told.split(":")[0] for told in wrong(entry)] == ["8", "9", "11"]


def test_what_depends_on_a_wrong_part_is_not_told_as_well():
    assert wrong(CHOICE.replace(THREE, "choices: {a: b}")) == [
        "4: choices: expected a list, each item on a line after a dash"
    ]


def test_what_was_written_is_shown_cut():
    assert max(map(len, wrong(CHOICE.replace("answer: A", "answer: " + "A" * 5_000)))) < 200


def test_html_and_mentions_are_texts_like_others():
    assert wrong(CHOICE.replace("Which function gates?", "'@everyone <script>alert(1)</script> <@1>'")) == []
