"""Twins by what notes say and by their names, and which note a link means."""

from dataclasses import dataclass

import pytest

from knowledge.model import Language
from knowledge.names import Names
from knowledge.pairs import resolve_link, twin_files


@dataclass(frozen=True, slots=True)
class Named:
    file: str
    language: Language


def chinese(file: str) -> Named:
    return Named(file, "zh")


def english(file: str) -> Named:
    return Named(file, "en")


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("a/X_cn.md", "a/X_en.md"),
        ("X_zh.md", "X_en.md"),
        ("X-zh-CN.md", "X-en.md"),
        ("X.zh.md", "X.en.md"),
        ("X_zh_CN.md", "X_EN.txt"),
        ("XCn.md", "XEn.md"),
        ("decisionCN.md", "decisionEN.md"),
        ("X_cn.md", "X.md"),
        ("README.md", "README_EN.md"),
        ("README_CN.md", "README.md"),
        ("激活函数.md", "激活函数_en.md"),
        ("激活函数cn.md", "激活函数en.md"),
        ("X(中文).md", "X（English）.md"),
        ("X 中文.md", "X.md"),
        ("zh/X.md", "en/X.md"),
        ("docs/cn/a/X.md", "docs/en/a/x.md"),
        ("中文/X.md", "English/X.md"),
        ("zh/X_cn.md", "en/X_en.md"),
    ],
)
def test_names_that_differ_by_a_language_are_twins(zh, en):
    assert twin_files([chinese(zh), english(en)], {}) == {zh: en, en: zh}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (chinese("a/X_cn.md"), english("b/X_en.md")),
        (chinese("X_cn.md"), english("Y_en.md")),
        (chinese("X_cn.md"), chinese("X.md")),
        (chinese("X.md"), english("Y.md")),
        (chinese("Token.md"), english("Tok.md")),
        (chinese("_cn.md"), english("_en.md")),
        (chinese("a/zh/X.md"), english("b/en/X.md")),
    ],
)
def test_other_names_are_no_twins(one, other):
    assert twin_files([one, other], {}) == {}


def test_name_of_the_language_is_believed_before_the_text():
    assert twin_files([english("X_cn.md"), english("X_en.md")], {}) == {"X_cn.md": "X_en.md", "X_en.md": "X_cn.md"}


def test_marked_twin_comes_before_an_unmarked_one():
    notes = [chinese("X.md"), chinese("X_cn.md"), english("X_en.md")]
    assert twin_files(notes, {}) == {"X_cn.md": "X_en.md", "X_en.md": "X_cn.md"}


def test_second_chinese_note_gets_no_twin():
    notes = [chinese("X_zh-CN.md"), chinese("X_zh-TW.md"), english("X_en.md")]
    assert twin_files(notes, {}) == {"X_zh-CN.md": "X_en.md", "X_en.md": "X_zh-CN.md"}


def test_link_makes_twins_of_unlike_names():
    assert twin_files([chinese("甲.md"), english("a.md")], {"甲.md": ("甲.md", "a.md")}) == {
        "甲.md": "a.md",
        "a.md": "甲.md",
    }


def test_link_comes_before_the_name():
    notes = [chinese("X_cn.md"), english("X_en.md"), english("better.md")]
    assert twin_files(notes, {"X_cn.md": ("better.md",)}) == {"X_cn.md": "better.md", "better.md": "X_cn.md"}


def test_link_both_ways_comes_before_a_copied_one():
    notes = [chinese("a.md"), chinese("b.md"), english("c.md")]
    linked = {"a.md": ("c.md",), "b.md": ("c.md",), "c.md": ("b.md",)}
    assert twin_files(notes, linked) == {"b.md": "c.md", "c.md": "b.md"}


def test_link_to_the_same_language_or_to_nothing_is_no_twin():
    notes = [chinese("a.md"), chinese("b.md"), english("c.md")]
    assert twin_files(notes, {"a.md": ("b.md", "gone.md", "a.md")}) == {}


def test_link_to_the_same_language_counts_if_the_names_tell():
    notes = [english("X_cn.md"), english("guide_en.md")]
    assert twin_files(notes, {"X_cn.md": ("guide_en.md",)})["guide_en.md"] == "X_cn.md"


def test_order_of_the_notes_does_not_matter():
    notes = [chinese("X_zh.md"), chinese("X_cn.md"), english("X_en.md"), english("X.md")]
    assert twin_files(notes, {}) == twin_files(notes[::-1], {})


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("b.md", "a/b.md"),
        ("./b.md#part", "a/b.md"),
        ("b.md?x=1", "a/b.md"),
        ("../top.md", "top.md"),
        ("/top.md", "top.md"),
        ("B.MD", "a/b.md"),
        ("b", "a/b.md"),
        (r"..\top.md", "top.md"),
        ("%E6%B3%A8%20%E6%84%8F.md", "a/注 意.md"),
        ("注 意.md", "a/注 意.md"),
        ("e\u0301.md", "a/é.md"),
        ("What's%20C%23.md", "a/What's C#.md"),
        ("../../top.md", None),
        ("../a/../../x/top.md", None),
        ("gone.md", None),
        ("#part", None),
        ("", None),
        ("https://example.org/b.md", None),
        ("//example.org/b.md", None),
        ("mailto:b.md", None),
        ("b.md" * 2000, None),
    ],
)
def test_link_leads_to_the_note_that_it_means(target, expected):
    names = Names(["a/b.md", "top.md", "a/注 意.md", "a/é.md", "a/What's C#.md"])
    assert resolve_link("a/note.md", target, names) == expected


def test_other_case_counts_only_if_it_is_clear():
    names = Names(["B.md", "b.md", "C.md"])
    assert resolve_link("n.md", "b.md", names) == "b.md"
    assert resolve_link("n.md", "c.md", names) == "C.md"
    assert resolve_link("n.md", "b.MD", names) is None
