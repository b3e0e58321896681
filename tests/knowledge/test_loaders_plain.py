"""Plain text: paragraphs under the file's name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.loaders import LOADERS, Draft
from knowledge.loaders.lines import MAX_LINES
from knowledge.model import BlockKind


def load(text: str, file: str = "notes/训练记录.txt") -> Draft:
    return LOADERS[".txt"](text, file)


def test_file_name_is_the_heading():
    (section,) = load("one\ntwo").sections
    assert (section.headings, section.level, load("x").title) == (("训练记录",), 0, "训练记录")


def test_paragraphs_are_blocks_with_their_lines():
    (section,) = load("\none\ntwo\n\n\nthree\n").sections
    assert [(block.text, block.lines) for block in section.blocks] == [("one\ntwo", (2, 3)), ("three", (6, 6))]


def test_lines_of_the_section_are_those_of_its_text():
    assert load("\n\none\n\ntwo\n").sections[0].lines == (3, 5)


def test_markdown_means_nothing():
    (section,) = load("# no heading\n\n![a](b.png)").sections
    assert {(block.kind, block.plain) for block in section.blocks} == {(BlockKind.TEXT, True)}


def test_language_is_that_of_the_text():
    assert (load("这里是中文的笔记").language, load("plain English").language) == ("zh", "en")


def test_language_of_an_empty_file_is_that_of_its_name():
    assert load("").language == "zh"


def test_blank_file_has_no_sections():
    assert load(" \n\n\t\n").sections == ()


def test_long_text_becomes_parts():
    sections = load("\n\n".join(f"paragraph {number} " + "x" * 200 for number in range(100))).sections
    assert [section.part for section in sections] == list(range(1, len(sections) + 1))
    assert len(sections) > 3


def test_lines_over_the_limit_are_told():
    (problem,) = load("a\n" * MAX_LINES).problems
    assert (problem.line, dict(problem.values)["limit"]) == (MAX_LINES + 1, MAX_LINES)


@given(st.text(max_size=300))
def test_no_line_is_lost(text):
    shown = "\n".join(block.text for section in load(text).sections for block in section.blocks)
    assert [line for line in text.split("\n") if line.strip()] == [line for line in shown.split("\n") if line.strip()]
