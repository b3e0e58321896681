"""The rows of a table, as Markdown or HTML has them, whatever stands in the cells."""

import pytest

from bot.render import rows


def read(source):
    table = rows.of_markdown(source)
    return None if table is None else table.rows


def of_html(text):
    return [table.rows for _, _, table in rows.html_tables(text)]


@pytest.mark.parametrize("cell", ["`x|y`", "$|A|$", "\\(a|b\\)", "p\\|q", "$P(a|b)$ and `|`"])
def test_bar_in_code_in_a_formula_or_escaped_does_not_split_a_cell(cell):
    assert read(f"|a|b|\n|-|-|\n|{cell}|z|")[1] == [cell, "z"]


def test_bar_between_prices_splits():
    assert read("|a|b|\n|-|-|\n|$5|$6 each|")[1] == ["$5", "$6 each"]
    assert read("|a|b|\n|-|-|\n|$x|y$|")[1] == ["$x", "y$"]


def test_short_rows_are_filled_and_long_ones_lose_nothing():
    assert read("|a|b|\n|-|-|\n|1|\n|1|2|3|")[1:] == [["1", "", ""], ["1", "2", "3"]]


def test_bars_at_the_ends_may_be_left_out():
    assert read("a|b\n-|-\n1|2") == [["a", "b"], ["1", "2"]]


def test_empty_cells_are_kept():
    assert read("||b|\n|-|-|\n|||") == [["", "b"], ["", ""]]


def test_columns_are_aligned_as_their_rule_says():
    assert rows.of_markdown("|a|b|c|d|\n|:-|:-:|-:|-|\n").aligns == ["left", "center", "right", "left"]


def test_table_in_a_quotation_is_one():
    assert read("  | a | b |\n> |---|---|\n> | 1 | 2 |") == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize("text", ["", "|a|b|", "a | b\nc | d", "\n\n", "|-|-|"])
def test_text_without_a_rule_is_no_table(text):
    assert read(text) is None


def test_html_table_is_read():
    source = (
        "<table><thead><tr><th>a</th><th align='right'>b</th></tr></thead><tr><td><p>1</p></td><td>2</td></tr></table>"
    )
    ((start, end, table),) = rows.html_tables(f"so: {source} end")
    assert table.rows == [["a", "b"], ["1", "2"]]
    assert table.aligns == ["left", "right"]
    assert (start, end) == (4, 4 + len(source))


def test_unclosed_cells_of_html_are_read():
    assert of_html("<table>\n<tr><td>1<td>2\n<tr><td>3<td>4\n</table>") == [[["1", "2"], ["3", "4"]]]


def test_cell_over_several_columns_leaves_the_next_empty():
    assert of_html("<table><tr><td colspan=2>1<tr><td>3<td>4</table>") == [[["1", ""], ["3", "4"]]]


@pytest.mark.parametrize(
    "text",
    ["<table><tr><td rowspan=2>1</table>", "<table><tr></table>", "<table>", "<table></table>", "<tr><td>1</table>"],
)
def test_html_that_would_have_to_be_guessed_is_no_table(text):
    assert of_html(text) == []


def test_of_nested_tables_the_inner_one_is_read():
    assert of_html("<table><tr><td><table><tr><td>1</table></table>") == [[["1"]]]


@pytest.mark.parametrize(
    "piece", ["<table", "<table>", "<table><tr><td>", "<tr><td colspan=99>", "</table>", "|", "|-"]
)
def test_hostile_text_is_finished(piece):
    text = piece * 3_000
    assert len(of_html(text)) <= 1
    assert read(f"|a|\n|-|\n{text}") is not None


@pytest.mark.parametrize("rule", [" " * 60_000, "-" + " " * 60_000, "|-" + "-" * 60_000, "-|" + " " * 60_000])
def test_line_that_is_nearly_a_rule_is_finished(rule):
    assert not rows._RULE.fullmatch(rule + "x")


@pytest.mark.parametrize("rule", ["|-|", "-|-", " | :-: |\t--: | ", "---", "|-|-"])
def test_rule_may_have_blanks_and_bars_at_its_ends(rule):
    assert rows._RULE.fullmatch(rule)


def test_table_of_too_many_cells_is_none():
    assert read("|a" * 150 + "|\n" + "|-" * 150 + "|\n" + "|x|\n" * 140) is None
