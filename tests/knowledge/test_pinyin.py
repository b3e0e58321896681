"""Chinese names by whole pinyin, by initials, and several of them written together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.pinyin import PinyinNames, syllables

NAMES = PinyinNames(("激活函数", "决策树", "剪枝", "树", "集合函数", "梯度", "绿灯", "LoRA微调", "决策树"))


def test_syllables_have_neither_tone_nor_case():
    assert syllables("激活函数") == ("ji", "huo", "han", "shu")


def test_umlaut_is_typed_as_v():
    assert syllables("绿") == ("lv",)


def test_latin_letters_stay():
    assert "".join(syllables("LoRA函数")) == "lorahanshu"


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("微调", "weitiao"),
        ("调参", "tiaocan"),
        ("重排序", "chongpaixu"),
        ("重参数化", "chongcanshuhua"),
        ("权重", "quanzhong"),
    ],
)
def test_words_of_the_field_are_spelled_as_they_are_spoken(name, spelled):
    assert "".join(syllables(name)) == spelled


def test_name_is_found_by_its_whole_pinyin():
    assert NAMES.spelled("jihuohanshu") == ("激活函数",)
    assert NAMES.spelled("lvdeng") == ("绿灯",)


def test_half_a_pinyin_finds_nothing():
    assert NAMES.spelled("jihuohansh") == ()
    assert NAMES.spelled("") == ()


def test_names_are_found_by_their_initials_the_most_important_first():
    assert NAMES.abbreviated("jhhs") == ("激活函数", "集合函数")


@pytest.mark.parametrize("letters", ["td", "s", ""])
def test_two_letters_are_no_initials(letters):
    assert NAMES.abbreviated(letters) == ()


def test_names_written_together_are_told_apart():
    assert NAMES.split("jueceshujianzhi") == ("决策树", "剪枝")


def test_each_part_is_the_longest_there_is():
    names = PinyinNames(("决策", "决策树", "树木"))
    assert names.split("jueceshu") == ("决策树",)


@pytest.mark.parametrize("letters", ["jueceshux", "xjueceshu", "swiglu", "", "jueceshujian"])
def test_letters_left_over_mean_no_pinyin(letters):
    assert NAMES.split(letters) == ()


def test_single_syllables_are_no_parts():
    assert NAMES.split("shushu") == ()


def test_no_names_find_nothing():
    empty = PinyinNames(())
    assert (empty.spelled("a"), empty.abbreviated("abc"), empty.split("abcd")) == ((), (), ())


@given(st.text("jihuoansceltdgzx", max_size=40))
def test_split_names_always_spell_the_letters(letters):
    found = NAMES.split(letters)
    assert not found or "".join("".join(syllables(name)) for name in found) == letters


@given(st.text(max_size=20))
def test_any_text_has_syllables(text):
    assert bool(syllables(text)) is bool(text)


def test_long_nonsense_is_read_to_its_end():
    assert NAMES.split("jueceshu" * 5_000 + "x") == ()
