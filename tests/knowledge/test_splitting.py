"""Pictures become blocks of their own, after the text that names them."""

from __future__ import annotations

import pytest

from knowledge.loaders.mask import mask
from knowledge.loaders.splitting import is_picture_line, split_text, text_block, unmarked, without_pictures
from knowledge.model import BlockKind
from tests.knowledge.drafts import blocks, kinds

TEXT, IMAGE, TABLE, CODE, MATH = (
    BlockKind.TEXT,
    BlockKind.IMAGE,
    BlockKind.TABLE,
    BlockKind.CODE,
    BlockKind.MATH,
)


@pytest.mark.parametrize(
    ("line", "picture"),
    [
        ("![a](b.png)", "![a](b.png)"),
        ("  ![a](b.png)  ", "![a](b.png)"),
        ("- ![a](b.png)", "![a](b.png)"),
        ("> ![a](b.png)", "![a](b.png)"),
        ("> 1. ![a](b.png)", "![a](b.png)"),
        ("![[b.png|100]]", "![[b.png|100]]"),
        ('<img src="b.png" width="3">', '<img src="b.png" width="3">'),
        ('<p align="center"><img src="b.png"/></p>', '<img src="b.png"/>'),
        ("![a](b.png){width=50%}", "![a](b.png)"),
        ("[![a](b.png)](c.png)", "![a](b.png)"),
        ("![]()", "![]()"),
        ("![formula for GLU]()", "![formula for GLU]()"),
        ("    ![a](b.png)", "![a](b.png)"),
        ("![$|A|$](b.png)", "![$|A|$](b.png)"),
    ],
)
def test_line_of_a_picture_alone_is_the_picture(line, picture):
    assert kinds(line) == [(IMAGE, picture)]


def test_pictures_side_by_side_are_blocks_each():
    assert kinds("![a](b.png) ![c](d.png)") == [(IMAGE, "![a](b.png)"), (IMAGE, "![c](d.png)")]


def test_picture_in_a_line_stands_in_the_text_and_after_it():
    assert kinds("see ![a](b.png) here\nmore") == [
        (TEXT, "see ![a](b.png) here"),
        (IMAGE, "![a](b.png)"),
        (TEXT, "more"),
    ]


def test_picture_divides_the_text_around_it():
    made = blocks("one\n![a](b.png)\ntwo")
    assert [(block.kind, block.lines) for block in made] == [(TEXT, (1, 1)), (IMAGE, (2, 2)), (TEXT, (3, 3))]


def test_picture_in_a_list_divides_the_list():
    assert kinds("- one\n- ![a](b.png)\n- two") == [(TEXT, "- one"), (IMAGE, "![a](b.png)"), (TEXT, "- two")]


def test_table_is_whole_and_its_pictures_come_after_it():
    table = "| a | b |\n|---|---|\n| ![x](x.png) | c |\n| d | ![y](y.png) |"
    assert kinds(f"{table}\n\nend") == [(TABLE, table), (IMAGE, "![x](x.png)"), (IMAGE, "![y](y.png)"), (TEXT, "end")]


def test_picture_of_a_heading_comes_first_under_it():
    assert kinds("# A ![logo](l.png)\n\ntext") == [(IMAGE, "![logo](l.png)"), (TEXT, "text")]


@pytest.mark.parametrize("text", ["`![a](b.png)`", "```\n![a](b.png)\n```", "<!-- ![a](b.png) -->\nx", r"\![a](b.png)"])
def test_picture_in_code_or_a_comment_is_none(text):
    assert IMAGE not in [kind for kind, _ in kinds(text)]


def test_link_to_a_picture_is_text():
    assert kinds("[a](b.png)") == [(TEXT, "[a](b.png)")]


def test_numbers_of_the_lines_count_from_the_range():
    sheet = mask(["", "one", "", "![a](b.png)", "two", ""])
    assert [block.lines for block in split_text(sheet, 1, 6)] == [(2, 2), (4, 4), (5, 5)]


def test_blank_lines_around_a_text_are_no_part_of_it():
    (block,) = text_block(["", "a", "", "b", "  "], 0, 5)
    assert (block.text, block.lines) == ("a\n\nb", (2, 4))


def test_blank_lines_alone_are_no_text():
    assert list(text_block(["", " \t"], 0, 2)) == []


@pytest.mark.parametrize(
    ("line", "bare"), [("- a", "  a"), ("1. a", "   a"), ("> - a", "    a"), ("  a", "  a"), ("-a", "-a")]
)
def test_marks_of_lists_become_spaces(line, bare):
    assert unmarked(line) == bare


def test_line_with_words_is_no_line_of_pictures():
    assert not is_picture_line("![a](b.png) and")


def test_what_a_heading_says_beside_its_pictures_is_told():
    assert (without_pictures("![a](b.png)"), without_pictures("A ![a](b.png)")) == ("", "A")


@pytest.mark.parametrize("mark", ["![", "![a](", "![[", "<img ", "[![a]"])
def test_many_unclosed_pictures_are_read_to_the_end(mark):
    """It takes minutes where each looks for its end through the whole line."""
    assert kinds(mark * 50_000 + "\n\n![a](b.png)")[-1] == (IMAGE, "![a](b.png)")
