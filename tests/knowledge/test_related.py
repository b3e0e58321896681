"""Neighbours of a section: by what they share, links, folder and place, and nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from knowledge.kinship import nearly_the_same, words_of
from knowledge.library import Loaded
from knowledge.model import Note, Section
from knowledge.related import Surroundings, neighbours
from tests.knowledge.material import note, section

HERE = [section(f"h{number}", file="a.md") for number in range(5)]
LINKED = [section("linked", file="b.md"), section("second", file="b.md")]
TWIN = [section("twin", file="a_en.md")]


def by_file(*notes: Note, twins: Mapping[str, Section] | None = None, **alike: float) -> Surroundings:
    """Surroundings of *notes*; sections share as much of their terms with any other as *alike* says by their title."""
    sections = {one.title: one for note in notes for one in note.sections}
    shared = [(sections[title], share) for title, share in alike.items()]
    return Surroundings({one.file: one for one in notes}, twins or {}, lambda _section, limit: shared[:limit])


NOTES = by_file(
    note("a.md", HERE, twin="a_en.md", links=("a_en.md", "b.md", "gone.md", "empty.md")),
    note("b.md", LINKED, links=("a.md",)),
    note("a_en.md", TWIN),
    note("empty.md"),
)


def titles(place: int, limit: int = 10) -> list[str]:
    return [one.title for one in neighbours(HERE[place], NOTES, limit)]


def test_nearest_sections_come_first_and_the_next_before_the_one_before():
    assert titles(2)[:4] == ["h3", "h1", "h4", "h0"]


@pytest.mark.parametrize(("place", "expected"), [(0, ["h1", "h2"]), (4, ["h3", "h2"])])
def test_ends_of_a_note_have_neighbours_on_one_side(place, expected):
    assert titles(place)[:2] == expected


def test_linked_note_comes_after_what_is_close_and_before_what_is_far():
    assert titles(2)[4:] == ["linked"]
    assert titles(0) == ["h1", "h2", "linked", "h3", "h4"]


def test_note_that_links_here_is_as_near_as_one_that_is_linked():
    alone, other = section("alone", file="c.md"), section("other", file="d.md")
    notes = by_file(note("c.md", [alone]), note("d.md", [other], links=("c.md",)))
    assert neighbours(alone, notes, 5) == (other,)


def test_notes_of_a_folder_are_neighbours_but_not_those_of_the_root():
    here, beside, deeper = (section(name, file=f"{name}.md") for name in ("f/a", "f/b", "f/g/c"))
    root = [section(name, file=f"{name}.md") for name in ("d", "e")]
    notes = by_file(*(note(one.file, [one]) for one in (here, beside, deeper, *root)))
    assert neighbours(here, notes, 5) == (beside,)
    assert neighbours(root[0], notes, 5) == ()


def test_more_terms_in_common_count_more_than_place():
    assert shared_with("h0", far=0.6)[0] == "far"


def test_few_terms_in_common_are_chance():
    assert "far" not in shared_with("h0", far=0.05)


def test_terms_links_and_folder_count_together():
    assert shared_with("h0", far=0.2, linked=0.2)[:4] == ["linked", "h1", "h2", "far"]


def shared_with(title: str, **alike: float) -> list[str]:
    notes = by_file(*NOTES.notes.values(), note("far.md", [section("far", file="far.md")]), **alike)
    here = next(one for one in HERE if one.title == title)
    return [one.title for one in neighbours(here, notes, 10)]


def test_overviews_and_tables_of_contents_share_terms_in_vain():
    all_of_it = section("all", file="o.md", overview=True)
    listed = replace(note("list.md", [section("list", file="list.md")]), contents=True)
    notes = by_file(note("a.md", HERE[:1]), note("o.md", [all_of_it]), listed, all=0.9, list=0.9)
    assert neighbours(HERE[0], notes, 5) == ()


def test_neighbour_is_shown_in_the_language_of_the_section():
    here = section("here", file="a.md", language="zh")
    english, chinese = section("one", file="b_en.md", language="en"), section("一", file="b_cn.md", language="zh")
    notes = (note("a.md", [here]), note("b_en.md", [english]), note("b_cn.md", [chinese]))
    around = by_file(*notes, twins={english.id: chinese, chinese.id: english}, one=0.5)
    assert neighbours(here, around, 5) == (chinese,)


def test_copy_of_a_section_is_no_neighbour_and_copies_of_one_are_one():
    text = "attention weighs every token of the sequence by every other token and sums up what they say of it"
    here, copy = (section(name, file=f"{name}.md", text=text) for name in ("here", "copy"))
    one, two = (section(name, file=f"{name}.md", text=text[::-1]) for name in ("one", "two"))
    notes = by_file(*(note(it.file, [it]) for it in (here, copy, one, two)), copy=0.9, one=0.5, two=0.5)
    assert neighbours(here, notes, 5) == (one,)


@pytest.mark.parametrize(
    ("text", "other", "same"),
    [
        (
            "过拟合是指模型在训练集上表现很好而在测试集上很差的现象",
            "过拟合是指模型在训练集上表现很好而在测试集上很差的情况",
            True,
        ),
        (
            "过拟合是指模型在训练集上表现很好而在测试集上很差的现象",
            "欠拟合则是说它连见过的数据都没有学会因为太过简单了",
            False,
        ),
        ("See below.", "See below.", True),
        ("See below.", "See above.", False),
    ],
)
def test_copies_are_told_by_their_words(text, other, same):
    words, others = (words_of(section("x", text=one)) for one in (text, other))
    assert nearly_the_same(words, others) is same


REAL = {
    ("什么是激活函数，常见的激活函数有哪些.md", "5. SwiGLU"): ("4. GLU", "3. Swish"),
    ("Essay_reading/Bert_note_en.md", "4.1 Masked Language Model (MLM)"): ("4.2 Next Sentence Prediction (NSP)",),
    ("tokenlizer/Tokenlizer_cn.md", "BBPE (Byte-Level BPE)"): ("BPE (Byte Pair Encoding)", "Unicode"),
    ("DecisionTree/DecisionTreeCn.md", "划分的基尼指数"): ("公式", "示例", "课堂示例"),
    ("lora/lora微调的参数怎么选择，lora和Qlora的区别.md", "二、LoRA 微调方法"): (
        "三、QLoRA 微调方法",
        "一、LoRA 与 QLoRA 概述",
    ),
    ("面试问题整理.md", "问题6：比较直接微调与 RAG 的区别。"): (
        "问题4：请详细说明你在英语口语评测平台中如何实现 RAG 流程？",
    ),
}


@pytest.mark.parametrize(("file", "title"), REAL)
def test_real_sections_have_the_neighbours_that_a_reader_wants(real: Loaded, file, title):
    here = next(one for one in real.index.note(file).sections if one.title == title)
    found = [one.title for one in real.index.neighbours(here, 8)]
    assert set(REAL[file, title]) <= set(found)


def test_no_real_section_has_its_twin_or_the_twin_of_a_neighbour_beside_it(real: Loaded):
    for here in real.index.sections:
        found = (here, *real.index.neighbours(here, 10))
        assert not {twin.id for one in found if (twin := real.index.twin(one))} & {one.id for one in found}


def test_twin_links_to_nothing_and_missing_notes_are_passed_over():
    assert not {"twin", "second"} & set(titles(2))


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_never_more_than_asked_for(limit):
    assert len(titles(2, limit)) == limit


def test_section_is_no_neighbour_of_itself():
    assert "h2" not in titles(2)


def test_overviews_are_passed_over():
    all_of_it = section("all", file="o.md", overview=True)
    one, two = section("one", file="o.md"), section("two", file="o.md")
    assert neighbours(one, by_file(note("o.md", [all_of_it, one, two])), 5) == (two,)


def test_parts_of_one_heading_count_once():
    parts = [section("long", file="p.md"), section("long", file="p.md"), section("next", file="p.md")]
    found = neighbours(parts[2], by_file(note("p.md", parts)), 5)
    assert [one.title for one in found] == ["long"]


def test_other_parts_of_the_own_heading_are_no_neighbours():
    parts = [section("long", file="p.md"), section("long", file="p.md"), section("next", file="p.md")]
    assert [one.title for one in neighbours(parts[0], by_file(note("p.md", parts)), 5)] == ["next"]


def test_only_section_of_a_note_without_links_has_none():
    alone = section("alone", file="c.md")
    assert neighbours(alone, by_file(note("c.md", [alone])), 5) == ()


def test_notes_that_link_to_each_other_do_not_loop():
    assert [one.title for one in neighbours(LINKED[0], NOTES, 10)] == ["second", "h0"]
