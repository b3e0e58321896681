"""Other people's lists and tables become questions, or a list of what is wrong with them."""

from __future__ import annotations

import pytest

from knowledge.questions import imports
from knowledge.questions.marking import mark
from knowledge.questions.model import FALSE, Difficulty, Kind, Question
from tests.knowledge.questions.yaml_files import ALL, read

TRIVIA = """\
AUTHOR: somebody
CONFIG:
  bot_plays: true
What gates the value in SwiGLU?:
- Swish
- silu
"How much is 2 + 2?":
- 4
- four
? What does
  GLU stand for?
: gated linear unit
"""
TABLE = """\
kind,question,A,B,C,answer,explanation,difficulty
choice,Which gates?,ReLU,Swish,GELU,B,"It is Swish,
always.",hard
,What is GLU?,,,,GLU|gated linear unit,,
"""
CHINESE = "题型,题目,选项A,选项B,选项C,答案,解析,难度,主题\n单选,哪个做门控？,ReLU,Swish,GELU,B,就是它,困难,激活函数\n"


def imported(text: str | bytes, file: str = "list.csv") -> tuple[Question, ...]:
    gathered = imports.read(text if isinstance(text, bytes) else text.encode(), file)
    assert gathered.problems == ()
    return gathered.questions


def problems(text: str, file: str = "list.csv") -> list[str]:
    gathered = imports.read(text.encode(), file)
    assert gathered.questions == ()
    return [str(problem).removeprefix(f"{file}:") for problem in gathered.problems]


# Trivia lists


def test_trivia_list_gives_typed_questions():
    gates, sum_, glu = imported(TRIVIA, "deep_learning.yaml")
    assert (gates.kind, gates.prompt, gates.accepted) == (
        Kind.TYPED,
        "What gates the value in SwiGLU?",
        ("Swish", "silu"),
    )
    assert (gates.topic, gates.language, gates.lines) == ("deep learning", "en", (4, 6))
    assert mark(sum_, "4.0").right
    assert (glu.prompt, glu.accepted) == ("What does GLU stand for?", ("gated linear unit",))


def test_trivia_in_chinese_is_in_chinese():
    assert imported("什么是门控？:\n- 相乘\n", "a.yaml")[0].language == "zh"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Why?:\n- a\nHow?: []\n", ["3: a question of kind typed needs accept"]),
        ("Why?:\n- a\n- [b]\n", ["3: accept: expected text, not b"]),
        ("Why?:\n- a\n- \n", ["3: accept: expected text, not nothing"]),
        ("Why?:\n- a\nWhy?:\n- b\n", ["3: the key Why? is given twice"]),
        ("Why?: {a: b}\n", ["1: accept: expected a list, each item on a line after a dash"]),
        ("'': [a]\n", ["1: question: expected text, not nothing"]),
        ("- a\n- b\n", ["1: expected lines of the form key: value"]),
        ("Why?: *a\n", ["1: references (*a) are not allowed here; write the value out"]),
    ],
)
def test_wrong_trivia_list_is_told_by_line(text, told):
    assert problems(text, "a.yaml") == told


def test_question_file_is_read_as_one():
    assert imported(ALL, "x.yaml") == read(ALL, "x.yaml")


# Tables


def test_table_gives_questions_of_their_kinds():
    choice, typed = imported(TABLE)
    assert (choice.kind, choice.choices, choice.right) == (Kind.CHOICE, ("ReLU", "Swish", "GELU"), (1,))
    assert (choice.explanation, choice.difficulty, choice.lines) == ("It is Swish,\nalways.", Difficulty.HARD, (2, 3))
    assert (typed.kind, typed.accepted, typed.topic) == (Kind.TYPED, ("GLU", "gated linear unit"), "list")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_chinese_table_is_read_in_any_encoding(encoding):
    question = imported(CHINESE.encode(encoding))[0]
    assert (question.kind, question.prompt, question.right) == (Kind.CHOICE, "哪个做门控？", (1,))
    assert (question.difficulty, question.topic, question.language) == (Difficulty.HARD, "激活函数", "zh")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_cells_may_be_parted_otherwise(delimiter):
    assert imported(CHINESE.replace(",", delimiter))[0].choices == ("ReLU", "Swish", "GELU")


