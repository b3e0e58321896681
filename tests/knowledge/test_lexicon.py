"""Lexicon: what the notes know of words, made when first asked for, and what autocomplete may offer of them."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from knowledge.bm25 import PostingsBM25
from knowledge.completion import Candidate
from knowledge.glossary import Glossary, Term
from knowledge.lexicon import Beginnings, Lazy, candidates, lexicon
from knowledge.model import Note, Section
from tests.knowledge.material import GLOSSARY, note, section


def words_of(*texts: str) -> PostingsBM25:
    return PostingsBM25([[(1, text.split())] for text in texts])


class Counted:
    """Counts how often its words are made."""

    def __init__(self, *words: str) -> None:
        self.times = 0
        self._words = words

    def __call__(self) -> Iterator[str]:
        self.times += 1
        yield from self._words


def test_lazy_words_are_not_made_before_they_are_looked_at():
    made = Counted("a")
    lazy = Lazy(made)
    assert made.times == 0
    assert list(lazy) == ["a"]


def test_lazy_words_are_made_once():
    made = Counted("a", "b")
    lazy = Lazy(made)
    assert [list(lazy), list(lazy), list(lazy)] == [["a", "b"]] * 3
    assert made.times == 1


def test_lazy_words_stand_once_in_the_order_of_their_first_appearance():
    assert list(Lazy(Counted("b", "a", "b", "c", "a"))) == ["b", "a", "c"]


def test_two_may_go_through_lazy_words_at_once():
    lazy = Lazy(Counted("a", "b"))
    assert list(zip(lazy, lazy, strict=True)) == [("a", "a"), ("b", "b")]


def test_threads_that_look_first_at_once_see_the_same_words():
    lazy = Lazy(Counted(*map(str, range(20_000))))
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: tuple(lazy), range(8)))
    assert {len(words) for words in seen} == {20_000}
    assert set(seen) == {seen[0]}


def test_terms_of_a_beginning_come_with_the_most_frequent_first():
    found = Beginnings(words_of("attention alpha", "attention", "adam attention alpha", "beta")).starting("a")
    assert list(found) == ["attention", "alpha", "adam"]


def test_equally_frequent_terms_keep_the_order_of_the_notes():
    assert list(Beginnings(words_of("ab aa", "ac")).starting("a")) == ["ab", "aa", "ac"]


def test_chinese_terms_are_found_by_their_first_character():
    assert list(Beginnings(words_of("注意力 注意 意图", "注意")).starting("注")) == ["注意", "注意力"]


@pytest.mark.parametrize("letter", ["z", "龘", "", "ab"])
def test_what_no_term_begins_with_finds_nothing(letter):
    assert list(Beginnings(words_of("attention")).starting(letter)) == []


def offered(*notes: Note, words: str = "", glossary: Glossary = GLOSSARY) -> list[Candidate]:
    return list(candidates(notes, glossary, words_of(words)))


def texts(*notes: Note, words: str = "") -> list[str]:
    return [one.text for one in offered(*notes, words=words)]


def test_heading_is_offered_with_the_title_of_its_note():
    assert texts(note("a.md", [section("激活函数"), section("激活函数", "SwiGLU")])) == [
        "激活函数",
        "SwiGLU · 激活函数",
    ]


def test_heading_is_typed_without_its_number_and_opens_its_section():
    one = section("note", "5. SwiGLU")
    found = offered(note("a.md", [section("note"), one]))[1]
    assert (found.text, found.key, found.section_id) == ("5. SwiGLU · note", "SwiGLU", one.id)


def parts_of(*headings: str) -> list[Section]:
    whole = section(*headings)
    return [replace(whole, id=f"{number:016x}", part=number) for number in (1, 2, 3)]


def test_heading_of_a_long_text_is_offered_once_and_opens_its_first_part():
    parts = parts_of("long")
    assert [one.section_id for one in offered(note("a.md", parts))] == [parts[0].id]


def test_aliases_of_a_note_open_its_beginning():
    one = section("多头注意力")
    found = offered(note("a.md", [one], aliases=("MHA",)))
    assert found[1] == Candidate("MHA · 多头注意力", "MHA", one.id, found[0].rank)


def test_alias_of_a_note_without_sections_searches_for_its_text():
    assert [one.section_id for one in offered(note("a.md", [], aliases=("MHA",)))] == [""]


def test_all_names_of_a_term_are_offered_if_the_notes_have_one_of_them():
    assert texts(words="decisiontree") == ["决策树", "decision tree"]


def test_terms_that_the_notes_do_not_have_are_not_offered():
    assert texts(words="pruning") == []


def test_names_of_terms_search_for_their_text():
    assert {one.section_id for one in offered(words="决策树")} == {""}


def test_headings_come_before_terms_and_terms_before_what_only_points():
    readme = replace(note("README.md", [section("目录")]), contents=True)
    ranks = {one.text: one.rank for one in offered(readme, note("a.md", [section("剪枝")]), words="决策树")}
    assert ranks["剪枝"] < ranks["决策树"] < ranks["目录"]


def test_names_of_headings_are_known_by_sound_and_by_slip():
    known = lexicon(words_of("a"), Glossary(()), [section("1. 归一化与标准化")])
    assert known.han.correction("归一话与标准化").word == "归一化与标准化"
    assert "归一化与标准化" in known.pinyin.spelled("guiyihuayubiaozhunhua")


def test_names_of_the_glossary_are_known_by_slip_though_the_notes_lack_them():
    known = lexicon(words_of("a"), GLOSSARY, ())
    assert known.han.correction("绝策树").word == "决策树"
    assert "决策树" in known.pinyin.spelled("jueceshu")


def test_words_of_the_notes_are_known_by_sound():
    known = lexicon(words_of("剪枝 pruning", "剪枝"), Glossary(()), ())
    assert "剪枝" in known.pinyin.spelled("jianzhi")


def test_latin_words_of_the_notes_and_of_the_glossary_are_corrected():
    known = lexicon(words_of("swiglu 激活"), Glossary((Term(zh=("剪枝",), en=("pruning",)),)), ())
    assert [one.word for one in known.latin.corrections("swigul")] == ["swiglu"]
    assert [one.word for one in known.latin.corrections("prunning")] == ["pruning"]


def test_lexicon_knows_exactly_the_terms_of_the_notes():
    words = words_of("swiglu 激活")
    known = lexicon(words, GLOSSARY, ())
    assert "swiglu" in known.known
    assert "决策树" not in known.known
    assert list(known.starting("s")) == ["swiglu"]


def test_of_very_many_words_the_most_frequent_are_known_by_sound(monkeypatch):
    monkeypatch.setattr("knowledge.lexicon.MAX_WORD_NAMES", 1)
    known = lexicon(words_of("决策 剪枝", "剪枝"), Glossary(()), ())
    assert known.pinyin.spelled("jianzhi") == ("剪枝",)
    assert known.pinyin.spelled("juece") == ()


def test_lexicon_lets_go_of_its_words_at_once():
    """A replaced index must not wait for the collector: two large ones would stand in memory."""
    words = words_of("swiglu 激活")
    known = lexicon(words, GLOSSARY, [section("激活")])
    gone = weakref.ref(words)
    gc.disable()
    try:
        del known, words
        assert gone() is None
    finally:
        gc.enable()
