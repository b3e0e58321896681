"""HTML that makes lines."""

import pytest

from bot.render.markdown import prose


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a<br>b<br/>c<BR />d", "a\nb\nc\nd"),
        ("- a<br>b", "- a\n  b"),
        ("> a<br>b", "> a\n> b"),
        ("## a<br>b", "### a b"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("<div align=center>\n\na\n\n</div>", "a"),
        ("a\n<hr>\nb", "a\n———\nb"),
        ("<h2 id='x'>Title</h2>", "### Title"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "**a**\n- b"),
        ("<tr><td>a</td><td>b</td></tr>", "a  b"),
        ("<center>a</center>", "a"),
    ],
)
def test_tags_that_part_lines_do(source, shown):
    assert prose(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<details><summary>More</summary>\n\ntext\n\n</details>", "**More**\n\ntext"),
        ("<details>\n<summary><b>More</b> <h3>of it</h3></summary>text</details>", "**More of it**\ntext"),
        ("> <details><summary>More\n> still</summary>\n> text</details>", "> **More still**\n> text"),
        ("<details><summary></summary>text</details>", "text"),
        ("<details>text", "text"),
    ],
)
def test_details_are_shown_under_their_summary(source, shown):
    assert prose(source) == shown


def test_tags_in_code_stay():
    assert prose("`<br>` and `<details>`") == "`<br>` and `<details>`"


def test_generics_are_no_tags():
    assert prose("List<int> and Dict<str, list>") == "List<int> and Dict<str, list>"


@pytest.mark.parametrize("piece", ["<br>", "<details>", "<summary>", "<p", "<h1>", "<li>", "</p>", "<dt>", "<summary"])
def test_hostile_text_is_finished(piece):
    assert isinstance(prose(piece * 3_000), str)