def test_line_ends_of_any_system_are_read():
    assert imported(CHINESE.replace("\n", "\r\n"))[0].choices == imported(CHINESE)[0].choices


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (",Which?,a,b,,B", Kind.CHOICE),
        (",Which?,a,b,,b", Kind.CHOICE),
        (",Which?,a,b,c,AC", Kind.SEVERAL),
        (',Which?,a,b,c,"A, C"', Kind.SEVERAL),
        (",In order?,a,b,c,", Kind.ORDER),
        (",True?,,,,false", Kind.TRUTH),
        (",对吗？,,,,错", Kind.TRUTH),
        (",How much?,,,,42", Kind.TYPED),
        ("open,Why?,,,,It is so. And so.", Kind.OPEN),
        ("问答题,Why?,,,,It is so. And so.", Kind.OPEN),
    ],
)
def test_kind_follows_from_what_the_row_holds(row, kind):
    assert imported(f"kind,question,A,B,C,answer\n{row}\n")[0].kind is kind


def test_answer_may_be_the_words_of_a_choice():
    assert imported("question,A,B,answer\nWhich?,Swish,ReLU,ReLU\n")[0].right == (1,)


def test_wrong_in_chinese_is_false():
    assert imported("question,answer\n对吗？,错误\n")[0].right == (FALSE,)


def test_open_answer_gives_its_key_points_unless_they_are_given():
    header = "kind,question,answer,points\n"
    assert imported(header + "open,Why?,It learns. It forgets.,\n")[0].points == ("It learns", "It forgets")
    assert imported(header + 'open,Why?,It learns.,"one\ntwo"\n')[0].points == ("one", "two")


def test_choices_may_stand_in_one_cell():
    assert imported("question,choices,answer\nWhich?,Swish | ReLU,A\n")[0].choices == ("Swish", "ReLU")


def test_blank_rows_and_columns_do_not_count():
    assert len(imported("question,answer,\n,,\nWhy?,GLU,\n\n")) == 1


def test_import_again_keeps_the_ids_though_answers_change():
    before, after = imported(TABLE), imported(TABLE.replace("GELU,B", "Mish,B").replace("GLU|gated", "GLU|a gated"))
    assert [question.id for question in before] == [question.id for question in after]


def test_id_of_a_row_is_its_own():
    first = imported("id,question,answer\nq-one,Why?,GLU\n")[0]
    assert first.id == imported("id,question,answer\nq-one,How?,LoRA\n")[0].id


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("question,A,B,answer\nWhich?,a,b,C\n", ["2: answer C is not among the 2 choices"]),
        ("question,A,B,answer\n\nWhich?,a,,A\n", ["3: a question has 2 to 10 choices, not 1"]),
        ("question,A,B,C,answer\nWhich?,a,,c,A\n", ["2: choices: expected text, not nothing"]),
        ("question,answer\nWhy?,\n", ["2: a question of kind typed needs accept"]),
        ("question,answer\n,GLU\n", ["2: question is missing"]),
        ("id,question,answer\nA B,Why?,GLU\n", ["2: id: only a-z, 0-9 and hyphens, at most 64, not A B"]),
        ("question,answer\nWhy?,a\nWhy?,b\n", None),
        ("Why?,GLU\n", None),
        ("question,colour\nWhy?,red\n", None),
        ("question,answer,Answer\nWhy?,a,b\n", ["1: the column Answer is there twice"]),
        ('question,answer\n"Why?,GLU\n', ["2: not a CSV table: unexpected end of data"]),
        ("", [" the table is empty"]),
        ("\n\n", [" the table is empty"]),
    ],
)
def test_wrong_table_is_told_by_line(text, told):
    found = problems(text)
    assert found == told if told is not None else found


def test_same_question_twice_is_told_with_the_line_of_the_first():
    assert problems("question,answer\nWhy?,a\nWhy?,b\n")[0].endswith("is used twice; first in line 2")


def test_unknown_columns_are_named_with_those_that_are_known():
    assert problems("question,colour,answer\nWhy?,red,GLU\n")[0].startswith(
        "1: unknown column colour; known are id, language"
    )


def test_table_without_a_header_is_told_what_it_lacks():
    assert "1: the first line must name the columns, one of them question" in problems("Why?,GLU\n")


def test_huge_cell_is_refused():
    assert "field larger than field limit" in problems("question,answer\nWhy?," + "x" * 200_000 + "\n")[0]


def test_many_rows_are_refused():
    found = problems("question,answer\n" + "".join(f"Why {n}?,GLU\n" for n in range(3_000)))
    assert found[0].endswith("at most 2000 are allowed in a file")


def test_file_that_is_no_text_is_refused():
    assert "This is not a text file" in str(imports.read(b"\0\1\2", "a.csv").problems[0])
