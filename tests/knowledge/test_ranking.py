"""Ranking: fuller matches first, no score above 1, the same order every time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.bm25 import PostingsBM25
from knowledge.ranking import Ranking
from knowledge.spans import Alternative, Span, SpanKind

NOTES = (
    "lora rank alpha",
    "lora rank",
    "lora training data",
    "gelu gelu relu",
    "relu",
    "tree pruning",
    "tree",
    "lora rank",
    "sampling top p",
)
ROUNDING = 1e-5


def ranking(*texts: str) -> Ranking:
    return Ranking(PostingsBM25([[(1, text.split())] for text in texts]))


def span(*names: str, kind: SpanKind = SpanKind.TOPIC, weight: float = 1.0) -> Span:
    """A span of which each of *names* is an alternative, each word of it a term."""
    return Span(names[0], tuple(Alternative(tuple(name.split()), weight=weight) for name in names), kind=kind)


def scores(asked: Sequence[Span], texts: Sequence[str] = NOTES) -> dict[int, float]:
    found = ranking(*texts).rank(asked)
    return dict(zip(map(int, found.places), map(float, found.scores), strict=True))


def best(asked: Sequence[Span], texts: Sequence[str] = NOTES) -> int:
    found = scores(asked, texts)
    return max(found, key=lambda place: found[place])


def test_section_that_holds_all_that_was_asked_is_first():
    assert best([span("lora"), span("rank"), span("alpha")]) == 0


def test_fuller_match_beats_a_partial_one():
    found = scores([span("lora"), span("rank"), span("alpha")])
    assert found[0] > found[1] > found[2] > 0


def test_whole_name_beats_a_part_of_it():
    found = scores([span("tree pruning")])
    assert found[5] > found[6] > 0


def test_more_of_a_word_scores_more():
    found = scores([span("gelu")], ["gelu gelu a", "gelu b c", "d", "e", "f"])
    assert found[0] > found[1]


def test_sections_that_hold_nothing_are_not_found():
    assert sorted(scores([span("tree")])) == [5, 6]


def test_places_are_ascending_and_share_out_scores_and_coverage():
    found = ranking(*NOTES).rank([span("lora"), span("relu")])
    assert list(found.places) == sorted(found.places)
    assert len(found.places) == len(found.scores) == len(found.covered)


def test_equal_sections_score_equally():
    found = scores([span("lora"), span("rank")])
    assert found[1] == found[7]


def test_the_same_question_is_always_ranked_alike():
    asked = [span("lora"), span("rank", "alpha"), span("nowhere")]
    assert scores(asked) == scores(asked)


def test_order_of_the_spans_does_not_matter():
    asked = [span("lora"), span("rank"), span("alpha")]
    assert scores(asked) == pytest.approx(scores(asked[::-1]))


def test_best_alternative_counts_not_their_sum():
    one, twice = scores([span("lora rank")])[0], scores([span("lora rank", "lora rank", "rank lora")])[0]
    assert twice == pytest.approx(one)


def test_doubted_alternative_scores_less():
    assert scores([span("lora", weight=0.5)])[0] < scores([span("lora")])[0]


def test_section_that_says_it_otherwise_is_found_behind_one_that_says_it():
    asked = Span("relu", (Alternative(("relu",)), Alternative(("tree",), weight=0.8)))
    found = scores([asked], ["relu", "tree", "a", "b", "c"])
    assert found[0] > found[1] > 0


def test_unknown_subject_lowers_every_score():
    assert scores([span("lora"), span("sourdough")])[0] < scores([span("lora")])[0]


def test_unknown_everyday_word_lowers_scores_less_than_an_unknown_subject():
    topic, everyday = (scores([span("lora"), span("nowhere", kind=kind)])[0] for kind in (SpanKind.TOPIC, "everyday"))
    aspect = scores([span("lora"), span("nowhere", kind=SpanKind.ASPECT)])[0]
    assert topic < aspect <= scores([span("lora"), span("nowhere", kind=SpanKind.EVERYDAY)])[0]
    assert topic < everyday


def test_only_unknown_words_find_nothing():
    assert scores([span("nowhere"), span("neither")]) == {}


def test_nothing_asked_finds_nothing():
    assert scores([]) == {}


def test_empty_notes_are_searched_in_vain():
    assert scores([span("lora"), span("a b")], []) == {}


@pytest.mark.parametrize("texts", [["lora"], ["lora rank", "rank"], ["rank", "rank"], ["lora", "", ""]])
@pytest.mark.parametrize("asked", [("lora",), ("rank",), ("lora", "nowhere"), ("rank", "lora", "nowhere")])
def test_scores_are_numbers_however_few_the_notes(texts, asked):
    found = scores([span(word) for word in asked], texts)
    assert all(0 < score <= 1 + ROUNDING for score in found.values())
    assert set(found) == {place for place, text in enumerate(texts) if set(asked) & set(text.split())}


def test_covered_is_the_share_of_the_question_that_a_section_holds():
    found = ranking(*NOTES).rank([span("sampling"), span("pruning")])
    assert list(found.places) == [5, 8]
    assert found.covered == pytest.approx([0.5, 0.5])
    whole = ranking(*NOTES).rank([span("sampling")])
    assert whole.covered == pytest.approx([1.0])


def test_nothing_of_one_question_is_kept_for_the_next():
    one = ranking(*NOTES)
    first = one.rank([span("lora"), span("rank")])
    one.rank([span("tree")])
    again = one.rank([span("lora"), span("rank")])
    np.testing.assert_array_equal(first.scores, again.scores)


WORDS = st.sampled_from("abcdefgh")
TEXTS = st.lists(st.lists(WORDS, max_size=10).map(" ".join), min_size=1, max_size=15)
ALTERNATIVES = st.builds(
    Alternative,
    st.lists(WORDS, min_size=1, max_size=3, unique=True).map(tuple),
    weight=st.floats(0.01, 1.0, allow_nan=False),
)
SPANS = st.lists(
    st.builds(
        Span,
        WORDS,
        st.lists(ALTERNATIVES, min_size=1, max_size=4).map(tuple),
        words=st.integers(1, 6),
        kind=st.sampled_from(SpanKind),
    ),
    max_size=5,
)


@given(TEXTS, SPANS)
def test_no_score_is_ever_above_one_or_below_zero(texts, asked):
    found = ranking(*texts).rank(asked)
    for values in (found.scores, found.covered):
        assert np.isfinite(values).all()
        assert (values >= 0).all()
        assert (values <= 1 + ROUNDING).all()


@given(TEXTS, SPANS)
def test_exactly_the_sections_that_hold_a_word_of_the_question_are_found(texts, asked):
    words = {term for one in asked for alternative in one.alternatives for term in alternative.terms}
    held = [place for place, text in enumerate(texts) if words & set(text.split())]
    assert list(ranking(*texts).rank(asked).places) == held
