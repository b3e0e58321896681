"""The index: hits in a settled order, what the notes lack is told, sections are found again."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import alignment
from knowledge.answer import compose
from knowledge.asked import MAX_QUERY
from knowledge.index import MAX_SUGGESTIONS, Index
from knowledge.model import Note, Results, Section
from knowledge.sources import Folder, read
from tests.knowledge.material import GLOSSARY, section

Build = Callable[[Mapping[str, str]], Index]

FILLER = " ".join(f"w{number}" for number in range(400))
LONG = "\n\n".join(f"Paragraph {number} of it. {FILLER}" for number in range(6))

FILES = {
    "README.md": "# Group notes\n\n- [Activation functions](activation.md)\n- [决策树](tree_cn.md)\n",
    "activation.md": (
        "# Activation functions\n\n## 1. GELU\n\nA smooth gate of its input.\n\n"
        "## 2. SwiGLU\n\nA gated unit with Swish; compare GELU.\n\n"
        "## References\n\nSwiGLU: a paper that proposes SwiGLU.\n"
    ),
    "lora.md": "# LoRA\n\n## Rank\n\nThe rank bounds the update.\n\n## Alpha\n\nAlpha scales the update of the rank.\n",
    "long.md": f"# Sampling\n\n{LONG}\n\nThe nucleus holds the likeliest words.\n\n{LONG}\n",
    "tree_cn.md": (
        "# 决策树\n\n[English](tree_en.md)\n\n## 剪枝\n\n剪去枝叶，防止过拟合。\n\n## 注意力机制\n\n与树无关的一节。\n"
    ),
    "tree_en.md": (
        "# Decision trees\n\n[中文](tree_cn.md)\n\n## Pruning\n\nCut branches.\n\n## Attention mechanism\n\nNo tree.\n"
    ),
}


@pytest.fixture(scope="module")
def build(analyzer, tmp_path_factory) -> Build:
    """Reads notes with these texts and indexes them."""

    def built(files: Mapping[str, str]) -> Index:
        root = tmp_path_factory.mktemp("notes")
        for file, text in files.items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_text(text, "utf-8")
        notes = read(Folder(root)).notes
        terms = [terms for note in notes for terms in analyzer.of_note(note)]
        return Index(notes, terms, twins=alignment.twins(notes), glossary=GLOSSARY, analyzer=analyzer)

    return built


@pytest.fixture(scope="module")
def index(build) -> Index:
    return build(FILES)


def found(results: Results) -> list[tuple[str, str]]:
    return [(hit.section.file, hit.section.title) for hit in results.hits]


def first(index: Index, query: str) -> Section:
    return index.search(query).hits[0].section


# Order


def test_equal_sections_stand_in_order_of_file_and_line(build):
    files = dict.fromkeys(("c.md", "a.md", "b.md"), "# Rank\n\nthe update\n\n# Rank\n\nthe update\n")
    hits = build(files).search("rank").hits
    assert len({hit.score for hit in hits}) == 1
    places = [(hit.section.file, hit.section.lines[0]) for hit in hits]
    assert places == [(name, line) for name in ("a.md", "b.md", "c.md") for line in (1, 5)]


def test_equal_sections_beyond_the_limit_are_the_later_ones(build):
    same = build({f"{number:02}.md": "# Rank\n\nthe update\n" for number in range(30)})
    assert [hit.section.file for hit in same.search("rank", limit=7).hits] == [f"{number:02}.md" for number in range(7)]


QUERIES = [
    "swiglu",
    "gelu",
    "rank alpha",
    "剪枝",
    "决策树的剪枝",
    "update of the rank",
    "sampling",
    "zhuyili",
    "gate",
    "a",
]


@pytest.mark.parametrize("query", QUERIES)
def test_hits_come_by_score_then_by_place(index, query):
    place = {one.id: number for number, one in enumerate(index.sections)}
    hits = [(-hit.score, place[hit.section.id]) for hit in index.search(query, limit=50).hits]
    assert hits
    assert hits == sorted(hits)


@pytest.mark.parametrize("query", [*QUERIES, "2. SwiGLU", "SwiGLU", "Pruning", "LoRA"])
def test_scores_are_between_zero_and_one(index, query):
    assert all(0 <= hit.score <= 1 for hit in index.search(query, limit=50).hits)


def test_two_that_reach_the_top_still_stand_apart(build):
    """The favours for a language and for a heading lift both above 1; the better must be told from the other."""
    body = "rank " * 200
    hits = build({"a.md": f"# rank rank\n\n{body}\n", "b.md": f"# rank\n\n{body}\n"}).search("rank").hits
    assert [hit.section.file for hit in hits] == ["b.md", "a.md"]
    assert 1 >= hits[0].score > hits[1].score


@pytest.mark.parametrize("limit", [0, 1, 2, 50])
def test_never_more_hits_than_asked_for(index, limit):
    every = index.search("rank alpha update gelu swiglu", limit=50).hits
    assert index.search("rank alpha update gelu swiglu", limit=limit).hits == every[:limit]


def test_each_section_is_found_once(index):
    ids = [hit.section.id for hit in index.search("rank rank alpha LoRA lora", limit=50).hits]
    assert len(ids) == len(set(ids)) > 1


def test_same_index_built_twice_answers_alike(build, index):
    other = build(dict(reversed(FILES.items())))
    assert [other.search(query) for query in QUERIES] == [index.search(query) for query in QUERIES]


# What counts


def test_section_with_the_heading_is_before_one_that_mentions_it(index):
    assert found(index.search("gelu"))[:2] == [("activation.md", "1. GELU"), ("activation.md", "2. SwiGLU")]


def test_number_of_a_heading_need_not_be_typed(index):
    assert first(index, "SwiGLU").title == first(index, "2. SwiGLU").title == "2. SwiGLU"


def test_heading_that_says_just_this_is_before_longer_ones(build):
    files = {"a.md": "# N\n\n## Rank and alpha\n\nrank rank\n\n## Rank\n\nof an update\n\n## Low rank\n\nrank rank\n"}
    assert first(build(files), "rank").title == "Rank"


def test_contents_stand_behind_the_note_that_they_point_to(index):
    hits = found(index.search("activation functions"))
    assert index.note("README.md").contents
    assert hits[0][0] == "activation.md"
    assert ("README.md", "Group notes") in hits


def test_references_stand_behind_the_sections_that_explain(index):
    titles = [title for file, title in found(index.search("swiglu")) if file == "activation.md"]
    assert titles.index("2. SwiGLU") < titles.index("References")


OVERVIEW = {
    "a.md": "# Training\n\n## Warmup\n\nRaise the rate slowly.\n\n## Decay\n\nThen lower the rate.\n",
    "b.md": "# B\n\nx\n",
}


def test_section_that_answers_is_before_the_overview_that_repeats_it(build):
    built = build(OVERVIEW)
    assert built.sections[0].overview
    assert "Raise the rate slowly." in built.sections[0].text
    assert [title for _, title in found(built.search("raise slowly"))] == ["Warmup"]
    assert first(built, "training warmup").title == "Warmup"


def test_overview_is_found_by_its_heading(build):
    assert first(build(OVERVIEW), "training").title == "Training"


def test_question_for_a_heading_opens_the_first_part_of_a_long_section(index):
    assert len(index.parts(first(index, "sampling"))) > 2
    assert first(index, "sampling").part == 1


def test_question_for_the_text_opens_the_part_that_holds_it(index):
    opened = first(index, "nucleus")
    assert opened.part > 1
    assert "nucleus" in opened.text


def test_aliases_in_the_front_matter_find_the_note(build):
    files = {"a.md": "---\naliases: [MHA]\n---\n# Heads\n\nmany of them\n", "b.md": "# Other\n\nheads\n"}
    assert first(build(files), "MHA").file == "a.md"


def test_word_of_the_file_name_finds_the_note(build):
    assert (
        first(build({"kernels/triton.md": "# Notes\n\nfast\n", "b.md": "# B\n\nslow\n"}), "triton").file
        == "kernels/triton.md"
    )


# Language


@pytest.mark.parametrize(("query", "language"), [("SwiGLU", "en"), ("决策树", "zh"), ("LoRA 的秩", "zh"), ("", "en")])
def test_language_is_that_of_the_question(index, query, language):
    assert index.search(query).language == language


TWINS = {
    "norm_cn.md": "# LayerNorm\n\n对每个样本的各个特征做归一化，与批大小没有关系。\n",
    "norm_en.md": "# LayerNorm\n\nNormalizes the features of each sample, whatever the batch size.\n",
}


@pytest.mark.parametrize(("query", "file"), [("LayerNorm", "norm_en.md"), ("什么是LayerNorm", "norm_cn.md")])
def test_of_two_like_answers_the_one_in_the_language_of_the_question_is_first(build, query, file):
    assert first(build(TWINS), query).file == file


@pytest.mark.parametrize("language", ["zh", "en"])
def test_language_asked_for_overrides_that_of_the_question(build, language):
    results = build(TWINS).search("LayerNorm", language=language)
    assert results.language == language
    assert results.hits[0].section.language == language


def test_language_is_a_small_favour_that_a_better_answer_beats(index):
    assert first(index, "Pruning").file == "tree_en.md"
    assert index.search("Pruning", language="zh").hits[0].section.file == "tree_en.md"


def test_chinese_question_finds_the_english_section_by_the_glossary(build):
    assert (
        first(build({"a.md": "# Decision trees\n\nsplit by gain\n", "b.md": "# B\n\nc\n"}), "什么是决策树").file
        == "a.md"
    )


# Not in the notes


UNKNOWN = ["红烧肉怎么做", "sourdough bread", "how to raise sourdough at a low rate", "龘龘龘", "qzxjqzxj"]


@pytest.mark.parametrize("query", UNKNOWN)
def test_subject_that_the_notes_lack_is_not_found(index, query):
    assert not index.search(query).found


@pytest.mark.parametrize("query", ["swiglu", "剪枝", "what is the rank of LoRA", "jueceshu", "swigul"])
def test_question_that_the_notes_answer_has_no_suggestions(index, query):
    results = index.search(query)
    assert results.found
    assert results.suggestions == ()


NEAR = "sourdough starter hydration and its rank, alpha, update, gelu, swiglu, pruning, attention, trees"


def test_suggestions_are_the_nearest_headings_each_once(build):
    built = build(FILES | {"again.md": FILES["lora.md"]})
    results = built.search("sourdough starter hydration rank alpha")
    texts = [one.text for one in results.suggestions]
    assert not results.found
    assert {"Rank", "Alpha"} <= set(texts)
    assert len(texts) == len(set(texts)) <= MAX_SUGGESTIONS


def test_suggestions_open_the_best_section_of_their_heading(build):
    built = build(FILES | {"again.md": FILES["lora.md"]})
    results = built.search("sourdough starter hydration rank alpha")
    for suggestion in results.suggestions:
        best = next(hit.section for hit in results.hits if hit.section.title == suggestion.text)
        assert suggestion.section_id == best.id


def test_suggestions_do_not_depend_on_the_limit(index):
    assert not index.search(NEAR).found
    assert len(index.search(NEAR).suggestions) == MAX_SUGGESTIONS
    assert index.search(NEAR, limit=1).suggestions == index.search(NEAR).suggestions


def test_whether_it_is_found_does_not_depend_on_the_limit(index):
    assert index.search("swiglu", limit=0).found
    assert not index.search(NEAR, limit=0).found


# Bad input


@pytest.mark.parametrize(
    "query", ["", " ", "\t\n\u3000", "😀", "🤔🤔 👍", "?!。，", "\x00\x07", "<@123> <#4>", "**", "\u200b"]
)
def test_question_that_asks_nothing_finds_nothing(index, query):
    results = index.search(query)
    assert (results.found, results.hits, results.suggestions) == (False, (), ())


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


# Looking up


def test_every_section_is_found_by_its_id(index):
    assert [index.section(one.id) for one in index.sections] == list(index.sections)
    assert len({one.id for one in index.sections}) == len(index.sections)


@pytest.mark.parametrize("section_id", ["", "0" * 16, "zzz", "\x00"])
def test_unknown_id_has_no_section(index, section_id):
    assert index.section(section_id) is None


def test_notes_are_found_by_their_file(index):
    assert index.note("lora.md").title == "LoRA"
    assert [index.note(file) for file in ("gone.md", "", "../lora.md", "LORA.md")] == [None] * 4


def test_notes_and_sections_stand_in_order_of_file(index):
    assert [note.file for note in index.notes] == sorted(FILES)
    assert [one.file for one in index.sections] == sorted(one.file for one in index.sections)


def titled(index: Index, file: str, title: str) -> Section:
    return next(one for one in index.note(file).sections if one.title == title)


def test_twin_is_the_section_that_says_the_same(index):
    assert index.twin(titled(index, "tree_cn.md", "剪枝")) == titled(index, "tree_en.md", "Pruning")
    assert index.twin(titled(index, "tree_en.md", "Pruning")) == titled(index, "tree_cn.md", "剪枝")


def test_section_of_a_note_without_a_twin_has_none(index):
    assert index.twin(titled(index, "lora.md", "Rank")) is None


def long_parts(index: Index) -> tuple[Section, ...]:
    return tuple(one for one in index.sections if one.file == "long.md" and one.part)


def test_parts_of_a_long_section_are_the_same_from_each_of_them(index):
    parts = long_parts(index)
    assert [one.part for one in parts] == list(range(1, len(parts) + 1))
    assert [index.parts(one) for one in parts] == [parts] * len(parts)


def test_whole_section_has_itself_as_its_only_part(index):
    rank = titled(index, "lora.md", "Rank")
    assert index.parts(rank) == (rank,)


def test_parts_of_equal_headings_that_follow_each_other_are_kept_apart(build):
    built = build(
        {"a.md": f"# Example\n\n{LONG}\n\n# Example\n\n{LONG}\n\n# Example\n\nshort\n\n# Example\n\n{LONG}\n"}
    )
    rows = list(dict.fromkeys(map(built.parts, built.sections)))
    assert [one.id for row in rows for one in row] == [one.id for one in built.sections]
    numbers = [[one.part for one in row] for row in rows]
    assert numbers == [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6], [0], [1, 2, 3, 4, 5, 6]]


def stale(one: Section) -> list[Section]:
    """Sections that a button may still name: of a note that is gone, of a heading that is gone."""
    return [replace(one, file="gone.md"), replace(one, id="0" * 16, headings=("gone",)), section("x", file="gone.md")]


def test_gone_section_is_looked_up_without_an_error(index):
    for old in stale(long_parts(index)[1]):
        assert index.parts(old) == (old,)
        assert index.twin(old) is None


def test_section_of_a_gone_note_has_no_neighbours(index):
    assert [index.neighbours(old) for old in stale(long_parts(index)[1]) if old.file == "gone.md"] == [(), ()]


def test_gone_section_of_a_note_has_neighbours_in_it(index):
    old = replace(titled(index, "lora.md", "Rank"), id="0" * 16, headings=("gone",))
    assert {one.file for one in index.neighbours(old)} == {"lora.md"}


def test_section_of_a_note_that_changed_meanwhile_has_the_parts_of_now(build, index):
    grown = build(FILES | {"long.md": FILES["long.md"] + f"\n{LONG}\n"})
    old = long_parts(index)[0]
    assert grown.parts(old) == long_parts(grown)
    assert len(long_parts(grown)) > len(long_parts(index))


def test_neighbours_stand_beside_a_section_and_are_limited(index):
    gelu = titled(index, "activation.md", "1. GELU")
    assert [one.title for one in index.neighbours(gelu)][:2] == ["2. SwiGLU", "References"]
    assert len(index.neighbours(gelu, limit=1)) == 1


def test_answer_can_be_composed_of_every_hit(index):
    for hit in index.search("rank update sampling swiglu 剪枝", limit=50).hits:
        answer = compose(index, hit.section, index.neighbours(hit.section))
        assert answer.section == hit.section
        assert answer.blocks


def test_number_of_terms_is_that_of_different_words(build):
    assert build({"a.md": "# rank\n\nrank alpha rank\n"}).term_count == len({"rank", "alpha", "a"})


def test_index_holds_the_notes_that_it_was_made_of(index):
    assert all(isinstance(note, Note) for note in index.notes)
    assert index.sections == tuple(one for note in index.notes for one in note.sections)
