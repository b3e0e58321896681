"""What is dropped from a question before it is looked for, and what never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asked import MAX_QUERY, STOP_EN, STOP_ZH, clean, is_name, language_of, without_question_words

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    "mark",
    ["<@123456>", "<@!123456>", "<@&123456>", "<#123456>", "<:gelu:123456>", "<a:party:123456>", "<t:1700000000:R>"],
    ids=["member", "nickname", "role", "channel", "emoji", "animated", "time"],
)
def test_marks_of_the_chat_are_dropped(mark):
    assert clean(f"what is {mark} swiglu") == "what is swiglu"


@pytest.mark.parametrize("text", ["a < b", "List<int>", "x<3", "<think>", "@everyone", "C# <-> C++"])
def test_what_only_looks_like_a_mark_is_kept(text):
    assert clean(text) == text


def test_addresses_are_dropped():
    assert clean("see https://example.org/a?b=c for lora") == "see for lora"


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x9f", "\u200b", "\u202e", "\u2066", "\ufeff"])
def test_control_characters_are_blanks(character):
    assert clean(f"swiglu{character}gelu") == "swiglu gelu"


def test_question_of_several_lines_becomes_one():
    assert clean("  what\n\tis\r\n  lora  ") == "what is lora"


def test_long_question_is_cut_not_refused():
    assert clean("激" * 4_000) == "激" * MAX_QUERY


def test_long_marks_before_the_question_do_not_hide_it():
    assert clean("<@123456789012345678> " * 100 + "lora") == "lora"


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\0\0", "<@1>", "\u200b", "\ud800"])
def test_nothing_remains_of_nothing(text):
    assert clean(text) == ""


@given(ANY_TEXT)
def test_cleaned_text_is_one_short_printable_line(text):
    cleaned = clean(text)
    assert len(cleaned) <= MAX_QUERY
    assert cleaned == cleaned.strip()
    assert not {"\n", "\r", "\0", "\x1b"} & set(cleaned)
    cleaned.encode()


@pytest.mark.parametrize("piece", ["<", "<@", "<:a", "</a ", "https://", "<a:"])
def test_openings_without_an_end_are_read_to_the_end(piece):
    assert len(clean(piece * 100_000)) <= MAX_QUERY


@pytest.mark.parametrize(
    ("text", "language"), [("what is lora", "en"), ("LoRA 是什么", "zh"), ("什麼是", "zh"), ("", "en"), ("😀", "en")]
)
def test_one_chinese_character_makes_a_question_chinese(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("什么是激活函数", "激活函数"),
        ("激活函数是什么意思", "激活函数"),
        ("请问如何选择学习率", "选择学习率"),
        ("介绍一下决策树", "决策树"),
        ("分词器有哪几种", "分词器"),
        ("解释一下GLU", "GLU"),
    ],
)
def test_question_phrases_are_dropped(question, subject):
    assert "".join(without_question_words(question).split()) == subject


@pytest.mark.parametrize("question", ["是什么", "为什么", "怎么样？", "请问", "什么", ""])
def test_never_all_of_a_question_is_dropped(question):
    assert without_question_words(question) == question


@pytest.mark.parametrize("word", ["可解释性", "解释器", "请求头", "模型可解释性", "一般化", "申请"])
def test_words_that_hold_a_question_phrase_are_kept_whole(word):
    assert without_question_words(word) == word
    assert without_question_words(f"什么是{word}").split() == [word]


def test_dropped_phrase_leaves_a_gap_so_that_its_neighbours_do_not_join():
    assert without_question_words("激活什么函数").split() == ["激活", "函数"]


def test_latin_words_are_left_to_the_stop_words():
    assert without_question_words("what is lora") == "what is lora"


@given(ANY_TEXT)
def test_what_remains_has_letters_if_the_question_had(text):
    rest = without_question_words(text)
    assert any(map(str.isalnum, rest)) == any(map(str.isalnum, text))


def test_stop_words_are_single_characters_or_lower_case_words():
    assert all(len(word) == 1 for word in STOP_ZH)
    assert all(word == word.casefold() and word.isalpha() for word in STOP_EN)


@pytest.mark.parametrize("text", ["swiglu", " GPT-4 ", "system prompt", "bag of words", "C++", "LoRA vs QLoRA"])
def test_name_in_latin_letters_tells_no_language(text):
    assert is_name(text)


@pytest.mark.parametrize(
    "text", ["what is swiglu", "swiglu是什么", "How?", "explain LoRA", "a b c d e f", "why layer norm", "激活函数"]
)
def test_question_tells_its_language(text):
    assert not is_name(text)
