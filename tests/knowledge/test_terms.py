"""The terms of a section, field by field, and their way to disk and back."""

from __future__ import annotations

import dataclasses

import pytest

from knowledge.model import BlockKind, Picture, Section
from knowledge.terms import SectionTerms, from_rows, rows
from tests.knowledge.material import block, note, section

WIDTH = len(dataclasses.fields(SectionTerms))


def only(analyzer, one: Section, **about) -> SectionTerms:
    return analyzer.of_note(note(one.file, [one], **about))[0]


def test_each_field_holds_its_own_words(analyzer):
    found = only(analyzer, section("Attention", "RoPE", text="uses **YaRN** too", file="positions/rotary.md"))
    assert found.heading.split() == ["rope"]
    assert found.ancestors.split() == ["attention"]
    assert found.name.split() == ["rotary", "position"]
    assert found.bold.split()[0] == "yarn"
    assert {"use", "yarn", "too"} <= set(found.body.split())


def test_identifier_beside_other_words_of_a_heading_is_one_word_of_it_and_its_parts_are_of_the_text(analyzer):
    found = only(analyzer, section("Dropout (lora_dropout)", text="against overfitting"))
    assert found.heading.split() == ["dropout", "loradropout"]
    assert found.body.split() == ["against", "overfitting", "loradropout", "lora", "dropout"]


@pytest.mark.parametrize("heading", ["learning_rate", "3. learning_rate", "`learning_rate`"])
def test_identifier_that_is_the_heading_is_known_by_its_parts(analyzer, heading):
    found = only(analyzer, section(heading, text="small"))
    assert found.heading.split()[-3:] == ["learningrate", "learning", "rate"]
    assert found.body == "small"


def test_words_keep_their_repetitions(analyzer):
    assert only(analyzer, section("A", text="gelu relu gelu")).body.split() == ["gelu", "relu", "gelu"]


def test_trivial_words_are_left_out_of_chinese(analyzer):
    assert analyzer.terms("决策树的剪枝") == [word for word in analyzer.terms("决策树 剪枝") if word != "的"]
    assert analyzer.terms("的了是") == []


def test_latin_terms_stand_before_the_chinese_ones(analyzer):
    assert analyzer.terms("激活函数 GELU")[0] == "gelu"


def test_traditional_notes_are_found_by_simplified_words(analyzer):
    assert analyzer.terms("決策樹") == analyzer.terms("决策树")


def test_text_of_an_overview_is_not_counted(analyzer):
    found = only(analyzer, section("树", text="gini impurity", overview=True))
    assert (found.body, found.heading) == ("", "树")


@pytest.mark.parametrize(
    "name", ["rope_cn.md", "rope_en.md", "rope-zh.md", "rope.zh-CN.md", "rope_EN.md", "rope (English).md", "ropeCn.md"]
)
def test_language_mark_of_a_file_name_is_no_word(analyzer, name):
    found = only(analyzer, section("A", file=name))
    assert "rope" in found.name.split()
    assert not {"cn", "en", "zh"} & set(found.name.split())


@pytest.mark.parametrize("name", ["token.md", "pen.md", "screen.md"])
def test_word_that_only_ends_like_a_mark_stays(analyzer, name):
    assert only(analyzer, section("A", file=name)).name == name.removesuffix(".md")


def test_aliases_tags_and_the_folder_name_a_note(analyzer):
    found = only(analyzer, section("A", file="norm/x.md"), aliases=("batch norm",), tags=("training",))
    assert {"norm", "batch", "training"} <= set(found.name.split())


def test_picture_is_found_by_its_words_and_its_file_name(analyzer):
    picture = block("![curve](images/swiglu.jpg)", BlockKind.IMAGE, picture=Picture("images/swiglu.jpg", "curve"))
    one = Section("0" * 16, "a.md", ("A",), 1, (1, 2), (picture,), "en")
    assert set(only(analyzer, one).body.split()) == {"curve", "swiglu"}


def test_characters_that_the_dictionary_leaves_alone_are_found_as_pairs_too(analyzer):
    assert set(analyzer.terms("龘鿿")) == {"龘", "鿿", "龘鿿"}


@pytest.mark.parametrize("text", ["龘RAG鿿", "龘，鿿", "龘 鿿", "龘\n鿿", "龘的鿿", "龘激活鿿"])
def test_pairs_never_cross_what_stands_between_two_characters(analyzer, text):
    assert {"龘", "鿿"} <= set(analyzer.terms(text))
    assert not {"龘鿿", "龘的", "的鿿", "龘R", "G鿿"} & set(analyzer.terms(text))


@pytest.mark.parametrize("text", ["激活函数 LoRA，微调\nC++ 😀", "大模型RAG检索", "归 一 化", "的\n了"])
def test_terms_hold_neither_blanks_nor_line_feeds(analyzer, text):
    assert all(term and not any(character.isspace() for character in term) for term in analyzer.terms(text))


def test_sections_come_in_their_order(analyzer):
    found = analyzer.of_note(note("a.md", [section("GELU"), section("ReLU")]))
    assert [one.heading for one in found] == ["gelu", "relu"]


def test_note_without_sections_has_no_terms(analyzer):
    assert analyzer.of_note(note("a.md")) == ()


def test_the_same_note_always_gives_the_same_terms(analyzer):
    one = section("激活函数", text="**SwiGLU** 是门控线性单元的一种")
    assert only(analyzer, one) == only(analyzer, one)


def test_rows_come_back_as_they_were(analyzer):
    terms = analyzer.of_note(note("a.md", [section("激活函数", text="GELU"), section("空")]))
    assert from_rows(rows(terms)) == terms


@pytest.mark.parametrize(
    "data",
    [
        None,
        3,
        "text",
        {},
        {"a" * WIDTH: 1},
        [None],
        [3],
        ["a" * WIDTH],
        [["a"] * 3],
        [["a"] * 9],
        [[1] * WIDTH],
        [["a"] * WIDTH, []],
    ],
)
def test_other_shapes_are_refused(data):
    with pytest.raises(TypeError):
        from_rows(data)
