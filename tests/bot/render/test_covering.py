"""Code and formulas are taken out of a text while its Markdown is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.covering import covered
from bot.render.maths import rich


def kept(text):
    taken = covered(text)
    return taken.restored(taken.text)


@pytest.mark.parametrize("text", ["plain", "`code` and more", "`a | b`", "`` a`b ``", "\\`not code\\`"])
def test_text_comes_back_as_it_was(text):
    assert kept(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("```x```", "`x`"),
        ("`a\nb`", "`a b`"),
        ("`` `a` ``", "`ˋaˋ`"),
        ("```a``b```", "`aˋˋb`"),
        ("` `", "` `"),
    ],
)
def test_code_is_on_one_line_in_marks_that_close(text, shown):
    assert kept(text) == shown


def test_backquote_that_opens_nothing_pairs_with_no_other():
    assert kept("a ` b\n\n`<@1>`") == "a \\` b\n\n`<@1>`"


def test_mention_beside_a_stray_backquote_is_broken():
    assert "<@1>" not in rich("a ` b\n\n- ` <@1>")


def test_own_marks_in_a_text_stand_for_nothing():
    assert kept("\ue1000\ue101 `x`") == "0 `x`"


@given(st.text(alphabet="ab`$\\ \n中<@1>", max_size=60))
def test_nothing_between_backquotes_is_shown_outside_them(text):
    shown = rich(text)
    outside = "".join(shown.replace("\\`", "").split("`")[::2]) if shown.replace("\\`", "").count("`") % 2 == 0 else ""
    assert "<@1>" not in outside or "``" in shown
