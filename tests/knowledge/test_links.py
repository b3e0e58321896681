"""Links to other notes, links by reference, and navigation lines, which name a twin and are not text."""

from __future__ import annotations

import pytest

from knowledge.loaders import navigation
from knowledge.loaders.links import MAX_LINKS, PICTURE, targets
from knowledge.model import BlockKind
from tests.knowledge.drafts import blocks, draft, kinds, shown


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("see [a](b.md) for", "b.md"),
        ("[a](./b/c.md 'Title')", "./b/c.md"),
        ("[a](<b c.md>)", "b c.md"),
        ("[a](b(1).md)", "b(1).md"),
        ("[a [b]](c.md)", "c.md"),
        ("[a](b.md#part)", "b.md#part"),
        ("[[note]] x", "note"),
        ("[[note#part|shown]]", "note"),
        ('<a class="x" href="b.md">a</a>', "b.md"),
        ("[![x](x.png)](b.md)", "b.md"),
    ],
)
def test_target_of_a_link_is_found(line, target):
    assert targets([line]) == (target,)


@pytest.mark.parametrize(
    "line",
    [
        "[a](https://x.y)",
        "[a](#part)",
        "[a](mailto:x@y.z)",
        "[a](//x.y)",
        "![a](b.png)",
        "![[b.png]]",
        r"\[a](b)",
        "[a]()",
    ],
)
def test_what_leads_to_no_file_is_no_target(line):
    assert targets([line]) == ()


def test_targets_are_in_order_and_each_once():
    assert targets(["[a](x.md) [b](y.md)", "[c](x.md)"]) == ("x.md", "y.md")


def test_targets_are_bounded():
    assert len(targets(f"[a]({number}.md)" for number in range(3_000))) == MAX_LINKS


def test_links_in_code_and_comments_are_none():
    assert draft("`[a](b.md)` <!-- [c](d.md) -->\n\n```\n[e](f.md)\n```").links == ()


@pytest.mark.parametrize(
    "text", ["![a](b.png)", "![](<b c.png>)", "![a [b]](c(1).png 'T')", "![[b.png|100]]", '<img alt="a" src="b.png">']
)
def test_picture_is_found_whole(text):
    assert [found[0] for found in PICTURE.finditer(f"x {text} y")] == [text]


@pytest.mark.parametrize("text", [r"\![a](b.png)", "[a](b.png)", "![a]", "<imgs>", "!(a)[b]"])
def test_what_only_looks_like_a_picture_is_none(text):
    assert PICTURE.search(text) is None


@pytest.mark.parametrize(
    ("reference", "written"),
    [
        ("[text][r]", "[text](https://x.y/z)"),
        ("[r][]", "[r](https://x.y/z)"),
        ("[r]", "[r](https://x.y/z)"),
        ("[text][R]", "[text](https://x.y/z)"),
        ("[text][no]", "[text][no]"),
        ("[no]", "[no]"),
        ("`[r]`", "`[r]`"),
        ("[text](r)", "[text](r)"),
        (r"\[r]", r"\[r]"),
    ],
)
def test_link_by_reference_is_written_out(reference, written):
    assert shown(f"see {reference} here\n\n[r]: https://x.y/z 'Title'\n") == f"see {written} here"


def test_picture_by_reference_becomes_a_picture_with_its_address():
    text = "![the curve][c]\n\n[c]: <img/a b.png>"
    assert kinds(text) == [(BlockKind.IMAGE, "![the curve](<img/a b.png>)")]


def test_encoded_address_of_a_picture_is_written_plainly():
    assert shown("![c]\n\n[c]: 图/%E6%9B%B2.png") == "![c](图/曲.png)"


def test_links_by_reference_count_as_links():
    assert draft("see [a][b]\n\n[b]: other.md").links == ("other.md",)


@pytest.mark.parametrize(
    "line", ["[^1]: a footnote", "[^1]: https://x.y", "[注意]: 重要", "[a]: b c d", "- [a]: https://x.y"]
)
def test_what_only_looks_like_a_definition_is_text(line):
    assert line in shown(f"text\n\n{line}")


def test_definition_that_is_used_is_no_text():
    assert shown("see [a]\n\n[a]: b") == "see [a](b)"


