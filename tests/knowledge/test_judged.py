"""The aims of the search, held on the queries that people have judged. The sets are never tuned to, nor pruned."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.evaluation import ALL, DEPTH, Judged, Measures, Outcome, evaluate, measure, read_judged
from knowledge.index import Index
from tests.knowledge.material import ROOT, SHARED_NOTES

SETS = {"sample": "judged_sample.jsonl", "real": "judged_llm_note.jsonl"}
KINDS = {
    *("term", "acronym", "spelling", "typo", "traditional", "pinyin", "initials", "concepts", "mixed"),
    *("question_zh", "question_en", "cross_zh_en", "cross_en_zh", "unanswerable"),
}
LEAST_S_AT_1, LEAST_S_AT_3 = 0.85, 0.95
LEAST_RECOGNISED = 9 / 10
MOST_REFUSED = 1 / 20


def judged_of(name: str) -> tuple[Judged, ...]:
    return read_judged(ROOT / "tests" / "data" / SETS[name])


@dataclass(frozen=True)
class Run:
    """One judged set over its notes."""

    index: Index
    outcomes: tuple[Outcome, ...]

    @property
    def overall(self) -> Measures:
        return measure(self.outcomes)[0]


def run_of(name: str, request: pytest.FixtureRequest) -> Run:
    index = request.getfixturevalue(name).index
    return Run(index, evaluate(judged_of(name), lambda query: index.search(query, limit=DEPTH)))


@pytest.fixture(scope="module", params=SETS)
def run(request: pytest.FixtureRequest) -> Run:
    return run_of(request.param, request)


@pytest.fixture(scope="module")
def everything(request: pytest.FixtureRequest) -> tuple[Outcome, ...]:
    """The outcomes of all sets whose notes are here."""
    names = [name for name in SETS if name == "sample" or SHARED_NOTES.is_dir()]
    return tuple(outcome for name in names for outcome in run_of(name, request).outcomes)


def test_first_hit_answers_at_least_85_of_100_questions(run):
    wrong = [(one.judged.query, one.first) for one in run.outcomes if one.judged.relevant and one.rank != 1]
    assert run.overall.kind == ALL
    assert run.overall.s_at_1 >= LEAST_S_AT_1, wrong


def test_one_of_three_hits_answers_at_least_95_of_100_questions(run):
    wrong = [(one.judged.query, one.rank) for one in run.outcomes if one.judged.relevant and (one.rank or 99) > 3]
    assert run.overall.s_at_3 >= LEAST_S_AT_3, wrong


def test_at_most_1_in_20_questions_that_the_notes_answer_is_refused(run):
    refused = [one.judged.query for one in run.outcomes if one.judged.relevant and one.refused]
    assert run.overall.refused <= MOST_REFUSED, refused


def test_at_least_9_of_10_questions_that_the_notes_do_not_answer_are_recognised(everything):
    answered = [(one.judged.query, one.first) for one in everything if not one.judged.relevant and not one.refused]
    assert measure(everything)[0].recognised >= LEAST_RECOGNISED, answered


def test_no_kind_of_question_is_given_up(everything):
    """A kind may be hard; one whose answers are not even near the top is broken."""
    measured = {one.kind: one.mrr_at_10 for one in measure(everything) if one.answerable}
    assert {kind: value for kind, value in measured.items() if value < 2 / 3} == {}


def test_every_judged_place_is_in_the_notes(run):
    places = {target for one in run.outcomes for target in one.judged.relevant}
    gone = [target for target in places if not any(target.is_met_by(section) for section in run.index.sections)]
    assert places
    assert gone == []


def test_at_least_200_queries_are_judged():
    assert sum(len(judged_of(name)) for name in SETS) >= 200


@pytest.mark.parametrize("name", SETS)
def test_every_kind_of_question_is_judged(name):
    assert {one.kind for one in judged_of(name)} == KINDS


@pytest.mark.parametrize("name", SETS)
def test_only_unanswerable_questions_have_no_answer(name):
    assert [one.query for one in judged_of(name) if (one.kind == "unanswerable") is bool(one.relevant)] == []


@pytest.mark.parametrize("name", SETS)
def test_no_query_is_judged_twice(name):
    queries = [one.query for one in judged_of(name)]
    assert len(queries) == len(set(queries))


TREE = "DecisionTree/DecisionTreeCn.md"
LORA = "lora/lora微调的参数怎么选择，lora和Qlora的区别.md"
LORA_EN = "lora/LoRA&QLoRAHyperparameterConfigurationandPracticalGuide.md"
ACTIVATION = "什么是激活函数，常见的激活函数有哪些.md"
WHY = "WhyLayerNormInTransformer/Transformer中为什么使用LayerNorm而不是BatchNorm.md"
TITLE = "Transformer 中为什么使用 LayerNorm 而不是 BatchNorm"

# What a teacher would point to: the file, and the headings that will do, the section's own or one above it.
EXAMPLES = [
    ("swiglu", {ACTIVATION}, {"5. SwiGLU"}),
    ("swigul", {ACTIVATION}, {"5. SwiGLU"}),
    ("为什么用LayerNorm而不是BatchNorm", {WHY}, {TITLE}),
    ("how to choose lora rank", {LORA, LORA_EN}, {"1. 秩值（r）", "1. Rank (r)"}),
    ("分词器有哪几种", {"tokenlizer/Tokenlizer_cn.md"}, {"三种常见分词方式"}),
    ("jueceshu", {TREE}, {"决策树 —— 过拟合、欠拟合与基尼指数"}),
    ("決策樹", {TREE}, {"决策树 —— 过拟合、欠拟合与基尼指数"}),
    ("Gini impurity", {"DecisionTree/DecisionTreeEn.md"}, {"Gini Index"}),
]


@pytest.mark.parametrize(("query", "files", "headings"), EXAMPLES, ids=[query for query, _, _ in EXAMPLES])
def test_example_of_the_readers_is_answered_by_its_section(real, query, files, headings):
    results = real.index.search(query)
    first = results.hits[0].section
    assert results.found
    assert first.file in files
    assert headings & set(first.headings)


def test_swiglu_is_shown_with_its_picture(real):
    first = real.index.search("swiglu").hits[0].section
    assert first.title == "5. SwiGLU"
    assert [picture.path for picture in first.pictures] == ["images/SwiGLU.jpg"]


@pytest.mark.parametrize("query", ["红烧肉怎么做", "红烧肉", "how to braise pork"])
def test_recipes_are_not_in_the_notes(real, query):
    assert not real.index.search(query).found


def test_section_answers_before_the_overview_that_repeats_it(real):
    assert not real.index.search("swiglu").hits[0].section.overview


def test_sets_lie_where_they_are_looked_for():
    assert {path.name for path in Path(ROOT / "tests" / "data").glob("judged_*.jsonl")} == set(SETS.values())
