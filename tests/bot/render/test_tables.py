import pytest

from bot.render import tables

TABLE = "| name | 名称 |\n|---|:-:|\n| a | 注意力 |\n| bb | x |"


def test_columns_are_aligned_with_chinese_counted_twice():
    lines = tables.aligned(tables.rows(TABLE)).split("\n")
    assert lines == ["name | 名称", "-----+-------", "a    | 注意力", "bb   | x"]


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("中文", 4), ("e\u0301", 1), ("ＡＢ", 4)])
def test_width_is_that_of_a_terminal(text, columns):
    assert tables.width(text) == columns


def test_bar_inside_code_or_escaped_does_not_split_a_cell():
    assert tables.rows("|a|b|\n|-|-|\n|`x|y`|p\\|q|")[1] == ["`x|y`", "p\\|q"]


def test_short_rows_are_filled():
    assert tables.rows("|a|b|\n|-|-|\n|1|")[1] == ["1", ""]


def test_text_without_a_rule_is_no_table():
    assert tables.rows("a | b\nc | d") == []


def test_wide_table_is_not_aligned():
    assert tables.aligned(tables.rows(f"|a|b|\n|-|-|\n|{'x' * 30}|{'y' * 30}|")) is None


def test_wide_table_becomes_a_list_of_its_rows():
    shown = tables.listed(tables.rows("|way|for|cost|\n|-|-|-|\n|LoRA|big models|low|\n|full|all||"))
    assert shown == "**LoRA**\n- for: big models\n- cost: low\n\n**full**\n- for: all"


def test_table_of_a_head_alone_keeps_its_words():
    assert tables.listed(tables.rows("|way|for|\n|-|-|")) == "way | for"
