"""The front matter: what it says, and that whatever only looks like it stays text."""

from __future__ import annotations

import pytest

from knowledge.loaders.frontmatter import MAX_CHARACTERS, MAX_NAMES, FrontMatter, read
from tests.knowledge.drafts import draft, headings, messages, shown

BROKEN = "The front matter cannot be read and is skipped: {reason}"


def said(yaml: str) -> FrontMatter:
    return read(f"---\n{yaml}\n---\n# A\n\ntext\n", "a.md")


def test_title_is_taken():
    assert said("title: 'Trees:  and more'").title == "Trees: and more"


def test_title_goes_before_the_heading():
    assert draft("---\ntitle: T\n---\n# A\n\nx").title == "T"


def test_title_that_is_a_number_is_text():
    assert said("title: 007").title == "007"


@pytest.mark.parametrize("yaml", ["aliases: [a, b c]", "aliases: a, b c", "alias:\n  - a\n  - b c", "Aliases: a，b c"])
def test_aliases_are_taken_in_every_form(yaml):
    assert said(yaml).aliases == ("a", "b c")


def test_tags_are_taken_once_each():
    assert said("tags: [x, 中文, x]").tags == ("x", "中文")


def test_quoted_name_with_a_comma_is_one_name():
    assert said("aliases: 'a, b'").aliases == ("a, b",)


@pytest.mark.parametrize("value", ["true", "True", "yes", "on"])
def test_draft_is_hidden(value):
    assert draft(f"---\ndraft: {value}\n---\nx").hidden


@pytest.mark.parametrize("value", ["false", "no", "", "maybe", "[true]"])
def test_anything_else_is_no_draft(value):
    assert not said(f"draft: {value}").draft


@pytest.mark.parametrize("yaml", ["title:", "title: ~", "title: {a: b}", "aliases: ", "aliases: [[a]]", "own: 1"])
def test_value_of_another_kind_says_nothing(yaml):
    assert (said(yaml).title, said(yaml).aliases, said(yaml).lines) == ("", (), 3)


def test_names_are_bounded():
    assert len(said(f"tags: [{', '.join(map(str, range(500)))}]").tags) == MAX_NAMES


def test_lines_of_the_note_count_from_the_top_of_the_file():
    (section,) = draft("---\ntitle: T\n---\n\n# A\n\ntext").sections
    assert (section.lines, section.blocks[0].lines) == ((5, 7), (7, 7))


def test_front_matter_is_not_shown():
    assert shown("---\ntitle: T\n---\n\n# A\n\ntext") == "text"


@pytest.mark.parametrize(
    ("yaml", "line"), [("title: [", 2), ("title: a\ntags: 'x", 3), ("a: b\n c: d\ne: f", 3), ("title: a\n\tb: c", 3)]
)
def test_broken_front_matter_is_told_with_its_line(yaml, line):
    assert messages(f"---\n{yaml}\n---\n# A\n\ntext") == [(BROKEN, line)]


def test_note_under_broken_front_matter_is_read():
    assert headings("---\ntitle: [\n---\n# A\n\ntext") == ["A"]


def test_too_large_front_matter_is_told_and_passed_over():
    text = f"---\nx: {'y' * MAX_CHARACTERS}\n---\n# A\n\ntext"
    assert (messages(text), shown(text)) == ([(BROKEN, 1)], "text")


def test_nested_lists_by_the_thousand_are_a_problem():
    assert messages(f"---\na: {'[' * 10_000}\n---\n# A\n\ntext")[0][0] == BROKEN


def test_alias_bomb_is_not_unfolded():
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert said(f"{bomb}title: T").title == "T"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("---\n\ntext\n\n---\n\nmore", "text"),
        ("---\n- a\n- b\n---\n\nmore", "- a\n- b"),
        ("---\ntitle: T\n\ntext", "title: T"),
        ("---\n\nSee also: this\n\n---\n\nmore", "See also: this"),
        ("---\n\n'unclosed\n\n---\n\nmore", "'unclosed"),
        (" ---\ntitle: T\n---\n", ""),
    ],
)
def test_rule_at_the_top_loses_no_text(text, kept):
    assert kept in shown(text)
    assert messages(text) == []


def test_empty_front_matter_says_nothing():
    assert (read("---\n---\n# A", "a.md"), shown("---\n---\n# A\n\nx")) == (FrontMatter(2), "x")


def test_line_of_dashes_further_down_is_no_front_matter():
    assert read("# A\n---\ntitle: T\n---\n", "a.md") == FrontMatter()
