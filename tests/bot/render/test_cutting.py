"""Cuts fall where a reader pauses, and leave whole what Discord must see whole."""

import pytest

from bot.render.cutting import cut_code, cut_prose

LARGE = 10_000


@pytest.mark.parametrize(
    "whole",
    [
        "`some code of words`",
        "[a label of words](https://example.org/path)",
        "**bold words that belong together**",
        "<https://example.org/a,b,c,d>",
        "https://example.org/a,b;c,d",
    ],
)
def test_link_code_and_bold_words_are_not_cut(whole):
    text = "word " * 10 + whole + " word" * 10
    for limit in range(51, 51 + len(whole)):
        head, _ = cut_prose(text, limit, LARGE)
        assert head.endswith("word") or whole in head


def test_something_whole_that_is_longer_than_a_page_is_cut():
    head, tail = cut_prose(f"**{'word ' * 60}end**", 100, LARGE)
    assert (head, tail) != ("", "")
    assert len(head) <= 100


@pytest.mark.parametrize("mark", ["> ", "-# "])
def test_line_that_is_cut_is_marked_again(mark):
    head, tail = cut_prose(mark + "word " * 40, 100, LARGE)
    assert head.startswith(mark)
    assert tail.startswith(f"{mark}word")


def test_text_after_a_quotation_is_not_quoted():
    _, tail = cut_prose("> " + "word " * 15 + "\n" + "next " * 15, 90, LARGE)
    assert tail.startswith("next")


def test_cutting_marked_lines_comes_to_an_end():
    text, cuts = "> " + "好" * 400, 0
    while text:
        head, text = cut_prose(text, 5, 9)
        cuts += 1
        assert head
    assert cuts < 500


def test_code_is_cut_between_lines_and_keeps_its_indent():
    head, tail = cut_code("def f():\n    one\n    two", 18, LARGE)
    assert (head, tail) == ("def f():\n    one", "    two")


def test_line_of_code_that_is_longer_than_a_page_is_cut():
    head, tail = cut_code("x" * 100, 30, LARGE)
    assert head + tail == "x" * 100
    assert len(head) == 30


def test_limits_in_bytes_hold():
    for cut in (cut_prose, cut_code):
        head, _ = cut("好" * 100, 100, 91)
        assert len(head.encode()) <= 91
