"""Slips: which known word a misspelt one was meant to be, and which words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.spelling import Correction, HanSpelling, LatinSpelling

COUNTS = {"swiglu": 5, "geglu": 3, "softmax": 9, "tokenizer": 4, "tokenizers": 1, "norm": 7, "form": 2, "bert": 6}
LATIN = LatinSpelling(COUNTS, COUNTS.__getitem__)
HAN = HanSpelling(("归一化", "激活函数", "决策树", "注意力机制", "梯度", "归依化", "一" * 12))


def words(text: str) -> list[str]:
    return [correction.word for correction in LATIN.corrections(text)]


@pytest.mark.parametrize(
    ("slip", "word"),
    [("swigul", "swiglu"), ("swglu", "swiglu"), ("swigglu", "swiglu"), ("swiglo", "swiglu"), ("sfotmax", "softmax")],
    ids=["swapped", "left out", "doubled", "changed", "swapped inside"],
)
def test_one_slip_is_corrected(slip, word):
    assert LATIN.corrections(slip)[0] == Correction(word, 1)


def test_two_slips_are_corrected_in_long_words_only():
    assert LATIN.corrections("tokenisor")[0] == Correction("tokenizer", 2)
    assert words("swgul") == []


def test_word_with_another_ending_is_a_relative_the_more_frequent_first():
    counts = {"normalize": 2, "normalization": 5, "normal": 9, "norm": 3, "tokenizer": 1}
    found = LatinSpelling(counts, counts.__getitem__).relatives("normalized")
    assert found.index("normalization") < found.index("normalize")
    assert not {"norm", "tokenizer", "normalized"} & set(found)


@pytest.mark.parametrize("word", ["", "ed", "norm", "归一化", "2024"])
def test_short_or_other_words_have_no_relatives_of_chance(word):
    assert all(known.startswith(word) for known in LATIN.relatives(word))


def test_nearest_word_comes_first_then_the_more_frequent():
    found = LATIN.corrections("tokenizar")
    assert [one.word for one in found] == ["tokenizer", "tokenizers"]
    assert [one.distance for one in found] == [1, 2]


def test_of_equally_near_words_the_more_frequent_is_meant():
    spelling = LatinSpelling({"grad": 1, "gram": 8}, {"grad": 1, "gram": 8}.__getitem__)
    assert [one.word for one in spelling.corrections("graz")] == ["gram", "grad"]


@pytest.mark.parametrize("word", ["", "a", "ber", "nrm"])
def test_short_words_are_left_alone(word):
    assert words(word) == []


@pytest.mark.parametrize("word", ["2024", "gpt4", "3.14", "top-p", "c++"])
def test_numbers_and_marks_are_left_alone(word):
    assert words(word) == []


def test_first_letter_is_taken_as_meant():
    assert words("zoftmax") == []


def test_at_most_three_words_are_meant():
    many = {f"grad{letter}": 1 for letter in "abcdefg"}
    assert len(LatinSpelling(many, many.__getitem__).corrections("gradz")) == 3


def test_numbers_are_never_what_was_meant():
    assert LatinSpelling({"gpt4": 1, "v100": 1}, lambda _: 1).corrections("gptt") == ()


@given(st.text(max_size=30))
def test_any_word_may_be_asked_about(text):
    assert all(one.word in COUNTS and one.distance <= 2 for one in LATIN.corrections(text))


def test_another_character_of_the_same_sound_is_corrected():
    assert HAN.correction("归一话") == Correction("归一化", 0)


def test_of_names_that_sound_alike_the_more_important_is_meant():
    assert HAN.correction("归亿化") == Correction("归一化", 0)


def test_one_wrong_character_is_corrected():
    assert HAN.correction("激活图数") == Correction("激活函数", 1)
    assert HAN.correction("注意强机制") == Correction("注意力机制", 1)


def test_same_sound_wins_over_one_wrong_character():
    spelling = HanSpelling(("归一化", "归一画"))
    assert spelling.correction("归一话").distance == 0


def test_names_of_two_characters_are_corrected_by_sound_alone():
    assert HAN.correction("提度") == Correction("梯度", 0)
    assert HAN.correction("坡度") is None


@pytest.mark.parametrize("text", ["", "树", "归", "一" * 11])
def test_too_short_or_too_long_a_text_is_left_alone(text):
    assert HAN.correction(text) is None


@pytest.mark.parametrize("text", ["归一化", "激活函数", "决策树"])
def test_a_known_name_is_never_corrected_into_itself(text):
    assert HanSpelling(("归一化", "激活函数", "决策树")).correction(text) is None


def test_two_wrong_characters_are_too_many():
    assert HAN.correction("决定林") is None


def test_without_names_nothing_is_corrected():
    assert HanSpelling(()).correction("归一话") is None
    assert LatinSpelling((), lambda _: 0).corrections("swigul") == ()


@given(st.text("归一化激活函数决策树梯度话术", max_size=12))
def test_correction_has_as_many_characters_as_the_text(text):
    found = HAN.correction(text)
    assert found is None or len(found.word) == len(text)
