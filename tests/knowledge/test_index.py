"""Searching the index: hits in a settled order, the section that answers first, what the notes lack is told."""

from __future__ import annotations

import pytest

from knowledge.index import MAX_SUGGESTIONS
from knowledge.model import Results
from tests.knowledge.group_notes import FILES, QUERIES, UNKNOWN, first


def found(results: Results) -> list[tuple[str, str]]:
    return [(hit.section.file, hit.section.title) for hit in results.hits]


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


def test_chinese_question_finds_the_english_section_by_the_glossary(build):
    assert (
        first(build({"a.md": "# Decision trees\n\nsplit by gain\n", "b.md": "# B\n\nc\n"}), "什么是决策树").file
        == "a.md"
    )


# Not in the notes


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


def test_name_before_or_in_brackets_is_a_heading_of_its_own(build):
    index = build(
        {"a.md": "# Tokens\n\n## BBPE (byte-level BPE)\n\nBPE of bytes.\n\n## BPE (byte pair encoding)\n\nPairs.\n"}
    )
    assert index.search("BPE").hits[0].section.title == "BPE (byte pair encoding)"
    assert index.search("byte pair encoding").hits[0].section.title == "BPE (byte pair encoding)"


# What was asked for is a heading

CHOICES = {
    "a.md": "# Guide\n\n## IV. Key hyperparameters\n\n### 1. Bias\n\nOften none.\n\n### 2. Rank\n\nOften 8 or 16.\n\n"
    "## V. Gini index\n\nIt measures how mixed a node is, from zero on.\n\n### Gini of a split\n\nA mean.\n"
}


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("hyperparameters", "IV. Key hyperparameters"),
        ("key hyperparameters", "IV. Key hyperparameters"),
        ("gini", "V. Gini index"),
        ("gini of a split", "Gini of a split"),
        ("bias", "1. Bias"),
        ("bias hyperparameters", "1. Bias"),
    ],
)
def test_heading_that_was_asked_for_answers_before_what_stands_below_it(build, query, title):
    assert first(build(CHOICES), query).title == title


def test_title_of_a_note_leads_nobody_from_a_section_to_all_of_it(build):
    index = build({"a.md": "# Notes on bert\n\n## Masking\n\nBert hides words.\n\n## Size\n\nLarge.\n"})
    assert first(index, "bert").title == "Masking"


# The reader's language


def test_name_is_answered_in_the_language_of_whoever_asks_where_only_the_other_note_has_it(index):
    """The Chinese note never says "pruning"; what stands beside it in English leads there."""
    assert found(index.search("pruning", language="zh"))[:2] == [("tree_cn.md", "剪枝"), ("tree_en.md", "Pruning")]
    assert found(index.search("pruning", language="en"))[0] == ("tree_en.md", "Pruning")
    assert found(index.search("剪枝", language="en"))[0] == ("tree_en.md", "Pruning")


def test_hit_without_a_twin_stays_first_in_any_language(index):
    assert found(index.search("swiglu", language="zh"))[0] == ("activation.md", "2. SwiGLU")


def test_section_that_introduces_a_name_comes_before_one_that_names_it_oftener(build):
    files = {
        "a.md": "# Adapters\n\n## I. Overview of LoRA and QLoRA\n\nThey train little.\n\n"
        "## II. LoRA workflow\n\nLoRA, then LoRA again.\n\n## III. Dropout (lora_dropout)\n\nOften 0.05.\n"
    }
    hits = build(files).search("LoRA", language="en").hits
    assert hits[0].section.title == "I. Overview of LoRA and QLoRA"
    assert hits[1].section.title == "II. LoRA workflow"
