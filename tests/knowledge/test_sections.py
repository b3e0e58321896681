"""Sections: their headings, ids, sizes and language."""

from __future__ import annotations

import re

import pytest

from knowledge.loaders import LOADERS
from knowledge.model import Block, BlockKind, Section
from knowledge.sections import MAX_CHARACTERS, MAX_OVERVIEW, MAX_SECTIONS, Outline, language_of, split
from tests.knowledge.drafts import draft, messages, own

CHINESE = "这里是一段足够长的中文说明，用来介绍激活函数的作用、优点和缺点。" * 8
ENGLISH = "This is a passage in English, long enough to be told from a few words alone. " * 5


def sections(text: str) -> tuple[Section, ...]:
    return draft(text).sections


def ids(text: str) -> dict[tuple[str, ...], str]:
    return {section.headings: section.id for section in sections(text)}


def made(*outlines: Outline, title: str = "T") -> tuple[Section, ...]:
    return split(outlines, file="a.md", title=title, language="en")[0]


def text_block(text: str, line: int = 2) -> Block:
    return Block(BlockKind.TEXT, text, (line, line + text.count("\n")))


def test_section_has_the_headings_from_the_outermost_in():
    assert sections("# A\n\nx\n\n## B\n\ny\n\n### C\n\nz")[-1].headings == ("A", "B", "C")


def test_heading_of_the_same_level_ends_the_one_before():
    assert [section.headings for section in sections("# A\n\nx\n\n## B\n\ny\n\n## C\n\nz\n\n# D\n\nw")] == [
        ("A",),
        ("A", "B"),
        ("A", "C"),
        ("D",),
    ]


def test_left_out_level_is_no_ancestor():
    assert sections("# A\n\nx\n\n### C\n\nz\n\n## B\n\ny")[-1].headings == ("A", "B")


def test_text_before_the_first_heading_carries_the_title():
    first, second = sections("intro\n\n# A\n\ntext")
    assert (first.headings, first.level, first.lines) == (("A",), 0, (1, 1))
    assert (second.headings, second.level, second.lines) == (("A",), 1, (3, 5))


def test_heading_with_nothing_under_it_makes_no_section():
    assert [section.title for section in sections("# A\n\nx\n\n## B\n\n## C\n\ny")] == ["A", "C"]


def test_lines_run_from_the_heading_to_the_last_text():
    assert [section.lines for section in sections("\n# A\n\nx\ny\n\n\n## B\n\nz\n\n")] == [(2, 5), (8, 10)]


def test_id_is_sixteen_hex_digits():
    assert all(re.fullmatch(r"[0-9a-f]{16}", section.id) for section in sections("# A\n\nx\n\n## B\n\ny"))


@pytest.mark.parametrize(
    "edited",
    [
        "# A\n\nquite another text\n\n## B\n\ny",
        "new text above\n\n# A\n\nx\n\n## B\n\ny",
        "---\ntitle: T\n---\n# A\n\nx\n\n## B\n\ny",
        "# A\n\nx\n\n## New\n\nz\n\n## B\n\ny\n\n# End\n\nw",
        "# **A**\n\n<!-- c -->\n\nx\n\n## B ##\n\nyy",
    ],
)
def test_id_survives_an_edit_elsewhere(edited):
    before, after = ids("# A\n\nx\n\n## B\n\ny"), ids(edited)
    assert after[("A", "B")] == before[("A", "B")]
    assert before[("A",)] in {section.id for section in sections(edited)}


def test_id_changes_with_the_heading_the_ancestor_and_the_file():
    text = "# A\n\nx\n\n## B\n\ny"
    first = sections(text)[1].id
    others = (
        sections(text.replace("B", "C"))[1].id,
        sections(text.replace("A", "C"))[1].id,
        draft(text, "b.md").sections[1].id,
    )
    assert len({first, *others}) == 4


def test_equal_headings_have_ids_by_their_order():
    first, second = own("# A\n\nx\n\n# A\n\ny")
    changed = own("# A\n\nother\n\n# A\n\ntexts")
    assert first.id != second.id
    assert [section.id for section in changed] == [first.id, second.id]


def test_ids_of_a_note_are_all_different():
    text = "text\n\n" + "# A\n\nx\n\n## B\n\n## B\n\ny\n\n" * 20 + "long line\n\n" * 2_000
    every = [section.id for section in sections(text)]
    assert len(set(every)) == len(every) > 40


def test_overview_holds_the_headings_and_texts_below_it():
    (overview,) = (section for section in sections("# A\n\n## B\n\ny\n\n### C\n\nz\n\n# D\n\nw") if section.overview)
    assert (overview.headings, overview.lines) == (("A",), (1, 9))
    assert [block.text for block in overview.blocks] == ["## B", "y", "### C", "z"]


