"""Bold, slanted and marked text as a note's author sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.inline import inline


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("** 加粗 **后", "**加粗**后"),
        ("前** 重点：**后", "前**重点：**后"),
        ("**问题：**后", "**问题：**后"),
        ("**a** b **c**", "**a** b **c**"),
        ("**[a](https://e.org)**", "**[a](https://e.org)**"),
        ("***both***", "***both***"),
        ("**never closed", "**never closed"),
        ("** **", "** **"),
        ("2 ** 3 and 4 ** 5", "2 \\*\\* 3 and 4 ** 5"),
        ("x ** 2", "x ** 2"),
    ],
)
def test_bold(source, shown):
    assert inline(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("==高亮==的", "**高亮**的"),
        ("==a **b**==", "**a b**"),
        ("**a ==b==**", "**a b**"),
        ("a == b == c", "a == b == c"),
        ("x==y", "x==y"),
        ("=====", "====="),
    ],
)
def test_marked_is_bold(source, shown):
    assert inline(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("__bold__ text", "**bold** text"),
        ("_slanted_ text", "_slanted_ text"),
        ("_a snake_case name_", "_a snake_case name_"),
        ("snake_case_name", "snake_case_name"),
        ("R_θ = r_ϕ(x)", "R\\_θ = r\\_ϕ(x)"),
        ("中文_强调_中文", "中文\\_强调\\_中文"),
        ("a__b__c", "a\\_\\_b\\_\\_c"),
        ("fill in ____ here", "fill in \\_\\_\\_\\_ here"),
        ("obj.__call__() in __init__.py", "obj.\\_\\_call\\_\\_() in \\_\\_init\\_\\_.py"),
        ("x_ y_", "x\\_ y\\_"),
        ("https://e.org/a_b_?c_=1", "https://e.org/a_b_?c_=1"),
        ("\\_x\\_", "\\_x\\_"),
    ],
)
def test_underscores(source, shown):
    assert inline(source) == shown


@pytest.mark.parametrize("piece", ["**", "** ", "__", "_", " _a", "==", "==a", "**a", "*", "**a*", "_*=", "__a_"])
def test_hostile_line_is_finished(piece):
    assert len(inline(piece * 10_000)) >= 10_000


@pytest.mark.parametrize("blank", [" ", "\t"])
def test_blanks_behind_stars_that_stay_open_are_finished(blank):
    assert inline("**" + blank * 20_000 + "x") == "**" + blank * 20_000 + "x"


@given(st.text(alphabet="ab中 *_=`[]()<>@&\\", max_size=60))
def test_letters_stay_in_their_order(text):
    shown = inline(text)
    assert [one for one in shown if one in "ab中"] == [one for one in text if one in "ab中"] or set("[<&") & set(text)
