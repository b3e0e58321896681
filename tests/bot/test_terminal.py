"""Answers in a terminal, and in a pipe."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.i18n import Texts
from bot.render.controls import shown
from bot.render.terminal import TerminalPage, place
from knowledge.model import Answer, Block, BlockKind, Picture, Results, Section
from knowledge.places import Place, Places

FORMULA = Block(BlockKind.MATH, "$$\na_b * c_d\n$$", (4, 6))
PICTURE = Block(BlockKind.IMAGE, "![g](x.jpg)", (7, 7), Picture("images/x.jpg", "the gate"))
SECTION = Section(
    id="0" * 16,
    file="a b/glu.md",
    headings=("激活函数", "SwiGLU"),
    level=2,
    lines=(3, 9),
    blocks=(Block(BlockKind.TEXT, "A **gate** of $x_i * y_i$.", (3, 3)), FORMULA, PICTURE),
    language="zh",
)
ANSWER = Answer(SECTION, SECTION.blocks, "激活函数")
ENGLISH = Texts("en", {})


def printed(answer: Answer, *, terminal: bool, others: tuple[Section, ...] = (), url: str = "", width: int = 60) -> str:
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=width, color_system=None)
    TerminalPage(console, ENGLISH, places=Places((Place(Path("/notes"), "", url),))).answer(answer, others)
    return out.getvalue()


def of_text(text: str, kind: BlockKind = BlockKind.TEXT) -> Answer:
    block = Block(kind, text, (1, 1))
    return Answer(replace(SECTION, blocks=(block,)), (block,), "t")


def test_piped_answer_is_the_note_as_written_with_its_place():
    assert printed(ANSWER, terminal=False).splitlines() == [
        "SwiGLU",
        "激活函数 › SwiGLU",
        "",
        "A **gate** of $x_i * y_i$.",
        "",
        "$$",
        "a_b * c_d",
        "$$",
        "",
        "Picture: /notes/images/x.jpg (the gate)",
        "",
        "Source: a b/glu.md:3-9",
    ]


def test_piped_lines_are_never_broken():
    long = "激活 " * 100
    assert long.strip() in printed(of_text(long), terminal=False, width=20)


def test_terminal_shows_markdown_laid_out_and_formulas_as_written():
    page = printed(ANSWER, terminal=True)
    assert "  A gate of $x_i * y_i$." in page
    assert "  $$\n  a_b * c_d\n  $$\n" in page


def test_plain_text_is_printed_as_it_stands():
    plain = Block(BlockKind.TEXT, "# pip *install*\n1. x", (1, 2), plain=True)
    page = printed(replace(ANSWER, blocks=(plain,)), terminal=True)
    assert "  # pip *install*\n  1. x" in "\n".join(line.rstrip() for line in page.splitlines())


@pytest.mark.parametrize("text", ["a <b>x</b> <br> y", "see ![alt](a.png) here", "costs $20,000 and $5"])
def test_terminal_keeps_what_markdown_would_swallow(text):
    assert f"  {text}" in printed(of_text(text), terminal=True)


def test_displayed_formula_inside_a_list_keeps_its_lines():
    page = printed(of_text("text\n\n$$\na\nb\n$$\n\nmore"), terminal=True)
    assert "  $$\n  a\n  b\n  $$" in "\n".join(line.rstrip() for line in page.splitlines())


@pytest.mark.parametrize("width", [20, 41, 80])
def test_no_line_is_wider_than_the_terminal(width):
    text = (
        "门控线性单元的一种变体，它把 **Swish** 激活函数和 GLU 结合起来，" * 5 + "\n\n- 列表\n  - 里面的列表\n\n> 引用"
    )
    page = printed(of_text(text), terminal=True, others=(SECTION,), width=width)
    assert max(map(cell_len, page.splitlines())) <= width


def test_columns_of_a_table_with_chinese_line_up():
    page = printed(of_text("| 名 | b |\n|--|--|\n| 一二三 | X |\n| a | X |", BlockKind.TABLE), terminal=True)
    columns = {cell_len(line[: line.index("X")]) for line in page.splitlines() if "X" in line}
    assert len(columns) == 1


def test_next_best_matches_are_numbered_from_two_with_their_place():
    page = printed(ANSWER, terminal=False, others=(SECTION, replace(SECTION, file="c.md")))
    assert "Also in the notes:\n  2 激活函数 › SwiGLU  a b/glu.md:3-9\n  3 激活函数 › SwiGLU  c.md:3-9" in page


def test_public_notes_get_a_link_to_the_lines():
    page = printed(ANSWER, terminal=False, url="https://host/blob/main")
    assert "https://host/blob/main/a%20b/glu.md?plain=1#L3-L9" in page


def test_twin_is_named_by_its_language():
    twin = replace(SECTION, file="glu_EN.md", language="en")
    assert "In English: glu_EN.md" in printed(replace(ANSWER, twin=twin), terminal=False)


def test_remote_picture_is_shown_as_its_address():
    block = replace(PICTURE, picture=Picture("", "g", url="https://host/x.png"))
    page = printed(Answer(SECTION, (block,), "t"), terminal=False)
    assert "Picture: https://host/x.png (g)" in page


def test_place_in_a_pdf_is_its_page():
    assert place(replace(SECTION, file="a.pdf", page=3), ENGLISH) == "a.pdf, page 3"


@pytest.mark.parametrize("terminal", [True, False])
def test_escape_sequences_of_a_note_do_not_reach_the_terminal(terminal):
    answer = of_text("a\x1b]0;owned\x07b\x9b31m\u202ec\x00\x7f")
    answer = replace(answer, section=replace(answer.section, headings=("\x1b[2Jx", "y\x1b[31m")))
    assert not set("\x1b\x07\x9b\u202e\x00\x7f") & set(printed(answer, terminal=terminal))


@pytest.mark.parametrize("terminal", [True, False])
def test_square_brackets_of_a_note_are_no_markup(terminal):
    assert "[red]x[/red]" in printed(of_text("a [red]x[/red]"), terminal=terminal)


def test_shown_keeps_tabs_and_line_feeds():
    assert shown("a\tb\r\nc\n") == "a\tb\nc\n"


def not_found(*nearest: Section, texts: Texts = ENGLISH) -> str:
    out = io.StringIO()
    results = Results("红烧肉", "zh", found=False)
    TerminalPage(Console(file=out, width=20), texts, places=Places()).not_found(results, nearest)
    return out.getvalue()


def test_not_found_is_said_with_where_the_nearest_headings_stand():
    assert not_found(SECTION, replace(SECTION, file="a.pdf", page=3)) == (
        "Not in the notes: 红烧肉\n\nNearest headings:\n"
        "  - 激活函数 › SwiGLU  a b/glu.md:3-9\n  - 激活函数 › SwiGLU  a.pdf, page 3\n"
    )


def test_not_found_says_that_nothing_comes_close(chinese):
    assert not_found() == "Not in the notes: 红烧肉\nNo heading comes close.\n"
    assert not_found(texts=chinese) == "笔记里没有：红烧肉\n也没有相近的标题。\n"


def test_controls_of_the_nearest_headings_do_not_reach_the_terminal():
    assert not set("\x1b\x07\u202e") & set(
        not_found(replace(SECTION, headings=("\x1b[2Jx\x07\u202e",), file="\x1b.md"))
    )
