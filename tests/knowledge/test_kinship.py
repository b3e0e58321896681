"""Sections are kin by the rare terms that they share, not by words that all have."""

from __future__ import annotations

import pytest

from knowledge.index import Index
from knowledge.model import Section

FILES = {
    "a.md": "# SwiGLU\n\nA gate with a learned beta, common in transformers.\n\n## 缺点\n\n更多参数。\n",
    "b.md": "# Feed-forward layers\n\nThey widen, then SwiGLU gates them, as is common.\n",
    "c.md": "# Decision trees\n\nThey split by impurity, which is common.\n\n## 缺点\n\n容易过拟合。\n",
    "d.md": "# Sampling\n\nTemperature is common.\n",
}


@pytest.fixture(scope="module")
def few(build) -> Index:
    return build(FILES)


def titled(index: Index, title: str, file: str) -> Section:
    return next(one for one in index.sections if one.title == title and one.file == file)


def kin(index: Index, title: str, file: str) -> dict[str, float]:
    """Return the shares of the sections that are kin, by file and title."""
    nearest = index._kinship.nearest(titled(index, title, file), 10)
    return {f"{index.sections[place].file} {index.sections[place].title}": share for place, share in nearest}


def test_rare_term_makes_kin_and_a_common_one_does_not(few):
    found = kin(few, "SwiGLU", "a.md")
    assert 0 < found["b.md Feed-forward layers"] < 1
    assert "d.md Sampling" not in found


def test_nobody_is_nearer_than_the_section_itself(few):
    assert next(iter(kin(few, "SwiGLU", "a.md"))) == "a.md SwiGLU"


def test_sections_are_no_kin_by_what_may_be_asked_of_any_subject(few):
    assert "c.md 缺点" not in kin(few, "缺点", "a.md")


def test_no_more_than_asked_for(few):
    assert len(few._kinship.nearest(few.sections[0], 1)) == 1


def test_section_without_words_has_no_kin(build):
    index = build({"a.md": "# 1\n\n1\n", "b.md": "# b\n\nwords\n"})
    assert [index.neighbours(one) for one in index.sections if one.file == "a.md"] == [()]


def test_kin_is_found_from_one_note_to_another(few):
    here = titled(few, "SwiGLU", "a.md")
    assert titled(few, "Feed-forward layers", "b.md") in few.neighbours(here)
