"""A cell as runs of plain text with their looks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.runs import plain, runs


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("plain", [("plain", "plain")]),
        ("**bold**", [("bold", "bold")]),
        ("<b>bold</b>", [("bold", "bold")]),
        ("__bold__ x", [("bold", "bold"), (" x", "plain")]),
        ("`a|b`", [("a|b", "code")]),
        ("``a`b``", [("a`b", "code")]),
        ("**the $x^2$ one**", [("the ", "bold"), ("x²", "bold"), (" one", "bold")]),
        ("snake_case__name", [("snake_case__name", "plain")]),
    ],
)
def test_run_has_its_look(cell, read):
    assert runs(cell) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("*slanted* and ~~struck~~ and ==marked==", "slanted and struck and marked"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a == b == c", "a == b == c"),
        ("[the paper](https://e.org/a_(b)) says", "the paper says"),
        ("[**the** $x$](y.md)", "the x"),
        ("![curve](c.png)", "curve"),
        ("[![build](b.svg)](https://ci.org)", "build"),
        ("[[notes/lora|LoRA]] [[BPE]]", "LoRA BPE"),
        ("claim[^1]", "claim[1]"),
        ("<https://e.org>", "https://e.org"),
        ("a<br>b<br/>c", "a b c"),
        ("H<sub>2</sub>O", "H2O"),
        ("&lt;s&gt; &amp; &nothing;", "<s> & &nothing;"),
        ("\\*not\\* \\| bold", "*not* | bold"),
        ("List<int>", "List<int>"),
        ("<!-- hidden -->seen", "seen"),
        ("$5 and $6", "$5 and $6"),
    ],
)
def test_marks_are_read(cell, read):
    assert plain(cell) == read


def test_break_is_a_line_feed():
    assert runs("a<br>b") == [("a", "plain"), ("\n", "plain"), ("b", "plain")]


@pytest.mark.parametrize("piece", ["[", "![", "[[", "*", "**", "<", "&#", "[a](", "\\", "`", "$", "[^", "<a ", "[*"])
def test_hostile_cell_is_finished(piece):
    assert len(plain(piece * 2_000)) <= 2_000 * len(piece)


@pytest.mark.parametrize("picture", ["![a]", "![a](b.svg)", "[a](b)"])
def test_bracket_that_stays_open_before_many_pictures_is_finished(picture):
    assert plain("[" + picture * 200 + " and so on").count("a") >= 200


@given(st.text(alphabet="ab中 *_`[]()!<>&$\\|~=^", max_size=60))
def test_letters_are_never_lost(cell):
    kept = [letter for letter in plain(cell) if letter in "ab中"]
    assert len(kept) >= cell.count("中") * (not set("[<&$\\(") & set(cell))
