"""Where fenced code ends, also where its author closed it wrongly or not at all."""

from __future__ import annotations

import pytest

from knowledge.loaders.fences import Fence, find
from knowledge.model import BlockKind
from tests.knowledge.drafts import blocks, headings, shown


def found(text: str) -> list[Fence]:
    return find(text.split("\n"))


def ranges(text: str) -> list[tuple[int, int]]:
    return [(fence.start, fence.end) for fence in found(text)]


@pytest.mark.parametrize(
    "text", ["```\na\n```", "~~~\na\n~~~", "````\n```\n````", "```\na\n`````", "```py\n~~~\n```", "```\n\n```"]
)
def test_closed_fence_ends_at_its_mark(text):
    assert ranges(f"a\n{text}\nb") == [(1, text.count("\n") + 2)]


@pytest.mark.parametrize("line", ["``code``", "```code```", "text ```", "``", "    x"])
def test_other_backquotes_open_nothing(line):
    assert found(line) == []


@pytest.mark.parametrize(
    ("opening", "info"),
    [("```python", "python"), ("``` c++ x", "c++"), ("~~~{.r}", "r"), ("```", ""), ("```JSON", "JSON")],
)
def test_info_is_the_first_word(opening, info):
    assert found(f"{opening}\na\n{opening[:3]}")[0].info == info


def test_fence_on_the_line_of_a_list_mark_is_indented_by_it():
    assert found("- ```\n  a\n  ```")[0].indent == 2


def test_fence_in_a_quote_ends_with_the_quote():
    (fence,) = found("> ```\n> a\nb")
    assert (fence.quoted, fence.end) == (True, 2)


def test_fence_of_a_list_closed_at_the_margin_is_closed():
    assert ranges("1. a\n   ```py\n   x = 1\n```\n\n## B") == [(1, 4)]


def test_code_of_a_list_continued_at_the_margin_is_code():
    assert ranges("- a\n\n  ```py\nimport a\n\n# note\nx = 1\n```\n\n## B") == [(2, 8)]


def test_unclosed_fence_of_a_list_ends_at_the_next_item():
    assert ranges("- a\n  ```py\n  x\n- b\n\n## B") == [(1, 3)]


def test_unclosed_fence_keeps_its_text():
    assert ranges("a\n```py\nx = 1\ny = 2") == [(1, 4)]


def test_unclosed_fence_ends_before_a_heading_with_prose():
    assert headings("# A\n\n```py\nx = 1\n\n## 下一节\n\n这里是正文。") == ["A", "下一节"]


def test_unclosed_fence_ends_before_a_heading_if_another_fence_opens_behind_it():
    assert headings("# A\n\n```\nx\n\n## B\n\n- item\n\n```py\ny\n```\n\n## C\n\nt") == ["A", "B", "C"]


@pytest.mark.parametrize(
    "code",
    [
        "# note\nx = 1",
        "x = 1\n\n# note\n\ny = 2",
        "x = 1\n\n# 加载模型\nmodel = load()",
        "# 第一步\n\n# 第二步\nx = 1",
        "## part\nfor x in y:\n    print(x)",
    ],
)
@pytest.mark.parametrize("closing", ["", "\n```"])
def test_comments_of_code_are_no_headings(code, closing):
    assert headings(f"# A\n\n```python\n{code}{closing}") == ["A"]


def test_heading_shown_in_code_is_no_heading():
    assert headings("# A\n\n```markdown\n\n## B\n\n这里是正文。\n```\n\n## C\n\nt") == ["A", "C"]


def test_fence_with_nothing_behind_it_is_kept():
    assert shown("# A\n\n```") == "```"


def test_code_in_a_list_is_a_block_of_code_without_the_mark():
    assert [(block.kind, block.text) for block in blocks("- ```py\n  x\n  ```")] == [
        (BlockKind.CODE, "  ```py\n  x\n  ```")
    ]


def test_text_after_a_mended_fence_is_no_code():
    made = blocks("# A\n\n1. a\n   ```py\n   x\n```\n\ntext")
    assert [block.kind for block in made] == [BlockKind.TEXT, BlockKind.CODE, BlockKind.TEXT]


def test_many_fences_of_falling_length_are_read_to_the_end():
    text = "".join("`" * (30 - number % 28) + "x\n" for number in range(20_000))
    assert found(text)[-1].end >= 20_000
