"""Spans: a name with its spellings and its other names, each weighed by how likely it is meant."""

from __future__ import annotations

import pytest

from knowledge.bm25 import PostingsBM25
from knowledge.glossary import Glossary, Term
from knowledge.lexicon import lexicon
from knowledge.spans import MAX_ALTERNATIVES, Alternative, Naming, Span, SpanKind, everyday, trivial
from knowledge.terms import Analyzer
from tests.knowledge.conftest import NOTES
from tests.knowledge.material import GLOSSARY


def naming_of(analyzer: Analyzer, glossary: Glossary) -> Naming:
    words = PostingsBM25([[(1, analyzer.terms(text))] for text in NOTES])
    return Naming(analyzer, lexicon(words, glossary, ()))


@pytest.fixture(scope="module")
def naming(analyzer) -> Naming:
    return naming_of(analyzer, GLOSSARY)


def weights(span: Span) -> dict[tuple[str, ...], float]:
    return {one.terms: one.weight for one in span.alternatives}


def weight_of(span: Span, term: str) -> float:
    return max((weight for terms, weight in weights(span).items() if term in terms), default=0.0)


def test_what_was_asked_counts_in_full(naming):
    assert weight_of(naming.span("激活函数"), "激活函数") == 1.0


def test_asked_counts_more_than_a_synonym_and_that_more_than_a_translation(naming):
    span = naming.span("激活函数")
    asked, synonym, translated = (weight_of(span, word) for word in ("激活函数", "激励函数", "activationfunction"))
    assert asked > synonym > translated > 0


def test_alternatives_come_with_the_heaviest_first(naming):
    found = [one.weight for one in naming.span("激活函数").alternatives]
    assert found == sorted(found, reverse=True)


def test_abbreviation_asked_for_finds_the_names_it_stands_for(naming):
    span = naming.span("GLU")
    assert weight_of(span, "glu") == 1.0
    assert weight_of(span, "gatedlinearunit") > weight_of(span, "门控线性单元") > 0


def test_english_asked_for_finds_the_chinese_name(naming):
    assert weight_of(naming.span("decision tree"), "决策树") > 0


def test_other_spelling_of_the_name_counts_as_the_name(naming):
    span = naming.span("leakyrelu")
    assert weights(span)["leaky", "relu"] > weight_of(span, "带泄漏线性整流")


def test_compound_may_stand_as_one_word_or_as_its_words(naming):
    assert [one.terms for one in naming.span("weight decay").alternatives] == [("weightdecay",), ("weight", "decay")]


def test_stop_words_are_no_words_of_a_name(naming):
    assert [one.terms for one in naming.span("bag of words").alternatives][1] == ("bag", "word")


def test_each_alternative_stands_once_with_its_best_weight(naming):
    found = [one.terms for one in naming.span("LayerNorm").alternatives]
    assert len(found) == len(set(found))
    assert weight_of(naming.span("LayerNorm"), "layernorm") == 1.0


def test_terms_of_an_alternative_stand_once(analyzer, naming):
    for name in ("激活激活函数", "norm norm", "树树树"):
        assert all(len(one.terms) == len(set(one.terms)) > 0 for one in naming.span(name).alternatives)


def test_name_of_stop_characters_alone_still_has_a_term(naming):
    assert naming.span("的").alternatives[0].terms == ("的",)


def test_alternatives_are_bounded(analyzer):
    terms = tuple(
        Term(zh=tuple(f"名字{digit}号" for digit in "一二三四五六七八九"), en=("one thing",)) for _ in range(5)
    )
    assert len(naming_of(analyzer, Glossary(terms)).span("one thing").alternatives) <= MAX_ALTERNATIVES


def test_unknown_name_has_its_own_terms_alone(naming):
    assert naming.span("swiglu").alternatives == (Alternative(("swiglu",)),)


@pytest.mark.parametrize(("name", "words"), [("激活函数", 1), ("decision tree", 2), ("GLU", 1), ("决策树剪枝", 2)])
def test_span_covers_as_many_words_as_its_name_has(naming, name, words):
    assert naming.span(name).words == words


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("激活函数", SpanKind.TOPIC),
        ("缺点", SpanKind.ASPECT),
        ("drawback", SpanKind.ASPECT),
        ("一直", SpanKind.EVERYDAY),
        ("always", SpanKind.EVERYDAY),
        ("swiglu", SpanKind.TOPIC),
    ],
)
def test_kind_of_a_span_tells_what_its_absence_says(naming, name, kind):
    assert naming.span(name).kind is kind


def test_name_that_is_a_subject_too_is_a_topic(analyzer):
    both = Glossary((Term(zh=("机制",), en=("mechanism",), aspect=True), Term(zh=("机制",), en=("gate",))))
    assert naming_of(analyzer, both).span("机制").kind is SpanKind.TOPIC


def test_doubted_span_counts_less_in_all_its_alternatives(naming):
    span = naming.span("激活函数")
    assert [one.weight for one in span.doubted(0.5).alternatives] == [one.weight * 0.5 for one in span.alternatives]
    assert span.doubted(0.5).text == span.text


def test_concept_is_held_under_any_of_its_names(naming):
    assert "激励函数" not in "".join(NOTES)
    assert naming.concept_held("激励函数")
    assert naming.concept_held("decision tree")
    assert not naming.concept_held("旋转位置编码")


@pytest.mark.parametrize("word", ["的", "the", "What", "is"])
def test_trivial_words_say_nothing(word):
    assert trivial(word)


@pytest.mark.parametrize("word", ["激活", "swiglu", "C++", "drawback"])
def test_words_of_a_subject_are_neither_trivial_nor_everyday(word):
    assert not trivial(word)
    assert not everyday(word)
