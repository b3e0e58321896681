"""A page knows its headings, its prose, and what is folded away in it."""

from __future__ import annotations

import pytest

from knowledge.questions.page import Page


def page(text: str) -> Page:
    return Page(text, "a.md")


def test_headings_are_read_plain_and_as_written():
    one, two = page("# **All** `of` it #\n\nUnder *this*\n----------\n").headings
    assert (one.line, one.end, one.level, one.text, one.written) == (0, 1, 1, "All of it", "**All** `of` it")
    assert (two.line, two.end, two.level, two.text, two.written) == (2, 4, 2, "Under this", "Under *this*")


def test_only_prose_is_text():
    found = page("# a\n\ntext\n\n```\ncode\n```\n\n$$\nx\n$$\n\n| a |\n|---|\n| b |\n")
    assert [line for line in range(len(found.lines)) if found.is_text(line)] == [2]


def test_front_matter_rules_and_definitions_of_links_are_blank():
    found = page("---\ntitle: x\n---\n\na\n\n---\n\n[1]: https://a.example\n")
    assert [line.strip() for line in found.lines if line.strip()] == ["a"]


def test_offsets_and_lines_belong_together():
    found = page("ab\n\ncd\n")
    assert [found.start(line) for line in range(5)] == [0, 3, 4, 7, 7]
    assert [found.line_at(offset) for offset in (0, 2, 3, 4, 6, 7)] == [0, 0, 1, 2, 2, 3]


NESTED = "<details><summary>b</summary>2</details>"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("<details><summary>Why?</summary>So.</details>", [("Why?", "So.")]),
        ("<details open>\n<summary class='x'>\n<b>Why</b> so?\n</summary>\nSo.\n</details>", [("Why so?", "\nSo.\n")]),
        (f"<details><summary>a</summary>1{NESTED}3</details>", [("a", f"1{NESTED}3")]),
        (f"<DETAILS><SUMMARY>a</SUMMARY>1</DETAILS>\n{NESTED}", [("a", "1"), ("b", "2")]),
        ("<details><summary>a</summary>1", [("a", "1")]),
        ("<details>no summary</details>", []),
        ("`<details><summary>a</summary>1</details>`", []),
    ],
)
def test_what_is_folded_away_is_found_with_its_summary(text, folded):
    found = page(text)
    assert [(fold.summary, found.text[fold.body : fold.close]) for fold in found.folded] == folded
