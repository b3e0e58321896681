"""The readings of a note's lines: what is covered in which, and that lines and columns stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.loaders.mask import COVER, Sheet, mask


def sheet(text: str, first: int = 0) -> Sheet:
    return mask(text.split("\n"), first)


def test_formula_is_covered_ink_for_ink():
    assert sheet("a $x y$ b").plain == [f"a {COVER * 2} {COVER * 2} b"]


def test_shown_text_is_as_written():
    text = "a $x$ `b`\n\n```\n$y$\n```"
    assert "\n".join(sheet(text).shown) == text


def test_bars_of_a_formula_do_not_reach_the_parser():
    assert "|" not in sheet("the norm $|A|$ of").parsed[0]


def test_bars_of_code_do_not_reach_the_parser():
    assert "|" not in sheet("the pipe `a|b` of").parsed[0]


def test_code_over_two_lines_reaches_the_parser():
    assert sheet("a `b\nc` d").parsed == ["a `b", "c` d"]


def test_fenced_code_is_covered_where_links_are_looked_for():
    assert "[" not in "".join(sheet("```\n[a](b)\n```").plain)


def test_heading_in_fenced_code_does_not_reach_the_parser():
    assert sheet("```\n# a\n```").parsed == ["```", "x", "```"]


def test_quoted_fence_is_left_to_the_parser():
    assert sheet("> ```\n> # a\n> ```").parsed == ["> ```", "> # a", "> ```"]


def test_comment_is_gone_and_its_lines_stay():
    assert sheet("a <!-- b\nc --> d\ne").shown == ["a ", " d", "e"]


def test_comment_in_fenced_code_stays():
    assert sheet("```html\n<!-- a -->\n```").shown[1] == "<!-- a -->"


def test_comment_in_a_code_span_stays():
    assert sheet("use `<!-- a -->` here").shown == ["use `<!-- a -->` here"]


def test_fence_in_a_comment_opens_nothing():
    assert sheet("<!--\n```\n-->\na $x$").fences == ()


def test_unclosed_comment_is_shown():
    assert sheet("a <!-- b\nc").shown == ["a <!-- b", "c"]


def test_front_matter_is_not_shown():
    assert sheet("---\na: b\n---\nc", 3).shown == ["", "", "", "c"]


def test_data_of_an_embedded_picture_is_cut_short():
    assert sheet(f"![a](data:image/png;base64,{'A' * 5000})").shown == ["![a](data:image/png;base64,…)"]


@pytest.mark.parametrize(
    ("text", "formula", "lines"),
    [
        ("a\n$$x$$\nb", "$$x$$", (1, 2)),
        ("$$\nx\n$$", "$$\nx\n$$", (0, 3)),
        ("- $$x$$", "$$x$$", (0, 1)),
        ("- a\n\n  \\[\n  x\n  \\]", "\\[\n  x\n  \\]", (2, 5)),
        ("> $$\n> x\n> $$", "$$\nx\n$$", (0, 3)),
        ("$$x$$.", "$$x$$", (0, 1)),
        ("\\begin{cases}\na\n\\end{cases}", "\\begin{cases}\na\n\\end{cases}", (0, 3)),
    ],
)
def test_formula_with_lines_to_itself_is_told(text, formula, lines):
    (found,) = sheet(text).formulas
    assert (found.text, (found.start, found.end)) == (formula, lines)


@pytest.mark.parametrize("text", ["a $$x$$", "$$x$$ b", "$x$", "| $$x$$ |", "# $$x$$"])
def test_formula_beside_text_is_part_of_it(text):
    assert sheet(text).formulas == []


def test_list_deeper_than_the_parser_goes_is_covered():
    assert sheet("- " * 5_000 + "x").parsed[0].count("-") < 20


def test_rule_of_many_dashes_stays_a_rule():
    assert sheet("- " * 40).parsed == ["- " * 40]


def test_long_line_reaches_the_parser_in_part():
    assert len(sheet("a" * 100_000).parsed[0]) < 5_000


def test_raw_html_holds_no_markdown():
    assert sheet("<pre>\n\n# a\n</pre>\n# b").parsed == [COVER] * 4 + ["# b"]


def test_unclosed_raw_html_is_text():
    assert sheet("<pre>\n# a").parsed == ["<pre>", "# a"]


@given(st.text(alphabet="$`\\[]<!->ab \n#|~", max_size=80))
def test_readings_have_the_same_lines_and_columns(text):
    made = sheet(text)
    assert len(made.shown) == len(made.plain) == len(made.parsed) == text.count("\n") + 1
    assert [len(line) for line in made.plain] == [len(line) for line in made.shown]
