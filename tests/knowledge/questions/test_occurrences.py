"""Terms are found where notes use them."""

from __future__ import annotations

import pytest

from knowledge.glossary import Glossary, Term
from knowledge.questions import occurrences
from knowledge.questions.occurrences import Occurrences
from tests.knowledge.questions.notes import note_of

TERM = Term(zh=("层归一化", "层标准化"), en=("layer normalization", "LayerNorm"), abbr=("LN",))
OTHER = Term(zh=("决策树",), en=("decision tree",))
GLOSSARY = Glossary((TERM, OTHER))


def used(*texts: str) -> Occurrences:
    return Occurrences([note_of(text, f"{number}.md") for number, text in enumerate(texts)], GLOSSARY)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("这里讲层归一化的用处", "层归一化"),
        ("這裡講層歸一化", "层归一化"),
        ("Layer normalizations help", "layer normalization"),
        ("use LayerNorm here", "LayerNorm"),
        ("use layer-norm here", "LayerNorm"),
        ("| LN | x |\n|---|---|\n| LN | y |", "LN"),
    ],
)
def test_name_is_found_in_any_spelling(text, name):
    assert used(f"# x\n\n{text}\n").has(name)


@pytest.mark.parametrize("text", ["层 归一化", "layer of normalization", "```\nLayerNorm\n```", "$LN$ layernorms2", ""])
def test_name_that_is_not_there_is_not_found(text):
    assert not used(f"# x\n\n{text}\n").has("LayerNorm")


def test_term_is_at_home_in_a_heading_before_bold_text():
    found = used("# x\n\n**层归一化** 在这里\n", "# y\n\n## 层归一化\n\n正文\n")
    assert found.home(TERM, "zh").section.file == "1.md"


def test_term_has_a_home_in_each_language_and_else_in_the_other():
    found = used("# 层归一化\n\n中文的正文在这里\n", "# LayerNorm\n\nEnglish text stands here.\n")
    assert [found.home(TERM, language).section.file for language in ("zh", "en")] == ["0.md", "1.md"]
    assert used("# 层归一化\n\n中文\n").home(TERM, "en").section.file == "0.md"


def test_term_in_the_text_alone_has_no_home():
    found = used("# x\n\n层归一化 decision tree\n")
    assert found.home(TERM, "zh") is None
    assert found.has("决策树") is False
    assert found.has("decision tree")


def test_sections_looked_at_are_bounded(monkeypatch):
    monkeypatch.setattr(occurrences, "MOST_SECTIONS", 1)
    assert not used("# x\n\na\n\n## y\n\n层归一化\n").has("层归一化")
