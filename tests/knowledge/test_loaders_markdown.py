"""Markdown notes: headings, and blocks with their lines."""

from __future__ import annotations

import pytest

from knowledge.loaders.lines import MAX_LINES
from knowledge.model import BlockKind
from tests.knowledge.drafts import blocks, draft, headings, kinds, messages, shown

TEXT, CODE, MATH, TABLE = BlockKind.TEXT, BlockKind.CODE, BlockKind.MATH, BlockKind.TABLE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\nx", ["A"]),
        ("###### A\nx", ["A"]),
        ("A\n===\nx", ["A"]),
        ("A\n---\nx", ["A"]),
        ("a two-line\ntitle\n===\nx", ["a two-line title"]),
        ("   # A\nx", ["A"]),
        ("# A #\nx", ["A"]),
        ("# A ##  \nx", ["A"]),
        ("# C#\nx", ["C#"]),
        ("text\n# A\nx", ["A"]),
        ("# 中文（English）\nx", ["中文（English）"]),
        ("# A <!-- c -->\nx", ["A"]),
        ("# [GLU](a.md) and **Swish**\nx", ["GLU and Swish"]),
        ("# The norm $|A|_2$ of\nx", ["The norm $|A|_2$ of"]),
        ("# top\\_p&#x20;\nx", ["top_p"]),
        ("</details>\n# A\nx", ["A"]),
        ("<div>\n# A\n</div>", ["A"]),
        ("- a\n# A\nx", ["A"]),
        ("> a\n# A\nx", ["A"]),
        ("| a |\n|---|\n# A\nx", ["A"]),
        ("<!-- never closed\n# A\nx", ["A"]),
        ("`never closed\n# A\nx", ["A"]),
        ("$$ never closed\n# A\nx", ["A"]),
        ("<pre>never closed\n# A\nx", ["A"]),
        ("# see [a][b]\nx\n\n[b]: c.md", ["see a"]),
    ],
)
def test_heading_is_found(text, expected):
    assert headings(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "**A whole line in bold**\n\nx",
        "#A\n\nx",
        "#标签\n\nx",
        "####### A\n\nx",
        "\\# A\n\nx",
        "    # A\n\nx",
        "```\n# A\n```",
        "<!--\n# A\n-->\nx",
        "<pre>\n# A\n</pre>",
        "- # A\n\nx",
        "> # A\n\nx",
        "x\n\n---\n\ny",
        "| a |\n|---|\n| b |",
        "- a\n---\nx",
        "#\n\nx",
        "# <!-- c -->\n\nx",
        "# " + "a" * 500 + "\n\nx",
    ],
)
def test_what_only_looks_like_a_heading_is_none(text):
    assert headings(text) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("first line\nsecond line\n---\nx", "first line\nsecond line"),
        ("a" * 200 + "\n---\nx", "a" * 200),
        ("![a](b.png)\n---\nx", "![a](b.png)"),
        ("$$x$$\n---\ny", "$$x$$"),
        ("<br>\n---\nx", "<br>"),
        ("# " + "a" * 500, "a" * 500),
        ("# ![](b.png)", "![](b.png)"),
    ],
)
def test_heading_that_is_none_keeps_its_text(text, kept):
    assert headings(text) == []
    assert kept in shown(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n\nc", [(TEXT, "a\nb"), (TEXT, "c")]),
        ("- a\n  - b\n\n- c\n\nd", [(TEXT, "- a\n  - b\n\n- c"), (TEXT, "d")]),
        ("> a\n> b", [(TEXT, "> a\n> b")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", [(TABLE, "| a | b |\n|---|---|\n| 1 | 2 |")]),
        ("a | b\n--|--\n1 | 2", [(TABLE, "a | b\n--|--\n1 | 2")]),
        ("text\n| a | b |\n|---|---|", [(TEXT, "text"), (TABLE, "| a | b |\n|---|---|")]),
        ("```py\nx\n\ny\n```", [(CODE, "```py\nx\n\ny\n```")]),
        ("a\n\n    x\n\n    y\n\nb", [(TEXT, "a"), (CODE, "    x\n\n    y"), (TEXT, "b")]),
        ("$$\nx\n$$", [(MATH, "$$\nx\n$$")]),
        ("so:\n\\[\nx\n\\]\nend", [(TEXT, "so:"), (MATH, "\\[\nx\n\\]"), (TEXT, "end")]),
        ("- a\n  $$\n  x\n  $$\n- b", [(TEXT, "- a"), (MATH, "$$\n  x\n  $$"), (TEXT, "- b")]),
        ("> $$x$$", [(MATH, "$$x$$")]),
        ("so $x$ holds", [(TEXT, "so $x$ holds")]),
        ("```math\nx\n```", [(MATH, "```math\nx\n```")]),
        ("<div>\n\ntext\n\n</div>", [(TEXT, "<div>"), (TEXT, "text"), (TEXT, "</div>")]),
        ("- a\n\n  | b | c |\n  |---|---|\n", [(TEXT, "- a"), (TABLE, "  | b | c |\n  |---|---|")]),
        ("> ```\n> a\n> ```", [(TEXT, "> ```\n> a\n> ```")]),
        ("x <!-- c --> y", [(TEXT, "x  y")]),
    ],
)
def test_blocks_are_what_the_author_wrote(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "row", ["| $|A|$ | b |", "| `a|b` | c |", r"| \(|x|\) | b |", "| $100 | under $5 |", r"| a \| b | c |"]
)
def test_bars_in_a_row_keep_the_table_a_table(row):
    assert [kind for kind, _ in kinds(f"| a | b |\n|---|---|\n{row}\n| c | d |")] == [TABLE]


def test_bars_of_a_formula_in_the_head_keep_the_table_a_table():
    assert [kind for kind, _ in kinds("| $|A|$ | b |\n|---|---|\n| c | d |")] == [TABLE]


@pytest.mark.parametrize("rule", ["---", "***", "___", "- - -", "* * * * *"])
def test_rule_is_no_text(rule):
    assert kinds(f"a\n\n{rule}\n\nb") == [(TEXT, "a"), (TEXT, "b")]


def test_lines_of_blocks_count_past_comments_and_front_matter():
    text = "---\ntitle: T\n---\n<!-- one\ntwo -->\n# A\n\na\n\n```\nb\n```\n\n$$c$$\n\n| d |\n|---|\n"
    assert [block.lines for block in blocks(text)] == [(8, 8), (10, 12), (14, 14), (16, 17)]


def test_info_word_of_code_is_kept():
    assert [block.info for block in blocks("```python title=x\na\n```\n\n    b")] == ["python", ""]


def test_title_is_the_first_of_the_outermost_headings():
    assert draft("## B\n\nx\n\n# A\n\ny\n\n# C\n\nz").title == "A"


def test_note_without_headings_is_called_by_its_file():
    assert draft("text", "folder/决策树.md").title == "决策树"


@pytest.mark.parametrize("text", ["", "\n\n", "# A", "---\ntitle: T\n---\n", "<!-- c -->", "[a]: https://x.y"])
def test_note_without_text_has_no_sections(text):
    assert draft(text).sections == ()


def test_language_is_that_of_the_text():
    assert (draft("# Attention\n\n注意力机制的作用").language, draft("# A\n\nplain words").language) == ("zh", "en")


def test_lines_over_the_limit_are_told_and_those_before_it_read():
    text = "# A\n\n" + "x\n" * MAX_LINES
    assert messages(text) == [("This file has {lines} lines; only the first {limit} are read.", MAX_LINES + 1)]
    assert draft(text).sections[-1].lines[1] == MAX_LINES


@pytest.mark.parametrize(
    "hostile",
    [
        "- " * 5_000 + "x",
        ">" * 5_000 + " x",
        "1. " * 5_000 + "x",
        "\n".join("  " * level + "- x" for level in range(200)),
        "\n".join("> " * level + "x" for level in range(1, 60)),
        "[" * 100_000,
        "|" * 100_000,
        "*" * 100_000 + "a",
        "字" * 2_000_000,
        "word " * 400_000,
        "\t" * 10_000 + "x",
        "![a](data:image/png;base64," + "A" * 1_000_000 + ")",
        "<a href=" * 20_000,
        "[x](" + " " * 900 + ")" + "[x](" * 20_000,
        "\0\0\ud800\ufffe\u2028\x0b\x0c",
    ],
)
def test_heading_after_something_hostile_is_found(hostile):
    """Some of these make a parser that looks ahead take minutes, others make it pass over the rest."""
    assert headings(f"# A\n\n{hostile}\n\n# B\n\ntext")[-1] == "B"


def test_text_of_a_list_deeper_than_the_parser_goes_is_kept():
    assert "- " * 100 + "deep" in shown("- " * 100 + "deep")


def test_embedded_picture_is_a_picture_without_its_data():
    text = f"![a](data:image/png;base64,{'A' * 5_000})"
    assert kinds(text) == [(BlockKind.IMAGE, "![a](data:image/png;base64,…)")]


def test_definitions_alone_are_no_text():
    assert kinds("text\n\n[a]: https://x.y\n[b]: c.md 'Title'") == [(TEXT, "text")]


def test_underlined_heading_in_an_overview_is_shown_as_a_heading():
    overview = draft("# Training\n\nOptimisers\n---\n\nAdam.\n").sections[0]
    assert (overview.overview, overview.text) == (True, "## Optimisers\n\nAdam.")
