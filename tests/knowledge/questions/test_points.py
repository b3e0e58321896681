"""Key points are what a written answer lists and says, short enough to tick."""

from __future__ import annotations

import pytest

from knowledge.questions import points
from knowledge.questions.model import MOST_POINTS


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("自注意力并行计算。不依赖时间步。", ["自注意力并行计算", "不依赖时间步"]),
        ("It learns fast. It forgets; slowly.", ["It learns fast", "It forgets", "slowly"]),
        ("- first part；\n- **second** part\n", ["first part", "second part"]),
        ("1. 数据准备 → 清洗；  \n2. 训练模型；", ["数据准备 → 清洗", "训练模型"]),
        ("分三步排查：\n\n1. 检查数据\n2. 检查模型", ["检查数据", "检查模型"]),
        ("1. 检查数据。  \n这样才可靠。", ["检查数据", "这样才可靠"]),
        ("- a long item that\n  goes on here\n- another one", ["a long item that goes on here", "another one"]),
        ("中文的一行被\n折成了两行。", ["中文的一行被折成了两行"]),
        ("Use $p = 0.5. x$ here. Then `a. b` too.", ["Use $p = 0.5. x$ here", "Then a. b too"]),
        ("效果更好（e.g. 更快）。详见[另一篇](x.md)。", ["效果更好（e.g. 更快）"]),
        ("See [the note](x.md) for more. Gates help training.", ["Gates help training"]),
        ("Same point.\n\nSame point.", ["Same point"]),
        ("Version 3.5 is out", ["Version 3.5 is out"]),
    ],
)
def test_items_and_sentences_are_points(answer, expected):
    assert list(points.of(answer)) == expected


def test_text_around_code_formulas_and_tables_gives_the_points():
    answer = (
        "先减去最大值。\n\n```python\nx = max(z)\n```\n\n$$\nx = 1\n$$\n\n| a | b |\n|---|---|\n| c | d |\n\n结果不变。"
    )
    assert points.of(answer) == ("先减去最大值", "结果不变")


def test_answer_of_code_alone_gives_its_statements():
    answer = "```python\n# why\n@app.route('/x')\ndef run():\n    return model.generate(prompt)\n"
    assert points.of(answer) == ("@app.route('/x')", "def run():", "return model.generate(prompt)")


def test_there_are_no_more_points_than_checkboxes():
    assert len(points.of("\n".join(f"- point number {n}" for n in range(50)))) == MOST_POINTS


@pytest.mark.parametrize("answer", ["word " * 60, "一二三四五，" * 40, "x" * 500, "，" * 500 + "abcd"])
def test_long_point_is_cut_to_what_a_checkbox_holds(answer):
    for point in points.of(answer):
        assert len(point) <= points.LONGEST
        assert point.endswith("…")


def test_long_point_is_cut_at_the_end_of_a_clause():
    assert points.of("一二三四五六七八九十" * 6 + "，" + "甲" * 60)[0] == "一二三四五六七八九十" * 6 + "…"


@pytest.mark.parametrize("answer", ["", "  \n", "。。。", "abc"])
def test_answer_without_words_gives_none(answer):
    assert points.of(answer) == ()
