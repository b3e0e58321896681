"""The words of a heading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loaders.inline import MAX_HEADING, plain_heading


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Plain words", "Plain words"),
        ("  5. SwiGLU  ", "5. SwiGLU"),
        ("**问题1：什么是注意力？**", "问题1：什么是注意力？"),
        ("**重点：**后面的字", "重点：后面的字"),
        ("*a* and _b_ and ~~c~~ and ==d==", "a and b and c and d"),
        ("[GLU](a.md) and [Swish](<b c.md> 'T')", "GLU and Swish"),
        ("[[note|shown]] and [[other]]", "shown and other"),
        ("![a picture](a.png) beside", "a picture beside"),
        ("`code_x` and ``a`b``", "code_x and a`b"),
        (r"top\_p \*not bold\* C\#", "top_p *not bold* C#"),
        ("a&#x20;b &amp; c &lt;d&gt;", "a b & c <d>"),
        ("ends &#x20;", "ends"),
        ("a <b>bold</b> <br/> tag", "a bold tag"),
        ("snake_case_name and a__b", "snake_case_name and a__b"),
        ("Intro {#intro}", "Intro"),
        ("two\nlines", "two lines"),
        ("a * b = c", "a * b = c"),
    ],
)
def test_marks_are_taken_off(markdown, words):
    assert plain_heading(markdown) == words


@pytest.mark.parametrize("formula", ["$x_1 * y_1 * z$", r"\(a_b\)", r"$\alpha$", "$$x$$", "$|A|$"])
def test_formula_stays_as_written(formula):
    assert plain_heading(f"**The norm {formula}** of") == f"The norm {formula} of"


def test_formulas_come_back_in_their_order():
    assert plain_heading("$a$ *to* $b$ and `$c$`") == "$a$ to $b$ and $c$"


@pytest.mark.parametrize("markdown", ["", "   ", "![](a.png)", "<br>", "****"])
def test_heading_without_words_is_empty(markdown):
    assert plain_heading(markdown) == ""


def test_long_heading_is_cut():
    assert len(plain_heading("a" * 5_000)) == MAX_HEADING


@given(st.text(max_size=60))
def test_any_heading_is_one_line(markdown):
    words = plain_heading(markdown)
    assert words == " ".join(words.split())
