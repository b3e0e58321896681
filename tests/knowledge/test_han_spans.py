"""Chinese runs of a question: names first, the longest there is, then slips, then words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.query import QueryReader
from knowledge.spans import Span
from tests.knowledge.material import reader


def spans(notes_reader: QueryReader, asked: str) -> list[str]:
    return [span.text for span in notes_reader.read(asked).spans]


def best(notes_reader: QueryReader, asked: str) -> Span:
    [span] = notes_reader.read(asked).spans
    return span


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("激活函数", ["激活函数"]),
        ("激活函数决策树", ["激活函数", "决策树"]),
        ("层归一化", ["层归一化"]),
        ("剪枝激活函数", ["剪枝", "激活函数"]),
        ("决策树的剪枝", ["决策树", "剪枝"]),
    ],
)
def test_names_are_taken_whole_and_the_longest_first(notes_reader, asked, expected):
    assert spans(notes_reader, asked) == expected


def test_rest_between_names_is_cut_into_words(notes_reader):
    assert spans(notes_reader, "激活函数影响梯度决策树") == ["激活函数", "影响", "梯度", "决策树"]


def test_stop_characters_between_names_are_not_looked_for(notes_reader):
    assert "的" not in spans(notes_reader, "决策树的激活函数的缺点")


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("归一话", "归一化"), ("激活涵数", "激活函数"), ("决策数", "决策树"), ("注意力机治", "注意力机制")],
)
def test_another_character_of_the_same_sound_is_understood(notes_reader, slip, meant):
    assert spans(notes_reader, slip) == [meant]


@pytest.mark.parametrize(
    ("slip", "meant"), [("激活图数", "激活函数"), ("注意力积制", "注意力机制"), ("主意力机制", "注意力机制")]
)
def test_one_wrong_character_is_understood(notes_reader, slip, meant):
    assert spans(notes_reader, slip) == [meant]


def test_correction_is_doubted_and_a_wrong_character_more_than_the_same_sound(notes_reader):
    right, sound, wrong = (best(notes_reader, asked) for asked in ("激活函数", "激活涵数", "激活图数"))
    weights = [span.alternatives[0].weight for span in (right, sound, wrong)]
    assert weights[0] > weights[1] > weights[2] > 0


def test_slip_inside_a_question_is_understood(notes_reader):
    assert "决策树" in spans(notes_reader, "请问决策数怎么剪枝")


def test_correction_keeps_what_stands_around_it(notes_reader):
    assert spans(notes_reader, "剪枝决策数梯度") == ["剪枝", "决策树", "梯度"]


@pytest.mark.parametrize("asked", ["梯度下降", "学习", "词表", "注意力"])
def test_words_that_the_notes_have_are_not_corrected(notes_reader, asked):
    assert "".join(spans(notes_reader, asked)) == asked


@pytest.mark.parametrize("asked", ["红烧", "天气", "你好"])
def test_short_words_of_the_dictionary_are_not_corrected(notes_reader, asked):
    assert "".join(spans(notes_reader, asked)) == asked


def test_traditional_names_are_names(notes_reader):
    assert spans(notes_reader, "決策樹與激勵函數") == ["决策树", "激励函数"]


def test_without_notes_names_of_the_glossary_are_still_known(analyzer):
    assert spans(reader(analyzer, ()), "激活函数") == ["激活函数"]
    assert spans(reader(analyzer, ()), "激活涵数") == ["激活函数"]


@settings(max_examples=150, deadline=None)
@given(st.text("激活函数涵决策树数归一化话注意力的是剪枝", min_size=2, max_size=40))
def test_spans_never_add_characters(notes_reader, asked):
    assert sum(map(len, spans(notes_reader, asked))) <= len(asked)


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=300))
def test_any_run_is_cut(notes_reader, asked):
    assert all(text for text in spans(notes_reader, asked))
