"""Terms that the notes name in both languages: only where both ends of the name are sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import mining
from knowledge.glossary import Term
from knowledge.mining import mined, plain_heading
from tests.knowledge.material import note, section

ACTIVATION = Term(zh=("激活函数",), en=("Activation Function",))


def of_text(text: str, *, heading: str = "标题") -> tuple[Term, ...]:
    return mined([note("a.md", [section(heading, text=text)])], {})


@pytest.mark.parametrize(
    "text",
    [
        "激活函数（Activation Function）决定输出",
        "激活函数(Activation Function)",
        "激活函数 ( Activation Function )",
        "前面一段\n激活函数（Activation Function）是非线性的",
        "- 激活函数（Activation Function）",
        "* 激活函数（Activation Function）：非线性",
        "  + 激活函数（Activation Function）",
        "1. 激活函数（Activation Function）",
        "3、激活函数（Activation Function）",
        "我们用 **激活函数（Activation Function）** 来",
        "- **激活函数（Activation Function）**：非线性",
        "激活函数 **激活函数（Activation Function）**",
        "### 激活函数（Activation Function）",
        "Activation Function（激活函数）",
        "- **Activation Function (激活函数)**",
    ],
)
def test_term_named_in_both_languages_is_mined(text):
    assert of_text(text) == (ACTIVATION,)


def test_term_in_a_heading_is_mined_without_its_number():
    assert of_text("", heading="3. 激活函数（Activation Function）") == (ACTIVATION,)
    assert of_text("", heading="二、激活函数 (Activation Function)") == (ACTIVATION,)


@pytest.mark.parametrize(
    "text",
    [
        "我们今天讨论的是，激活函数（Activation Function）",
        "网络中的 激活函数（Activation Function）",
        "so, Activation Function（激活函数）",
        "激活函数，Activation Function",
        "激活函数\n（Activation Function）",
        "激活函数（）",
        "（Activation Function）",
        "激活函数（见 Activation Function）",
        "激活函数（Activation Function",
    ],
)
def test_term_in_mid_sentence_or_without_both_names_is_not_mined(text):
    assert of_text(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "树（tree）",
        "这是一个比任何名字都长得多的中文句子（sentence）",
        "激活函数（one two three four five six）",
        "激活函数（3D）",
    ],
)
def test_what_is_too_short_or_too_long_for_a_name_is_not_mined(text):
    assert of_text(text) == ()


def test_each_term_is_mined_once_in_the_order_of_the_notes():
    notes = [
        note("a.md", [section("一", text="- 决策树（Decision Tree）\n- 激活函数（Activation Function）")]),
        note("b.md", [section("二", text="激活函数（Activation Function）", file="b.md")]),
    ]
    assert mined(notes, {}) == (Term(zh=("决策树",), en=("Decision Tree",)), ACTIVATION)


def test_text_of_an_overview_is_left_to_the_sections_below_it():
    assert mined([note("a.md", [section("总", text="激活函数（Activation Function）", overview=True)])], {}) == ()


def test_headings_of_twins_name_one_thing():
    mine, other = section("2. 激活函数"), section("2. Activation Function", file="a_en.md", language="en")
    assert mined([note("a.md", [mine])], {mine.id: other}) == (ACTIVATION,)


@pytest.mark.parametrize(
    ("heading", "other"),
    [
        ("激活函数与GELU", "Activation functions and GELU"),
        ("激活函数", "激活 functions"),
        ("激活函数", "One two three four five six"),
        ("激活函数", "…"),
        ("为什么我们在这里一定需要一个激活函数", "Why"),
    ],
)
def test_headings_of_twins_that_are_no_plain_names_are_not_mined(heading, other):
    mine, theirs = section(heading), section(other, file="a_en.md", language="en")
    assert mined([note("a.md", [mine])], {mine.id: theirs}) == ()


def test_number_of_terms_is_bounded(monkeypatch):
    monkeypatch.setattr(mining, "MAX_TERMS", 3)
    lines = [f"名字{digit}（name {word}）" for digit, word in zip("一二三四五", "abcde", strict=True)]
    assert len(of_text("\n".join(lines))) == 3


@pytest.mark.parametrize(
    ("heading", "plain"),
    [
        ("5. SwiGLU", "SwiGLU"),
        ("1.2.3 SwiGLU", "SwiGLU"),
        ("2.1 LoRA", "LoRA"),
        ("2.1. LoRA", "LoRA"),
        ("7B models", "7B models"),
        ("(3) SwiGLU", "SwiGLU"),
        ("第三章 激活函数", "激活函数"),
        ("三、激活函数", "激活函数"),
        ("问题3：激活函数", "激活函数"),
        ("IV. Key options", "Key options"),
        ("I.e. the mean", "I.e. the mean"),
        ("Q4: activation", "activation"),
        ("SwiGLU", "SwiGLU"),
        ("3D convolution", "3D convolution"),
        ("5.", "5."),
        ("", ""),
    ],
)
def test_heading_is_known_without_its_number(heading, plain):
    assert plain_heading(heading) == plain


@given(st.text())
def test_a_heading_is_never_emptied(heading):
    assert bool(plain_heading(heading)) == bool(heading)


@pytest.mark.parametrize(
    "piece", ["\n", " \n", "**", "** ", "- ", "-\n", "1.", "激活", "(", "激活(", "a ", "__\n", "# "]
)
def test_text_of_nothing_but_beginnings_is_read_to_its_end(piece):
    assert ACTIVATION in of_text(piece * 20_000 + "\n\n激活函数（Activation Function）")
