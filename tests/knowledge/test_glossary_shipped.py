"""The glossary that comes with the bot: large enough, bilingual, simplified and right where it is looked at."""

from __future__ import annotations

from collections import Counter

import opencc
import pytest

from knowledge import glossary
from knowledge.asked import without_question_words
from knowledge.glossary import Glossary, Term, name_key, shipped
from knowledge.text import HAN_RUN, fold


@pytest.fixture(scope="module")
def terms() -> tuple[Term, ...]:
    return shipped()


@pytest.fixture(scope="module")
def known(terms) -> Glossary:
    return Glossary(terms)


def test_shipped_files_have_no_problem(terms):
    files = sorted(glossary.FOLDER.glob("*.yaml"))
    found = [glossary.parse(path.read_bytes(), path.name) for path in files]
    assert [problem for _, problems in found for problem in problems] == []
    assert sum(len(entries) for entries, _ in found) == len(terms)


def test_there_are_at_least_two_thousand_entries(terms):
    assert len(terms) >= 2_000
    assert len(set(terms)) == len(terms)


def test_every_entry_has_a_chinese_and_an_english_name(terms):
    assert [term for term in terms if not term.zh or not term.en] == []


def test_chinese_names_hold_chinese_and_the_others_none(terms):
    assert [name for term in terms for name in term.zh if not HAN_RUN.search(name)] == []
    assert [name for term in terms for name in term.en + term.abbr if HAN_RUN.search(name)] == []


def test_there_are_no_traditional_characters(terms):
    simplifier = opencc.OpenCC("t2s")
    assert [name for term in terms for name in term.zh if simplifier.convert(name) != name] == []


def test_no_name_changes_by_folding_but_in_width(terms):
    assert [name for term in terms for name in term.names if fold(name) != name] == []


def test_no_entry_has_the_same_name_twice(terms):
    assert [term for term in terms if max(Counter(term.names).values()) > 1] == []


def test_every_name_can_be_found(terms, known):
    assert [name for term in terms for name in term.names if term not in known.named(name_key(name))] == []


def test_names_are_clean(terms):
    names = [name for term in terms for name in term.names]
    assert [name for name in names if name != " ".join(name.split()) or len(name) > 60] == []
    assert [name for name in names if any(mark in name for mark in "（），。;；")] == []


def test_only_what_may_be_asked_of_anything_is_an_aspect(terms):
    aspects = {name for term in terms if term.aspect for name in term.zh}
    assert {"缺点", "区别", "原理"} <= aspects
    assert not {"激活函数", "决策树", "注意力机制"} & aspects


def test_no_subject_loses_characters_as_question_words(terms):
    names = [fold(name) for term in terms if not term.aspect for name in term.zh]
    assert [name for name in names if without_question_words(name) != name] == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("SwiGLU", "swish"),
        ("激活函数", "activation function"),
        ("GQA", "分组查询注意力"),
        ("MLA", "多头潜在注意力"),
        ("RoPE", "旋转位置编码"),
        ("KV cache", "键值缓存"),
        ("决策树", "decision tree"),
        ("Gini impurity", "基尼"),
        ("LoRA", "低秩"),
        ("RAG", "检索增强生成"),
        ("层归一化", "layer norm"),
        ("过拟合", "overfitting"),
        ("gradient descent", "梯度下降"),
        ("分词器", "tokenizer"),
        ("困惑度", "perplexity"),
        ("binary search", "二分"),
        ("deadlock", "死锁"),
        ("方差", "variance"),
        ("知识蒸馏", "knowledge distillation"),
        ("RLHF", "人类反馈"),
    ],
)
def test_well_known_terms_have_their_other_names(known, asked, expected):
    names = [name.casefold() for term in known.named(name_key(asked)) for name in term.names]
    assert any(expected in name for name in names), names


@pytest.mark.parametrize(
    ("one", "other"), [("精确率", "召回率"), ("方差", "均值"), ("编码器", "解码器"), ("进程", "线程")]
)
def test_opposites_are_different_concepts(known, one, other):
    assert not set(known.named(one)) & set(known.named(other))
    assert known.named(one)
    assert known.named(other)
