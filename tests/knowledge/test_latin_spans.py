"""Latin words of a question: names of several words, pinyin, joined and split spellings, slips."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.query import QueryReader
from knowledge.spans import Span
from tests.knowledge.material import reader


def spans(notes_reader: QueryReader, asked: str) -> list[str]:
    return [span.text for span in notes_reader.read(asked).spans]


def weights(span: Span) -> dict[tuple[str, ...], float]:
    return {one.terms: one.weight for one in span.alternatives}


def only(notes_reader: QueryReader, asked: str) -> dict[tuple[str, ...], float]:
    [span] = notes_reader.read(asked).spans
    return weights(span)


def test_name_of_several_words_is_one_span(notes_reader):
    assert spans(notes_reader, "decision tree pruning") == ["decision tree", "pruning"]
    assert spans(notes_reader, "the activation function of attention mechanism") == [
        "activation function",
        "attention mechanism",
    ]


def test_name_that_the_notes_lack_in_every_form_is_read_word_by_word(analyzer):
    assert spans(reader(analyzer, ["decision boundary", "tree height"]), "rotary position embedding") == [
        "rotary",
        "position",
        "embedding",
    ]


def test_plural_and_case_do_not_hide_a_name(notes_reader):
    assert spans(notes_reader, "Decision Trees") == ["Decision Trees"]
    assert ("决策树",) in [terms[-1:] for terms in only(notes_reader, "Decision Trees")]


def test_stop_words_between_names_are_dropped(notes_reader):
    assert spans(notes_reader, "why is pruning of a decision tree useful")[:2] == ["pruning", "decision tree"]


@pytest.mark.parametrize("asked", ["swi glu", "Swi GLU", "swi-glu", "swi_glu", "SWIGLU"])
def test_words_that_the_notes_write_as_one_are_joined(notes_reader, asked):
    found = only(notes_reader, asked)
    assert found["swiglu",] == 1.0


def test_joined_words_may_still_stand_apart(notes_reader):
    found = only(notes_reader, "swi glu")
    assert 0 < found["swi", "glu"] < found["swiglu",]


@pytest.mark.parametrize("asked", ["leakyrelu", "leaky relu", "Leaky ReLU", "leaky-relu"])
def test_name_is_found_joined_and_split(notes_reader, asked):
    found = only(notes_reader, asked)
    assert ("leakyrelu",) in found
    assert ("leaky", "relu") in found


def test_unknown_word_made_of_two_known_ones_is_split(notes_reader):
    found = only(notes_reader, "gradientdescent")
    assert found["gradientdescent",] > found["gradient", "descent"] > 0


@pytest.mark.parametrize(
    ("slip", "meant"), [("swigul", "swiglu"), ("tokeniser", "tokenizer"), ("vocabluary", "vocabulary")]
)
def test_slip_is_understood_beside_the_word_as_typed(notes_reader, slip, meant):
    found = only(notes_reader, slip)
    assert found[slip,] == 1.0
    assert 0 < found[meant,] < 1.0


def test_two_slips_are_doubted_more_than_one(notes_reader):
    one, two = only(notes_reader, "tokeniser"), only(notes_reader, "tokenisor")
    assert one["tokenizer",] > two["tokenizer",]


@pytest.mark.parametrize(
    ("asked", "term"), [("swiglu", "swiglu"), ("gelu", "gelu"), ("pruning", "pruning"), ("tokenizers", "tokenizer")]
)
def test_words_that_the_notes_have_are_not_corrected(notes_reader, asked, term):
    assert only(notes_reader, asked) == {(term,): 1.0}


@pytest.mark.parametrize("asked", ["glx", "rel", "2024", "gpt5", "3.12"])
def test_short_words_and_numbers_are_not_corrected(notes_reader, asked):
    assert all("gelu" not in terms and "relu" not in terms for terms in only(notes_reader, asked))


@pytest.mark.parametrize("asked", ["jihuohanshu", "ji huo han shu", "jihuo hanshu", "JiHuoHanShu", "jhhs"])
def test_pinyin_of_a_name_finds_it(notes_reader, asked):
    found = only(notes_reader, asked)
    [weight] = [weight for terms, weight in found.items() if "激活函数" in terms]
    assert weight == max(found.values()) < 1.0


def test_pinyin_finds_the_other_names_of_the_concept_too(notes_reader):
    assert ("activationfunction",) in only(notes_reader, "jihuohanshu")


def test_pinyin_of_several_names_is_told_apart(notes_reader):
    assert spans(notes_reader, "jihuohanshujueceshu") == ["激活函数", "决策树"]


def test_pinyin_inside_a_question_is_read(notes_reader):
    found = notes_reader.read("jueceshu pruning").spans
    assert found[-1].text == "pruning"
    assert any("决策树" in one.terms for one in found[0].alternatives)


def test_word_that_the_notes_have_is_no_pinyin(analyzer):
    known = reader(analyzer, ["jcs is a protocol", "决策树"])
    assert list(only(known, "jcs")) == [("jcs",)]


def test_marks_of_programming_languages_are_part_of_the_word(notes_reader):
    assert [list(only(notes_reader, asked)) for asked in ("C++", "C#")] == [[("c++",)], [("c#",)]]


def test_greek_letter_is_asked_for_by_its_name(notes_reader):
    assert ("lora", "alpha") in only(notes_reader, "lora_α")
    assert ("alpha",) in only(notes_reader, "α")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["swi", "glu", "decision", "tree", "jihuo", "hanshu", "the", "x", "C++", "top-p"])))
def test_any_row_of_words_is_read_in_order(notes_reader, words):
    found = notes_reader.read(" ".join(words)).spans
    assert all(span.alternatives and span.words >= 1 for span in found)
    assert len(found) <= len(words)


def test_very_long_word_is_read(notes_reader):
    [span] = notes_reader.read("jueceshu" * 37 + "x").spans
    assert span.alternatives[0].weight == 1.0
