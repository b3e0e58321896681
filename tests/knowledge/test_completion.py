"""Autocomplete: what is meant comes first, nothing is cut through a character, and nothing raises."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.completion import MAX_TEXT, Candidate, Completions, cut
from knowledge.model import Completion

ANY_TEXT = st.text(st.characters(exclude_categories=()))
FAMILY = "👨‍👩‍👧‍👦"
FLAG = "🇨🇳"
HEADINGS = (
    "激活函数",
    "SwiGLU",
    "门控激活",
    "Layer Normalization",
    "Batch Normalization",
    "LoRA微调",
    "归一化与标准化",
    "决策树",
    "Multi-head attention",
    "tokenizer",
)


def completions(*keys: str) -> Completions:
    return Completions(Candidate(key, key, f"{number:016x}") for number, key in enumerate(keys))


COMPLETIONS = completions(*HEADINGS)


def texts(typed: str, of: Completions = COMPLETIONS, limit: int = 25) -> list[str]:
    return [one.text for one in of.complete(typed, limit=limit)]


@pytest.mark.parametrize("typed", ["Swi", "swi", "SWIGLU", "ｓｗｉ", " swi"])
def test_beginning_is_completed_whatever_its_case_and_width(typed):
    assert texts(typed)[0] == "SwiGLU"


def test_completion_opens_its_section():
    assert COMPLETIONS.complete("决策", limit=5)[0] == Completion("决策树", f"{7:016x}")


@pytest.mark.parametrize(
    ("typed", "expected"), [("激", ["激活函数", "门控激活"]), ("决", ["决策树"]), ("归", ["归一化与标准化"])]
)
def test_one_chinese_character_is_enough(typed, expected):
    assert texts(typed) == expected


def test_traditional_characters_are_completed():
    assert texts("決策樹") == ["决策树"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("norm", {"Layer Normalization", "Batch Normalization"}),
        ("head", {"Multi-head attention"}),
        ("微", {"LoRA微调"}),
    ],
)
def test_beginning_of_a_later_word_is_completed(typed, expected):
    assert set(texts(typed)) == expected


@pytest.mark.parametrize("typed", ["jihuohanshu", "jihuo", "jhhs", "jhh", "ji huo"])
def test_pinyin_and_initials_are_completed(typed):
    assert texts(typed)[0] == "激活函数"


def test_inside_of_a_word_is_completed():
    assert texts("kenize") == ["tokenizer"]
    assert texts("准化") == ["归一化与标准化"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("swigul", "SwiGLU"), ("tokeniser", "tokenizer"), ("layre", "Layer Normalization")]
)
def test_slip_is_completed(typed, meant):
    assert meant in texts(typed)


def test_slips_are_not_looked_for_where_something_else_is_found():
    assert texts("norma", completions("norma", "normx")) == ["norma"]


def test_prefix_stands_before_word_start_before_pinyin_before_inside():
    of = completions("xx gel", "angel", "哥儿了", "gel layer")
    assert texts("gel", of) == ["gel layer", "xx gel", "哥儿了", "angel"]


def test_many_words_inside_headings_do_not_crowd_out_a_heading_that_begins_so():
    of = completions(*(f"note a{number:03}" for number in range(400)), "azure")
    assert texts("a", of)[0] == "azure"


def test_shorter_names_stand_before_longer_ones():
    assert texts("lo", completions("lora and more", "lora", "loss")) == ["lora", "loss", "lora and more"]


def test_rank_stands_before_length():
    of = Completions(
        [Candidate("lo", "lo", "a", 2), Candidate("lora", "lora", "b", 0), Candidate("loss", "loss", "c", 1)]
    )
    assert texts("lo", of) == ["lora", "loss", "lo"]


def test_equals_stand_in_their_order():
    assert texts("a", completions("ab", "ac", "aa")) == ["ab", "ac", "aa"]


def test_text_shown_may_differ_from_what_is_typed():
    of = Completions([Candidate("RoPE · Attention", "RoPE", "id")])
    assert of.complete("rope", limit=5) == (Completion("RoPE · Attention", "id"),)
    assert of.complete("attention", limit=5) == ()


def test_each_text_is_offered_once_for_its_best_place():
    of = Completions([Candidate("LoRA", "LoRA", "first"), Candidate("LoRA", "LoRA", "second")])
    assert of.complete("lora", limit=5) == (Completion("LoRA", "first"),)


@pytest.mark.parametrize("limit", [0, 1, 3, 25])
def test_never_more_than_asked_for(limit):
    of = completions(*(f"norm {number}" for number in range(60)))
    assert len(texts("norm", of, limit)) == min(limit, 60)


@pytest.mark.parametrize("typed", ["", " ", "\n\t", "\u200b"])
def test_nothing_typed_offers_nothing(typed):
    assert texts(typed) == []


@pytest.mark.parametrize("typed", ["zzzzzzz", "红烧肉", "😀", "x", "a" * 5_000, "[", "(", "\\", ".*"])
def test_unknown_text_offers_nothing(typed):
    assert texts(typed) == []


def test_no_candidates_offer_nothing():
    assert texts("lora", Completions(())) == []


def test_blanks_within_do_not_count_twice():
    assert texts("layer    norm") == ["Layer Normalization"]


def test_a_hundred_characters_are_looked_at():
    long = "longest heading of all " * 5
    assert texts(long[:100], completions(long)) == [cut(long)]
    assert texts(long[:90].upper(), completions(long)) == [cut(long)]


def test_warming_changes_nothing():
    of = completions(*HEADINGS)
    of.warm()
    assert texts("norm", of) == texts("norm")


def test_completed_texts_fit_and_are_cut_with_an_ellipsis():
    [text] = texts("long", completions("long " * 50))
    assert len(text) <= MAX_TEXT
    assert text.endswith("…")


def test_text_that_fits_is_not_cut():
    assert cut("激" * MAX_TEXT) == "激" * MAX_TEXT
    assert cut("") == ""


@pytest.mark.parametrize("grapheme", [FAMILY, FLAG, "e\u0301", "👍🏽", "각", "नि"])
def test_graphemes_are_never_cut_through(grapheme):
    for lead in range(len(grapheme) + 1):
        shown = cut("a" * lead + grapheme * 100)
        assert len(shown) <= MAX_TEXT
        assert set(regex.findall(r"\X", shown)) <= {"a", grapheme, "…"}


def test_grapheme_longer_than_the_limit_leaves_the_ellipsis():
    assert cut("e" + "\u0301" * 300) == "…"


def test_blank_before_the_ellipsis_goes():
    assert cut("a" * 98 + " " + "b" * 20) == "a" * 98 + "…"


@given(ANY_TEXT, st.integers(1, 30))
def test_cut_text_fits_and_begins_as_the_text(text, limit):
    shown = cut(text, limit)
    assert len(shown) <= limit
    assert shown == text or text.startswith(shown.removesuffix("…"))


@settings(deadline=None)
@given(ANY_TEXT)
def test_no_text_raises(text):
    found = COMPLETIONS.complete(text, limit=25)
    assert all(one.text in HEADINGS for one in found)


@settings(deadline=None)
@given(st.lists(ANY_TEXT, max_size=8), ANY_TEXT, st.integers(0, 25))
def test_no_headings_raise(headings, typed, limit):
    found = completions(*headings).complete(typed, limit=limit)
    assert len(found) <= limit
    assert all(len(one.text) <= MAX_TEXT for one in found)


@settings(deadline=None)
@given(st.sampled_from(HEADINGS), st.integers(1, 30))
def test_every_beginning_of_a_heading_offers_it(heading, length):
    assert heading in texts(heading[:length])


@settings(deadline=None)
@given(st.text("激活swi g归", min_size=1, max_size=6))
def test_the_same_text_offers_the_same(typed):
    assert texts(typed) == texts(typed, completions(*HEADINGS))
