"""Normalising: spellings that mean the same become equal, and hostile text costs no more than other text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import fold, han_share, latin_terms, searchable, singular, word_parts, word_term

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates too


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＬｏＲＡ　１２", "LoRA 12"),
        ("①", "1"),
        ("ﬁne", "fine"),
        ("（ａ）", "(a)"),
    ],
)
def test_full_width_and_compatibility_forms_become_plain(written, folded):
    assert fold(written) == folded


def test_case_is_kept_by_folding():
    assert fold("LayerNorm") == "LayerNorm"


@pytest.mark.parametrize(
    ("radical", "character"), [("⻓度", "长度"), ("⽬标", "目标"), ("⻛险", "风险"), ("⻋⻔", "车门")]
)
def test_radicals_of_exported_pdfs_become_characters(radical, character):
    assert fold(radical) == character


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [("決策樹", "决策树"), ("啟動函數", "启动函数"), ("機器學習", "机器学习"), ("歸一化", "归一化")],
)
def test_traditional_characters_become_simplified(traditional, simplified):
    assert fold(traditional) == simplified


@pytest.mark.parametrize(
    ("taiwan", "mainland"), [("軟體", "软件"), ("演算法", "算法"), ("程式", "程序"), ("記憶體", "内存")]
)
def test_words_of_taiwan_become_those_of_the_mainland(taiwan, mainland):
    assert fold(taiwan) == mainland


@pytest.mark.parametrize(
    "word", ["支持向量机", "序列并行", "应用程序", "文件系统", "核心指标", "显著性", "小批次", "停用词", "行程编码"]
)
def test_words_of_the_mainland_are_not_taken_for_those_of_taiwan(word):
    assert fold(word) == word


def test_traditional_words_that_both_sides_share_are_only_simplified():
    assert fold("顯著的支援向量機與應用程式") == "显著的支持向量机与应用程序"


def test_invisible_characters_vanish():
    assert fold("Swi\u200bGLU\ufeff 注\u2060意") == "SwiGLU 注意"


def test_lone_surrogates_vanish_rather_than_break_the_conversion():
    assert fold("激\ud800活") == "激活"


def test_composed_and_decomposed_letters_are_equal():
    assert fold("e\u0301") == fold("é")


@given(ANY_TEXT)
def test_any_text_can_be_folded_and_cut_into_terms(text):
    folded = fold(text)
    assert all(term and " " not in term for term in latin_terms(folded))


@given(st.text("ＬLлαβ激活決樹⻓ \n-_.'’#+1２"))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("word", "terms"),
    [
        ("LayerNorm", ["layernorm", "layer", "norm"]),
        ("RMSNorm", ["rmsnorm", "rms", "norm"]),
        ("GPT-4", ["gpt4", "gpt", "4"]),
        ("top-p", ["topp", "top", "p"]),
        ("top_p", ["topp", "top", "p"]),
        ("lora_alpha", ["loraalpha", "lora", "alpha"]),
        ("torch.nn", ["torchnn", "torch", "nn"]),
        ("what's", ["what", "s"]),
    ],
)
def test_compound_gives_its_whole_then_its_parts(word, terms):
    assert latin_terms(word) == terms


@pytest.mark.parametrize("word", ["C++", "C#", "F#"])
def test_marks_of_programming_languages_stay(word):
    assert latin_terms(word) == [word.casefold()]
    assert word_term(word) == word.casefold()


def test_c_and_c_sharp_are_different_words():
    assert len({word_term("C"), word_term("C#"), word_term("C++")}) == 3


@pytest.mark.parametrize("spelling", ["layer-norm", "Layer_Norm", "LayerNorm", "LAYERNORM", "layer.norm"])
def test_spellings_of_one_word_have_one_term(spelling):
    assert word_term(spelling) == "layernorm"


def test_short_humps_are_no_words():
    assert latin_terms("RoPE") == ["rope"]
    assert word_parts("RoPE") == ()


def test_version_numbers_stay_whole():
    assert latin_terms("3.11") == ["3.11"]


@pytest.mark.parametrize(("letter", "name"), [("α", "alpha"), ("β", "beta"), ("λ", "lambda"), ("σ", "sigma")])
def test_greek_letters_are_found_by_their_names(letter, name):
    assert latin_terms(letter) == [name]
    assert word_term(letter) == name


def test_upper_case_greek_is_the_same_letter():
    assert latin_terms("Σ") == ["sigma"]


def test_latin_terms_leave_han_alone_and_end_at_it():
    assert latin_terms("大模型RAG检索LoRA微调") == ["rag", "lora"]


def test_terms_keep_the_order_and_the_repetitions_of_the_text():
    assert latin_terms("gelu relu gelu") == ["gelu", "relu", "gelu"]


@pytest.mark.parametrize(
    ("plural", "single"),
    [
        ("layers", "layer"),
        ("losses", "loss"),
        ("batches", "batch"),
        ("boxes", "box"),
        ("queries", "query"),
        ("embeddings", "embedding"),
        ("caches", "cache"),
        ("kvcaches", "kvcache"),
    ],
)
def test_plural_and_singular_are_one_word(plural, single):
    assert singular(plural) == singular(single) == single


@pytest.mark.parametrize("word", ["loss", "bias", "corpus", "analysis", "gas", "is", "bus", "softmax"])
def test_words_that_only_look_plural_stay(word):
    assert singular(word) == word


@given(st.text("abcdefghilmnorstuxyz", max_size=12))
def test_singular_is_never_longer_or_empty(word):
    assert len(singular(word)) <= len(word)
    assert singular(word) or not word


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("see [LoRA](https://example.org/deadbeef)", "see LoRA"),
        ("[notes](./folder/secret_file.md)", "notes"),
        ("[tree](https://en.wikipedia.org/wiki/Tree_(graph))", "tree"),
        ("![a curve](images/xyz.png)", "a curve"),
        ("visit https://example.org/deadbeef?x=1 now", "visit now"),
        ("![](only_target.png)", ""),
        ("[![badge](img.svg)](https://example.org)", "badge"),
    ],
)
def test_addresses_are_not_looked_for(markdown, words):
    assert searchable(markdown).split() == words.split()


def test_chinese_right_after_an_address_is_kept():
    assert "中文" in searchable("https://example.org/path中文")


@pytest.mark.parametrize("markdown", ['<img src="a.png" width="40">', "<br/>", "</details>", '<a href="x">'])
def test_tags_are_not_looked_for(markdown):
    assert searchable(markdown).split() == []


@pytest.mark.parametrize("text", ["a < b and c > d", "List<int", "x <3", "1 << 2"])
def test_comparisons_are_no_tags(text):
    assert searchable(text) == text


def test_typesetting_is_dropped_and_names_in_formulas_stay():
    words = latin_terms(searchable(r"\begin{aligned}\frac{\sigma}{\mathbf{W}} \times \max(x)\end{aligned}"))
    assert {"sigma", "max", "w", "x"} <= set(words)
    assert not {"frac", "begin", "aligned", "mathbf", "times", "end"} & set(words)


def test_command_that_only_begins_like_typesetting_stays():
    assert "leftarrow" in latin_terms(searchable(r"a \leftarrow b"))


def test_brackets_without_a_target_lose_nothing():
    assert searchable("x[i](") == "x[i]("
    assert searchable("[TODO] later") == "[TODO] later"


@pytest.mark.parametrize("piece", ["[", "![", "[](", "<a", "](", "\\begin{", "**", "a-", "http://", "(", "激a"])
def test_a_line_of_nothing_but_openings_is_read_to_its_end(piece):
    line = piece * 20_000 + " gelu"
    assert "gelu" in latin_terms(fold(searchable(line)))


def test_han_share_counts_a_latin_word_as_two_characters():
    assert han_share("激活 gelu") == 0.5
    assert han_share("激活") == 1.0
    assert han_share("gelu 123") == 0.0


def test_text_without_letters_has_no_han_share():
    assert han_share("") == han_share("，。 …") == 0.0
