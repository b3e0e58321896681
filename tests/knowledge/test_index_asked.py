"""What an index makes of any text, without notes, and asked by many at once."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.asked import MAX_QUERY
from knowledge.model import Results
from tests.knowledge.group_notes import FILES, QUERIES, UNKNOWN, first

# Bad input


@pytest.mark.parametrize(
    "query", ["", " ", "\t\n\u3000", "😀", "🤔🤔 👍", "?!。，", "\x00\x07", "<@123> <#4>", "**", "\u200b"]
)
def test_question_that_asks_nothing_finds_nothing(index, query):
    results = index.search(query)
    assert (results.found, results.hits, results.suggestions) == (False, (), ())


@pytest.mark.parametrize("query", ["what is the", "how are you", "为什么", "是什么", "为什么" * 1_334])
def test_question_words_alone_are_not_in_the_notes(index, query):
    assert not index.search(query).found


def test_very_long_question_is_cut_not_refused(index):
    results = index.search("swiglu " * 572)
    assert results.found
    assert len(results.query) <= MAX_QUERY
    assert results.hits[0].section.title == "2. SwiGLU"


@pytest.mark.parametrize("character", ["x", "决", "a1", "(", "\\", "𝒜", "\ud800", "é"])
def test_four_thousand_of_a_character_are_searched_like_any_text(index, character):
    assert len(index.search(character * (4_000 // len(character))).query) <= MAX_QUERY


@pytest.mark.parametrize(
    "query",
    [
        "<@123456789> swiglu",
        "<@!1>swiglu<#2>",
        "swiglu <:smile:123>",
        "**swiglu**",
        "`swiglu`",
        "> swiglu",
        "swi\x00 swiglu",
    ],
)
def test_marks_of_chat_do_not_hide_the_question(index, query):
    assert first(index, query).title == "2. SwiGLU"


def test_mention_is_not_shown_again(index):
    assert index.search("<@123456789> swiglu \x1b[31m").query == "swiglu [31m"


@given(st.text(st.characters(exclude_categories=()), max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_search_or_completion_fail(index, text):
    results = index.search(text, limit=3)
    assert len(results.hits) <= 3
    assert not (results.found and results.suggestions)
    assert len(index.complete(text)) <= 25


WORDS = [
    "swiglu",
    "gelu",
    "rank",
    "决策树",
    "剪枝",
    "的",
    "jueceshu",
    "what",
    "c++",
    "C#",
    "x",
    "注",
    "top-p",
    "1",
    ".",
    "層",
    "怎么",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from(["", " ", "、", "-"]))
@settings(max_examples=150, deadline=None)
def test_no_mixture_of_words_makes_a_score_leave_its_bounds(index, words, joint):
    hits = index.search(joint.join(words), limit=50).hits
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


# No notes, and many readers


@pytest.mark.parametrize("query", ["", "swiglu", "决策树", "x", "jueceshu", "swigul"])
def test_empty_index_finds_nothing(build, query):
    empty = build({})
    empty.warm()
    assert empty.search(query) == Results(query, empty.search(query).language, found=False)
    assert empty.complete(query) == ()
    assert (empty.notes, empty.sections, empty.term_count) == ((), (), 0)


def test_notes_without_any_text_are_searched_in_vain(build):
    hollow = build({"a.md": "", "b.md": "\n\n"})
    assert not hollow.search("swiglu").found
    assert hollow.search("swiglu").hits == ()


def test_one_section_is_enough(build):
    assert build({"a.md": "# SwiGLU\n\na gate\n"}).search("swiglu").found


def at_once(tasks: list[Callable[[], object]]) -> list[object]:
    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            return [one.result() for one in [pool.submit(task) for task in tasks]]
    finally:
        sys.setswitchinterval(switch)


def test_eight_threads_that_ask_first_at_once_get_what_one_gets(build, index):
    queries = [*QUERIES, *UNKNOWN, "jueceshu", "swigul", "归一话"] * 8
    fresh = build(FILES)
    assert at_once([lambda q=query: fresh.search(q) for query in queries]) == [index.search(q) for q in queries]


def test_eight_threads_that_complete_first_at_once_get_what_one_gets(build, index):
    fresh = build(FILES)
    typed = ["s", "sw", "决", "jcs", "glu", "swigul"] * 8
    expected = [index.complete(text) for text in typed]
    assert all(expected)
    assert at_once([lambda t=text: fresh.complete(t) for text in typed]) == expected


def test_warm_index_answers_like_a_cold_one(build, index):
    warm = build(FILES)
    warm.warm()
    assert [warm.search(query) for query in QUERIES] == [index.search(query) for query in QUERIES]


def test_replaced_index_is_let_go_of_at_once(build):
    """Two large indexes in memory until the collector runs would double what the bot takes."""
    old = build(FILES)
    old.warm()
    old.search("swigul")
    gone = weakref.ref(old)
    gc.disable()
    try:
        del old
        assert gone() is None
    finally:
        gc.enable()
