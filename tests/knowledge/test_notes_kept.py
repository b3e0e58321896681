"""Nothing of a note is lost, however broken it is; shown on made-up notes and on real ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.decoding import decode
from knowledge.loaders.navigation import MAX_FROM_TOP
from knowledge.model import BlockKind, Section
from tests.knowledge.drafts import draft
from tests.knowledge.material import SAMPLE, SHARED_NOTES

NOTES = [*sorted(SAMPLE.rglob("*.md")), *sorted(SHARED_NOTES.rglob("*.md"))]

_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)|<img[^<>]*>")
_NO_TEXT = re.compile(
    r" {0,3}#{1,6}(?:\s.*)?|\s*(?:[-=*_]\s*)+|\s*\[[^\]]*\]:.*|(?:> ?)?.*\[[^\]]*(?:中文|English)[^\]]*\]\(.*|\s*"
)
_EDGE = " \t>-*+|.,;，。；0123456789)\\"


def pieces(line: str) -> Iterator[str]:
    """Yield what of a line must be found again: pictures and marks of lists become blocks or go."""
    yield from (piece.strip(_EDGE) for piece in _PICTURE.split(line))
    yield from _PICTURE.findall(line)


def lost(text: str, sections: tuple[Section, ...]) -> list[str]:
    """Return the lines that are in no block; those are looked at that are neither heading, rule nor navigation."""
    whole = "\n".join(block.text for section in sections for block in section.blocks)
    under = [line for line, rule in zip(text.split("\n"), [*text.split("\n")[1:], ""], strict=True) if not _ruled(rule)]
    return [
        line for line in under if not _NO_TEXT.fullmatch(line) and any(piece not in whole for piece in pieces(line))
    ]


def _ruled(below: str) -> bool:
    """Tell whether the line above *below* is a heading."""
    return re.fullmatch(r" {0,3}(?:-+|=+)\s*", below) is not None


def read(path: Path) -> str:
    return decode(path.read_bytes(), path.name)


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def section(path: Path, title: str) -> Section:
    made = draft(read(path), path.name)
    return next(section for section in made.sections if title in section.title)


LINES = st.sampled_from(
    [
        *("# H", "## 标题", "text", "中文字", "", "", "**bold**", "x = 1", "\n题目\n===", "---", "* * *", "<div>"),
        *("- item", "  - inner", "1. one", "> quote", "    code", "\tcode", "| a | b |", "|---|---|", "a | b", "\\"),
        *("```", "```py", "~~~", "   ```", "> ```", "<!--", "-->", "<pre>", "</pre>", "`", "a `b` c", "[a](b.md)"),
        *("$$", "$x$ and $y", "\\[", "\\]", "$$x$$.", "> - $$", "# $x", "\\begin{a}", "\\end{a}"),
        *("![a](b.png)", "see ![a](b.png) here", "- ![a](b.png)"),
    ]
)
"""What makes and breaks blocks."""


def numbered(lines: list[str]) -> str:
    """Return a note of *lines*, each of which can be told from the others."""
    return "\n".join(f"{line}{number}" if line[-1:].isalnum() else line for number, line in enumerate(lines))


def _uncommented(text: str) -> str:
    """Return *text* without what may be a comment."""
    return text.replace("<!--", "<--").replace("-->", "--")


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=25).map(numbered))
@example("- a\n```\nb\n  ```\n# H\ntext")
@example("$$\n- a\n# H\n$$\n```\n$$\n```")
@example("> ```\ntext\n> ```\n<pre>\n# H")
def test_no_line_is_lost_however_blocks_are_broken(text):
    text = _uncommented(text)
    assert lost(text, draft(f"# top\n\nfirst\n\n{text}").sections) == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
@example("\t>")
def test_any_text_makes_sections_in_order(text):
    made = [section for section in draft(text).sections if not section.overview]
    lines = [section.lines for section in made]
    assert lines == sorted(lines)
    assert all(1 <= first <= last <= text.count("\n") + 1 for first, last in lines)
    assert all(block.text.strip() for section in made for block in section.blocks)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=25).map(numbered))
@example("# H0\nsee ![a](b.png) here1\n---")
def test_blocks_are_in_order_and_inside_their_section(text):
    for made in draft(text).sections:
        lines = [block.lines for block in made.blocks]
        assert lines == sorted(lines)
        assert all(made.lines[0] <= first <= last <= made.lines[1] for first, last in lines)


@pytest.mark.parametrize("path", NOTES, ids=label)
def test_no_line_of_a_real_note_is_lost(path):
    text = read(path)
    made = draft(text, path.name)
    body = text.split("\n---\n", 1)[-1] if text.startswith("---\n") else text
    assert lost(_uncommented(body), made.sections) == []
    assert made.problems == ()


@pytest.mark.parametrize("path", NOTES, ids=label)
def test_every_section_of_a_real_note_begins_at_its_heading(path):
    lines = read(path).split("\n")
    for made in draft("\n".join(lines), path.name).sections:
        if made.level and made.part < 2:
            first = re.search(r"\w+", made.title)
            assert first is None or first[0] in lines[made.lines[0] - 1]


@pytest.mark.parametrize("path", [path for path in NOTES if "_cn" in path.name], ids=label)
def test_real_note_names_its_twin(path):
    made = draft(read(path), path.name)
    top = "\n".join(read(path).split("\n")[:MAX_FROM_TOP])
    assert bool(made.twins) == ("[English]" in top)


def test_section_of_a_real_note_is_found_with_its_picture(llm_note):
    made = section(llm_note / "什么是激活函数，常见的激活函数有哪些.md", "5. SwiGLU")
    assert made.lines == (96, 109)
    assert [block.text for block in made.blocks if block.kind is BlockKind.IMAGE] == [
        "![formula for SwiGLU](images/SwiGLU.jpg)"
    ]


def test_unclosed_code_of_a_real_note_is_a_block(llm_note):
    made = section(llm_note / "面试问题整理.md", "问题11")
    (code,) = (block for block in made.blocks if block.kind is BlockKind.CODE)
    assert (code.info, code.text.count("\n")) == ("python", 6)


def test_headings_of_a_real_note_are_complete(llm_note):
    path = llm_note / "tokenlizer" / "Tokenlizer_cn.md"
    text = read(path)
    written = [line.strip("# ") for line in text.split("\n") if line.startswith("#")]
    assert [made.title for made in draft(text, path.name).sections] == written
