"""BM25 over postings: rank-bm25's scores, on weighted fields, for any corpus."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from knowledge import bm25
from knowledge.bm25 import Document, PostingsBM25
from knowledge.text import fold
from tests.knowledge.material import SAMPLE

K1, B = 1.7, 0.55


def flat(document: Document) -> list[str]:
    """What rank-bm25 gets for a document of weighted fields: each term as often as its field weighs."""
    return [term for weight, terms in document for term in terms for _ in range(weight)]


def plain(*texts: str) -> PostingsBM25:
    return PostingsBM25([[(1, text.split())] for text in texts], k1=K1, b=B)


def assert_same_scores(model: PostingsBM25, other: BM25Okapi, query: Sequence[str]) -> None:
    np.testing.assert_allclose(model.get_scores(query), other.get_scores(query), rtol=2e-5, atol=1e-5)


@pytest.fixture(scope="module")
def paragraphs() -> list[str]:
    files = sorted(SAMPLE.rglob("*.md"))
    return [fold(part) for path in files for part in path.read_text("utf-8").split("\n\n") if part.strip()]


@pytest.fixture(scope="module")
def documents(analyzer, paragraphs) -> list[Document]:
    return [((8, analyzer.terms(text[:20])), (1, analyzer.terms(text))) for text in paragraphs]


@pytest.fixture(scope="module")
def model(documents) -> PostingsBM25:
    return PostingsBM25(documents, k1=K1, b=B)


@pytest.fixture(scope="module")
def okapi(documents) -> BM25Okapi:
    return BM25Okapi([flat(document) for document in documents], k1=K1, b=B)


@pytest.mark.parametrize(
    "query",
    [
        ["swiglu"],
        ["激活", "函数", "激活函数"],
        ["the", "of", "a"],
        ["lora", "lora", "rank", "lora"],
        ["nowhere", "lora"],
        ["nowhere"],
        [],
    ],
)
def test_scores_are_those_of_rank_bm25_on_real_notes(model, okapi, query):
    assert_same_scores(model, okapi, query)


def test_scores_of_every_term_are_those_of_rank_bm25(model, okapi):
    for term in list(model.terms)[::25]:
        assert_same_scores(model, okapi, [term])


def test_idf_is_that_of_rank_bm25(model, okapi):
    assert {term: model.weight(term) for term in model.terms} == pytest.approx(okapi.idf, rel=1e-5)


def test_lengths_are_those_of_rank_bm25(model, okapi):
    assert list(model.doc_len) == okapi.doc_len
    assert model.avgdl == pytest.approx(okapi.avgdl)


def test_weight_of_a_field_counts_its_terms_so_often():
    weighted = PostingsBM25([[(3, ["a"]), (1, ["b"])], [(1, ["c"])], [(1, ["d"])]], k1=K1, b=B)
    assert list(weighted.get_scores(["a", "b"])) == list(plain("a a a b", "c", "d").get_scores(["a", "b"]))


def test_term_in_several_fields_is_added_up():
    split = PostingsBM25([[(2, ["a"]), (1, ["a", "b"])], [(1, ["c"])], [(1, ["d"])]], k1=K1, b=B)
    assert split.get_scores(["a"])[0] == plain("a a a b", "c", "d").get_scores(["a"])[0]


@pytest.mark.parametrize(("documents", "words"), [(bm25._BATCH // 16, 40), (bm25._MOST + 5_000, 2)])
def test_more_than_is_counted_at_once_scores_the_same(documents, words):
    """More terms than a batch takes, and more documents than 16 bits can number."""
    texts = [" ".join(f"w{number * word % 97}" for word in range(1, words + 1)) for number in range(documents)]
    okapi = BM25Okapi([text.split() for text in texts], k1=K1, b=B)
    assert documents * words > bm25._BATCH or documents > bm25._MOST
    assert_same_scores(plain(*texts), okapi, ["w3", "w88", "w3", "w96"])


def test_terms_that_stand_equally_often_weigh_the_same():
    model = plain("a b", "a b", "c", "d", "e")
    assert model.weight("a") == model.weight("b")
    assert list(model.get_scores(["a"])) == list(model.get_scores(["b"]))


def test_rarer_terms_weigh_more_and_unknown_ones_most():
    model = plain("a b", "a c", "d", "e", "f", "g")
    assert model.weight("a") < model.weight("b") < model.weight("nowhere") == model.highest_idf


@pytest.mark.parametrize("texts", [["a b"], ["a b", "b c"], ["a", "a", "a"], ["a", "a", "b", "c"]])
def test_no_term_that_is_there_weighs_nothing_however_few_the_documents(texts):
    model = plain(*texts)
    assert all(0 < model.weight(term) <= model.highest_idf for term in model.terms)
    assert all(model.get_scores([term]).max() > 0 for term in model.terms)


def test_empty_corpus_has_no_scores():
    model = PostingsBM25([])
    assert (len(model), len(model.terms), "a" in model) == (0, 0, False)
    assert model.get_scores(["a"]).size == 0
    assert model.postings("a") is None


def test_documents_without_words_score_nothing():
    model = plain("", "a", "")
    assert len(model) == 3
    assert list(model.get_scores(["a"]) > 0) == [False, True, False]
    assert len(plain("", "")) == 2


def test_unknown_term_stands_nowhere():
    model = plain("a", "b")
    assert model.postings("nowhere") is None
    assert model.document_count("nowhere") == 0
    assert not model.get_scores(["nowhere"]).any()


def test_postings_are_the_documents_in_order():
    model = plain("b a", "c", "a a", "a")
    assert list(model.postings("a").documents) == [0, 2, 3]
    assert model.document_count("a") == 3
    assert "a" in model


def test_terms_are_numbered_as_they_appear():
    assert dict(plain("b a", "c a").terms) == {"b": 0, "a": 1, "c": 2}


def test_scoring_changes_nothing():
    model = plain("a b", "a", "c", "d", "e")
    before = [array.copy() for array in (model.postings("a").impacts, model.get_scores(["a", "b"]))]
    model.get_scores(["a"])[:] = 9
    assert list(model.postings("a").impacts) == list(before[0])
    assert list(model.get_scores(["a", "b"])) == list(before[1])


def test_postings_cannot_be_given_other_arrays():
    with pytest.raises(dataclasses.FrozenInstanceError):
        plain("a", "b").postings("a").bound = 2.0


def test_corpus_is_read_once_and_may_be_an_iterator():
    model = PostingsBM25(iter([iter([(1, ["a"])]), iter([(1, ["b"])])]))
    assert list(model.terms) == ["a", "b"]


CORPUS = st.lists(st.lists(st.sampled_from("abcdefg"), max_size=8), min_size=1, max_size=12)


@given(CORPUS, st.lists(st.sampled_from("abcdefgh"), max_size=6))
def test_impacts_never_reach_their_bound(corpus, query):
    model = PostingsBM25([[(1, terms)] for terms in corpus])
    for term in query:
        found = model.postings(term)
        assert found is None or (found.impacts < found.bound).all()


@given(CORPUS, st.sampled_from("abcdefg"))
def test_postings_agree_with_the_corpus(corpus, term):
    found = PostingsBM25([[(1, terms)] for terms in corpus]).postings(term)
    held = [number for number, terms in enumerate(corpus) if term in terms]
    assert ([] if found is None else list(found.documents)) == held


WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=6)


@given(st.lists(st.tuples(WORDS, st.sampled_from(["kept", "gone", "new"])), max_size=12))
def test_model_that_is_spliced_is_as_if_built_anew(documents):
    before = [words for words, state in documents if state != "new"]
    after = [words for words, state in documents if state != "gone"]
    numbers = iter(range(len(after)))
    places, added = [], {}
    for words, state in documents:
        number = next(numbers) if state != "gone" else -1
        if state == "new":
            added[number] = [(2, words)]
        else:
            places.append(number)
    model = PostingsBM25([[(2, words)] for words in before])
    spliced = model.spliced(np.array(places, np.int64), added, len(after))
    built = PostingsBM25([[(2, words)] for words in after])
    assert set(spliced.terms) == set(built.terms)
    assert len(spliced) == len(built)
    for term in built.terms:
        ours, theirs = spliced.postings(term), built.postings(term)
        assert list(ours.documents) == list(theirs.documents)
        assert list(ours.impacts) == list(theirs.impacts)
        assert ours.bound == theirs.bound


def test_splicing_twice_gives_no_number_of_a_term_that_is_gone_to_another():
    model = PostingsBM25([[(1, ["a"])], [(1, ["b"])]])
    without = model.spliced(np.array([0, -1]), {}, 1)
    other = without.spliced(np.array([0]), {1: [(1, ["c"])]}, 2)
    assert set(other.terms) == {"a", "c"}
    assert list(other.postings("c").documents) == [1]
    assert other.postings("b") is None
