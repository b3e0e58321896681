"""The lines of a note as Discord knows lines."""

import pytest

from bot.render.layout import _HEADING, open_items
from bot.render.markdown import prose
from bot.render.tags import BREAK


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("- a\n    - b\n        - c", "- a\n  - b\n    - c"),
        ("1. a\n  - b\n2. c", "1. a\n   - b\n2. c"),
        ("10. a\n   - b\n     - c\n11. d", "10. a\n    - b\n      - c\n11. d"),
        ("- a\n  1. b\n     more of b\n  2. c", "- a\n  1. b\n     more of b\n  2. c"),
        ("1. a\n\n  more\n2. b", "1. a\n\n   more\n2. b"),
        ("* a\n+ b", "- a\n- b"),
        ("1) a\n2) b", "1. a\n2. b"),
        ("- a\n - b", "- a\n- b"),
        ("- a\n\n  more\n- b", "- a\n\n  more\n- b"),
        ("- a\n    - b\n      more of b\n  more of a", "- a\n  - b\n    more of b\n  more of a"),
        ("- a\n\nafter", "- a\n\nafter"),
        ("-\n- b", "-\n- b"),
    ],
)
def test_what_is_in_an_item_stands_under_its_text(source, shown):
    assert prose(source) == shown


@pytest.mark.parametrize(
    ("source", "around", "shown"),
    [
        ("  - b\n  - c", (0,), f"{BREAK}\u2003\u2003◦ b\n{BREAK}\u2003\u2003◦ c"),
        ("  3. b\n     more", (0,), f"{BREAK}\u2003\u20033. b\n{BREAK}\u2003\u2003\u2003more"),
        ("  - b\n    - c\n- d\n  - e", (0, 2), f"{BREAK}\u2003\u2003◦ b\n{BREAK}\u2003\u2003\u2003◦ c\n- d\n  - e"),
        ("  or\n\n  - b", (0,), f"or\n\n{BREAK}\u2003\u2003◦ b"),
        ("after\n  - b", (0,), "after\n- b"),
        ("  - b\n  - c", (), "- b\n- c"),
    ],
)
def test_item_whose_list_began_above_a_picture_is_shown_as_nested(source, around, shown):
    assert prose(source, around) == shown


@pytest.mark.parametrize(
    ("source", "columns"),
    [("- a\n  - b", (0, 2)), ("- a\n  - b\n- c", (0,)), ("- a\n\nafter", ()), ("- a\n\n  more", (0,))],
)
def test_items_in_which_lines_end_are_known(source, columns):
    assert open_items(source.split("\n")) == columns


@pytest.mark.parametrize(
    ("source", "shown"), [("- [ ] a", "- ☐ a"), ("* [x] b", "- ☑ b"), ("1. [X] c", "1. ☑ c"), ("- [x](y)", "- x")]
)
def test_tasks_have_boxes(source, shown):
    assert prose(source) == shown


def test_heading_in_an_item_is_bold():
    assert prose("- # Title") == "- **Title**"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (">no blank", "> no blank"),
        ("> a\n> > b", "> a\n> b"),
        ("> # Title\n> - [ ] x", "> ### Title\n> - ☐ x"),
        ("> a\n>\n> b", f"> a\n> {BREAK}\n> b"),
        ("> a\n>\n\nafter", "> a\n\nafter"),
        ("a\n> b\nc", "a\n> b\nc"),
    ],
)
def test_quotations_have_one_level_and_all_their_lines(source, shown):
    assert prose(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a[^1]\n\n[^1]: the note", "a¹\n\n-# ¹ the note"),
        ("a[^12]", "a¹²"),
        ("a[^named]", "a\\[named\\]"),
        ("[^1]: the note\n    goes on\n\nafter", "-# ¹ the note goes on\n\nafter"),
    ],
)
def test_footnotes_are_raised_and_their_notes_small(source, shown):
    assert prose(source) == shown


def test_name_of_a_footnote_is_no_label_of_a_link():
    assert "[bank.com](" not in prose("a[^bank.com](https://evil.example)")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Term\n: one\n: two", "**Term**\n- one\n- two"),
        (": alone", ": alone"),
        ("- item\n: x", "- item\n- x"),
        (f"{'long ' * 30}\n: x", f"{'long ' * 30}".strip() + "\n: x"),
    ],
)
def test_definitions_are_a_list_under_their_term(source, shown):
    assert prose(source) == shown


@pytest.mark.parametrize(("source", "shown"), [("a\\\nb", "a\nb"), ("a  \nb", "a\nb"), ("a\\\\\nb", "a\\\\\nb")])
def test_hard_break_leaves_no_mark(source, shown):
    assert prose(source) == shown


@pytest.mark.parametrize("source", ["-# small", ">>> print(1)"])
def test_marks_that_only_discord_knows_are_text(source):
    assert prose(source) == f"\\{source}"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("## Title {#anchor}", "### Title"),
        ("## Title ##", "### Title"),
        ("##### **Deep**", "**Deep**"),
        ("Title\n---", "### Title"),
        ("- item\n---", "- item\n———"),
        ("***", "———"),
        ("#tag", "#tag"),
    ],
)
def test_headings_and_rules(source, shown):
    assert prose(source) == shown


def test_code_and_formulas_are_no_marks():
    assert prose("`# a`\n$- b$\n`- [ ] c`") == "`# a`\n−b\n`- [ ] c`"


@pytest.mark.parametrize(
    "line",
    [
        *(piece * 3_000 for piece in ("> ", "- ", "[^", ": ", "###")),
        "  " * 3_000 + "- x",
        "# a" + " " * 60_000 + "x",
        "# a" + " #" * 30_000 + "x",
    ],
)
def test_hostile_line_is_finished(line):
    assert len(prose(line)) <= len(line) * 2


@pytest.mark.parametrize(
    ("source", "words"),
    [("a ##", "a"), ("a  #  ", "a"), ("a # b #", "a # b"), ("C#", "C#"), ("# b", "# b"), ("a ", "a")],
)
def test_marks_that_close_a_heading_are_not_its_words(source, words):
    assert _HEADING.fullmatch(f"## {source}").groups() == ("##", words)