def test_reference_in_indented_code_stays():
    assert shown("text [r]\n\n    [r]\n\n[r]: https://x.y").endswith("\n    [r]")


def test_references_by_the_thousand_on_a_line_are_written_out():
    assert shown("[r] " * 100_000 + "\n\n[r]: https://x.y").count("https") == 100_000


@pytest.mark.parametrize(
    "line",
    [
        "[中文](./X_cn.md) | [English](./X_en.md)",
        "[中文](./X_cn.md) |\n[English](./X_en.md)",
        "[🇨🇳 中文](X_cn.md) | [🇺🇸 English](X_en.md)",
        "[🇨🇳](X_cn.md) [🇺🇸](X_en.md)",
        "**中文** | [English](X_en.md)",
        "[中文](X_cn.md) · **English**",
        "> [简体中文](X_cn.md) / [English](X_en.md)",
        "[English version](X_en.md)",
        "[英文版](X_en.md)",
        "[查看英文版本](X_en.md)",
        "Read this in [English](X_en.md)",
        "语言：中文 / [English](X_en.md)",
        "Languages: [zh-CN](X_cn.md), [en](X_en.md)",
        "[English](X_en.md)\n**中文**",
        "[中文](X_cn.md) | [English](X_en.md) | [日本語](X_ja.md)",
        '<p align="center"><a href="X_en.md">English</a> | 中文</p>',
        "*[中文](X_cn.md)*、*[English](X_en.md)*",
    ],
)
def test_navigation_is_no_text_and_names_the_twin(line):
    made = draft(f"{line}\n\n# A\n\ntext")
    assert shown(f"{line}\n\n# A\n\ntext") == "text"
    assert any(target.endswith(("X_cn.md", "X_en.md")) for target in made.twins)
    assert made.links == ()


def test_navigation_under_the_title_is_seen():
    assert draft("# A\n\n[中文](a_cn.md) | [English](a_en.md)\n\ntext").twins == ("a_cn.md", "a_en.md")


def test_rule_under_the_navigation_makes_no_heading_of_it():
    assert [section.headings for section in draft("[English](a_en.md)\n---\n# A\n\ntext").sections] == [("A",)]


def test_navigation_leaves_the_line_numbers_alone():
    (block,) = blocks("[中文](a_cn.md) |\n[English](a_en.md)\n# A\n\ntext")
    assert block.lines == (5, 5)


@pytest.mark.parametrize(
    "line",
    [
        "[GLU](a.md) | [Swish](b.md)",
        "[English](a_en.md) grammar",
        "English is [here](a_en.md)",
        "- [中文](a_cn.md) | [English](a_en.md)",
        "中文 | English",
        "[English grammar](a.md)",
        "`[English](a_en.md)`",
        "## [English](a_en.md)",
    ],
)
def test_what_only_looks_like_navigation_is_text(line):
    made = draft(f"{line}\n\ntext")
    assert made.twins == ()
    assert line in "\n".join([shown(f"{line}\n\ntext"), *(f"## [{s.title}](a_en.md)" for s in made.sections)])


def test_list_of_translations_further_down_is_text():
    text = "# Notes\n\n## GLU\n\n[中文](a_cn.md) | [English](a_en.md)\n"
    assert (draft(text).twins, draft(text).links) == ((), ("a_cn.md", "a_en.md"))


def test_navigation_is_looked_for_at_the_top_alone():
    lines = [*["text"] * navigation.MAX_FROM_TOP, "[English](a_en.md)"]
    assert navigation.find(lines, 0).lines == frozenset()
    assert navigation.find(lines, 5).lines == {navigation.MAX_FROM_TOP}


def test_address_on_the_web_is_no_twin():
    made = draft("[English](https://x.y/en)\n\ntext")
    assert (made.twins, shown("[English](https://x.y/en)\n\ntext")) == ((), "[English](https://x.y/en)\ntext")


def test_anchors_that_stay_open_are_finished():
    assert targets(["<a " + "href=" * 2_000, *["<a " + "href=" * 250] * 1_000]) == ()


def test_anchor_may_have_more_behind_its_address():
    assert targets(['<a class="x" href="a.md" title="y">a</a> <a href=b.md>b</a>']) == ("a.md", "b.md")
