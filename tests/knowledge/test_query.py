"""Reading a question: its language, its spans, and that hostile ones are simply read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.query import MAX_SPANS, Query
from knowledge.spans import Alternative

ANY_TEXT = st.text(st.characters(exclude_categories=()))


def names(query: Query) -> list[str]:
    return [span.text for span in query.spans]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("swiglu", ["swiglu"]),
        ("什么是激活函数", ["激活函数"]),
        ("what is the activation function", ["activation function"]),
        ("激活函数 LayerNorm 决策树", ["激活函数", "LayerNorm", "决策树"]),
        ("为什么用LayerNorm而不是GELU", ["LayerNorm", "GELU"]),
    ],
)
def test_question_is_cut_into_what_it_names_in_its_order(notes_reader, asked, expected):
    assert names(notes_reader.read(asked)) == expected


@pytest.mark.parametrize("asked", ["是什么", "what is it", "怎么", "the", "how do I", "的", "为什么呢"])
def test_question_words_alone_are_looked_for_after_all(notes_reader, asked):
    assert notes_reader.read(asked).spans


@pytest.mark.parametrize(
    "asked", ["", " ", "\n", "😀", "👨‍👩‍👧‍👦🇨🇳", "？！。", "<@123456>", "***", "https://example.org"]
)
def test_there_may_be_nothing_to_look_for(notes_reader, asked):
    assert notes_reader.read(asked).spans == ()


def test_text_is_as_asked_but_cleaned(notes_reader):
    assert notes_reader.read(" 決策樹\0 <@1> ").text == "決策樹"


def test_mentions_and_controls_do_not_change_what_is_looked_for(notes_reader):
    assert names(notes_reader.read("<@42> swi\u202eglu, 决策树\x07")) == names(notes_reader.read("swi glu, 决策树"))


@pytest.mark.parametrize("asked", ["**SwiGLU**", "`SwiGLU`", "# SwiGLU", "> ~~SwiGLU~~", "||SwiGLU||", "- SwiGLU?"])
def test_markdown_around_a_word_does_not_count(notes_reader, asked):
    assert notes_reader.read(asked).spans == notes_reader.read("SwiGLU").spans


@pytest.mark.parametrize("asked", ["决策树", "決策樹", "决策树？", " 决策树\n"])
def test_spellings_of_a_name_are_read_alike(notes_reader, asked):
    assert notes_reader.read(asked).spans == notes_reader.read("决策树").spans


def test_full_width_letters_are_read_as_letters(notes_reader):
    assert names(notes_reader.read("ＳｗｉＧＬＵ")) == ["SwiGLU"]


@pytest.mark.parametrize(("asked", "language"), [("swiglu", "en"), ("SwiGLU 是什么", "zh")])
def test_language_is_that_of_the_question(notes_reader, asked, language):
    assert notes_reader.read(asked).language == language


def test_language_may_be_asked_for(notes_reader):
    assert notes_reader.read("swiglu", "zh").language == "zh"


@pytest.mark.parametrize("asked", ["什么是 Layer-Norm?", "layernorms", "LayerNorm 是什么", "ＬａｙｅｒＮｏｒｍ"])
def test_question_has_the_key_of_the_heading_that_says_just_this(notes_reader, asked):
    assert notes_reader.read(asked).key == "layernorm"


def test_single_character_is_read_as_the_beginning_of_a_word(notes_reader):
    [span] = notes_reader.read("注").spans
    assert span.alternatives[0] == Alternative(("注",))
    assert ("注意力",) in [one.terms for one in span.alternatives]
    assert all(one.weight < 1 for one in span.alternatives[1:])


def test_single_letter_is_read_as_the_beginning_of_a_word(notes_reader):
    [span] = notes_reader.read("L").spans
    terms = [one.terms[0] for one in span.alternatives]
    assert terms[0] == "l"
    assert "layernorm" in terms
    assert all(term.startswith("l") for term in terms)


def test_single_character_with_a_mark_is_still_single(notes_reader):
    assert notes_reader.read("注？").spans == notes_reader.read("注").spans


def test_latin_and_chinese_written_together_are_told_apart(notes_reader):
    assert names(notes_reader.read("SwiGLU激活函数GELU")) == ["SwiGLU", "激活函数", "GELU"]


@pytest.mark.parametrize("word", ["激活函数", "swiglu ", "x", "决", "的", "a ", "归一话", "jihuo", "<@", "的a"])
def test_long_question_has_a_bounded_number_of_spans(notes_reader, word):
    query = notes_reader.read(word * 4_000)
    assert 0 <= len(query.spans) <= MAX_SPANS
    assert all(span.alternatives for span in query.spans)


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT)
def test_any_text_is_read(notes_reader, text):
    for span in notes_reader.read(text).spans:
        assert span.alternatives
        assert all(one.terms and all(one.terms) and 0 < one.weight <= 1 for one in span.alternatives)


@settings(max_examples=150, deadline=None)
@given(st.text("激活函树决策归一话注的是什么swiglueakRN-_+# 12?，", max_size=60))
def test_any_mixed_question_is_read_the_same_twice(notes_reader, text):
    assert notes_reader.read(text) == notes_reader.read(text)