def test_blocks_of_an_overview_have_their_lines():
    overview = sections("# A\n\nB\n---\n\ny")[0]
    assert [block.lines for block in overview.blocks] == [(3, 4), (6, 6)]


def test_overview_is_capped_at_a_heading():
    text = "# A\n\n" + "".join(f"## B{number}\n\n{'x' * 1_500}\n\n" for number in range(10))
    overview = sections(text)[0]
    assert [block.text[:4] for block in overview.blocks] == ["## B", "xxxx", "## B", "xxxx"]


def test_overview_of_a_huge_section_shows_its_begin():
    overview = sections("# A\n\n## B\n\n" + "word " * 5_000)[0]
    assert (overview.overview, overview.part) == (True, 0)
    assert MAX_OVERVIEW // 2 < len(overview.text) <= MAX_OVERVIEW + 10


def test_section_with_text_of_its_own_is_no_overview():
    assert not sections("# A\n\nx\n\n## B\n\ny")[0].overview


def test_long_section_becomes_parts_at_its_blocks():
    text = "# A\n\n" + "\n\n".join(f"{number} " + "x" * 1_000 for number in range(9))
    parts = sections(text)
    assert [part.part for part in parts] == [1, 2, 3]
    assert [len(part.blocks) for part in parts] == [3, 3, 3]
    assert {part.headings for part in parts} == {("A",)}


def test_lines_of_parts_follow_one_another():
    parts = sections("# A\n\n" + "\n\n".join("x" * 1_000 for _ in range(9)))
    assert [part.lines for part in parts] == [(1, 7), (9, 13), (15, 19)]


def test_parts_are_of_a_size_that_a_chat_can_hold():
    text = "# A\n\n" + "word " * 10_000 + "\n\n```py\n" + "x = 1\n" * 3_000 + "```\n"
    assert all(len(section.text) <= MAX_CHARACTERS + 10 for section in sections(text))


def test_short_section_is_no_part():
    assert [section.part for section in sections("# A\n\nx")] == [0]


def test_cut_code_is_fenced_in_every_part():
    parts = sections("# A\n\n```python\n" + "x = 1  # note\n" * 1_000 + "```\n\nend")
    code = [block.text for part in parts for block in part.blocks if block.kind is BlockKind.CODE]
    assert len(code) > 3
    assert all(text.startswith("```python\n") and text.endswith("\n```") for text in code)


def test_too_many_sections_are_told_with_the_line():
    text = "".join(f"## H{number}\n\nx\n\n" for number in range(MAX_SECTIONS + 10))
    assert len(sections(text)) == MAX_SECTIONS
    assert messages(text) == [
        ("The note has more than {limit} sections; the rest is left out.", MAX_SECTIONS * 4 + 1),
    ]


def test_as_many_sections_as_allowed_are_no_problem():
    assert messages("".join(f"## H{number}\n\nx\n\n" for number in range(MAX_SECTIONS))) == []


def test_outlines_without_a_heading_carry_the_title():
    (section,) = made(Outline("", 0, 1, (text_block("x"),)), title="My note")
    assert section.headings == ("My note",)


def test_nothing_makes_no_sections():
    assert made() == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("激活函数", "zh"),
        ("activation function", "en"),
        ("使用 LayerNorm 而不是 BatchNorm", "zh"),
        ("the term 激活函数 means activation function in Chinese", "en"),
        ("決策樹", "zh"),
        ("12 + 3 = 15", "en"),
        ("", "en"),
    ],
)
def test_language_is_told_by_the_share_of_chinese(text, language):
    assert language_of(text) == language


def test_text_without_letters_has_the_fallback():
    assert language_of("1 + 2", "zh") == "zh"


def test_section_in_the_other_language_is_told():
    by_title = {section.title: section.language for section in sections(f"# A\n\n{CHINESE}\n\n# B\n\n{ENGLISH}")}
    assert by_title == {"A": "zh", "B": "en"}


def test_short_section_has_the_language_of_its_note():
    made = sections(f"# 甲\n\n{CHINESE}\n\n# SwiGLU\n\nSwish + GLU")
    assert [section.language for section in made] == ["zh", "zh"]


def test_code_does_not_decide_the_language():
    made = sections(f"# 甲\n\n{CHINESE}\n\n# 乙\n\n看代码：\n\n```python\n{'value = compute(value)' * 30}\n```")
    assert [section.language for section in made] == ["zh", "zh"]


def test_ten_thousand_headings_are_read():
    """It takes minutes where each heading looks through the rest."""
    text = "".join(f"{'#' * (number % 6 + 1)} H{number}\n" for number in range(10_000))
    assert len(LOADERS[".md"](text, "a.md").sections) == MAX_SECTIONS
