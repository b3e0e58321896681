"""Lines break as Chinese and English are broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from bot.render.linebreaks import wrapped


def lines(text: str, width: int) -> list[str]:
    return [line.plain for line in wrapped(Text(text), width)]


def test_chinese_breaks_between_characters():
    assert lines("激活函数的作用", 6) == ["激活函", "数的作", "用"]


def test_english_breaks_at_blanks_which_are_not_shown():
    assert lines("the gate is open", 8) == ["the gate", "is open"]


def test_chinese_after_an_english_word_fills_its_line():
    assert lines("用 Swish 结合起来", 12) == ["用 Swish 结", "合起来"]


def test_english_word_among_chinese_stays_whole():
    assert lines("激活函数Swish很好", 10) == ["激活函数", "Swish很好"]


def test_a_word_longer_than_the_line_is_cut():
    assert lines("abcdefgh", 3) == ["abc", "def", "gh"]


@pytest.mark.parametrize(("text", "expected"), [("激活函，数", ["激活", "函，数"]), ("激活（函）", ["激活", "（函）"])])
def test_punctuation_neither_begins_nor_ends_a_line_where_it_must_not(text, expected):
    assert lines(text, 6) == expected


def test_line_feeds_of_the_text_are_kept():
    assert lines("a\n\nb", 10) == ["a", "", "b"]


def test_styles_stay_on_their_characters():
    text = Text("激活")
    text.append("函数", style="bold")
    second = wrapped(text, 4)[1]
    assert [(span.start, span.end, str(span.style)) for span in second.spans] == [(0, 2, "bold")]


@given(st.text(alphabet="ab 激活，（）。\n", max_size=60), st.integers(min_value=2, max_value=30))
def test_no_line_is_wider_than_allowed_and_nothing_but_blanks_is_lost(text, width):
    broken = lines(text, width)
    assert all(cell_len(line) <= width for line in broken)
    assert "".join("".join(broken).split()) == "".join(text.split())
