"""Standing: what only points to others counts half, an overview a little less, the question's language a bit more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from knowledge.model import Language, Note, Section
from knowledge.standing import CONTENTS, OVERVIEW, SAME_LANGUAGE, standings
from tests.knowledge.material import note, section


def counted(*notes: Note, language: Language = "en") -> list[float]:
    return [round(float(value), 4) for value in standings(notes)[language]]


def alone(one: Section) -> float:
    """What *one* counts in a note of its own; its language is Chinese, the question's English."""
    return counted(note(one.file, [one]))[0]


def test_plain_section_counts_in_full():
    assert alone(section("激活函数")) == 1.0


def test_every_section_of_a_contents_note_counts_half():
    readme = replace(note("README.md", [section("小组笔记"), section("目录")]), contents=True)
    assert counted(readme) == [CONTENTS, CONTENTS]


@pytest.mark.parametrize(
    "title",
    ["参考资料", "參考資料", "参考文献", "延伸阅读", "相關連結", "目录", "目錄", "六、参考资料", "5. 参考链接"],
)
def test_chinese_section_that_points_on_counts_half(title):
    assert alone(section("note", title)) == CONTENTS


@pytest.mark.parametrize(
    "title",
    [
        "References",
        "REFERENCES",
        "Reference",
        "7. References",
        "Further Reading",
        "further-reading",
        "See also",
        "Links",
    ],
)
def test_english_section_that_points_on_counts_half(title):
    assert alone(section("note", title)) == CONTENTS


@pytest.mark.parametrize(
    "title",
    [
        "参考模型 reference model",
        "目录结构",
        "Linked lists",
        "Cross-reference tables",
        "Reading BERT",
        "Context length",
    ],
)
def test_subject_that_only_sounds_like_pointing_counts_in_full(title):
    assert alone(section("note", title)) == 1.0


def test_pointing_ancestor_does_not_make_a_section_point():
    assert alone(section("目录", "激活函数")) == 1.0


def test_overview_counts_a_little_less():
    assert alone(section("激活函数", overview=True)) == round(OVERVIEW, 4)
    assert CONTENTS < OVERVIEW < 1


def test_pointing_overview_counts_as_both():
    assert alone(section("目录", overview=True)) == round(CONTENTS * OVERVIEW, 4)


@pytest.mark.parametrize(("language", "favoured"), [("zh", 0), ("en", 1)])
def test_section_in_the_language_of_the_question_counts_a_little_more(language, favoured):
    both = note("a.md", [section("归一化", language="zh"), section("normalization", language="en")])
    found = counted(both, language=language)
    assert found[favoured] == round(SAME_LANGUAGE, 4)
    assert found[1 - favoured] == 1.0


def test_language_of_the_section_counts_not_that_of_its_note():
    english = note("a.md", [section("one", language="en")])
    assert english.language == "zh"
    assert counted(english, language="en") == [round(SAME_LANGUAGE, 4)]


def test_language_never_outweighs_that_a_section_points_on():
    assert SAME_LANGUAGE * CONTENTS < OVERVIEW


def test_values_are_in_the_order_of_notes_and_sections():
    notes = [note("a.md", [section("a"), section("目录")]), note("b.md", []), note("c.md", [section("c")])]
    assert counted(*notes) == [1.0, CONTENTS, 1.0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_notes_have_no_values(language):
    found = standings(())[language]
    assert len(found) == 0
    assert found.dtype == np.float32
