"""Formulas in a line of text: what belongs together stays together, and nothing of LaTeX is left to be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.lines import fits_a_line, line


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"\frac{QK^T}{\sqrt{d_k}}", "QKᵀ/√dₖ"),
        ("$W_q^T$", "W_qᵀ"),
        (r"x \cdot \sigma(x)", "x · σ(x)"),
        (r"d_{\text{model}}", "d_model"),
        (r"\nabla_\theta J(\theta)", "∇_θ J(θ)"),
        (r"e^{-3\sqrt{d}}", "e^(−3√d)"),
        (r"V_{t+1}", "Vₜ₊₁"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\frac{1}{1+e^{-x}}", "1/(1 + e⁻ˣ)"),
        (r"\sum_{k=1}^{K} p_k", "∑ₖ₌₁ᴷ pₖ"),
        (r"\log p_\theta", "log p_θ"),
        (r"\operatorname{softmax}(x)", "softmax(x)"),
        (r"\mathbb{R}^{n \times d}", "ℝ^(n × d)"),
        (r"\boldsymbol{x}", "x"),
        (r"\hat{y}_i", "ŷᵢ"),
        (r"\begin{cases} y, & y \geq 0 \\ ay, & y < 0 \end{cases}", "{y, y ≥ 0; ay, y < 0}"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "(1, 2; 3, 4)"),
        (r"\binom{n}{k}", "(n k)"),
        (r"\sqrt[3]{x+1}", "³√(x + 1)"),
        (r"\text{更优划分}", "更优划分"),
        (r"\mathbb{E}_x[\mathcal{L}]", "𝔼ₓ[ℒ]"),
        (r"\frac{8}{3}d = \frac{a}{b}(c)", "(8/3)d = (a/b)(c)"),
        (r"\frac{1}{n}\sum_i x_i", "(1/n)∑ᵢ xᵢ"),
        (r"(-x)", "(−x)"),
        (r"W_q x", "W_q x"),
        (r"\underbrace{a+b}_{n}", "a + b [n]"),
    ],
)
def test_formula_reads_as_a_line(written, shown):
    assert line(written) == shown


@pytest.mark.parametrize("written", ["", "$$$$", "x" * 3_001, "{" * 500])
def test_what_is_no_formula_or_too_much_is_none(written):
    assert line(written) is None


@pytest.mark.parametrize(
    "defining",
    [
        r"\newcommand{\qa}{x} \qa",
        r"\renewcommand\alpha{x}\alpha",
        r"\providecommand{\qa}{x}",
        r"\def\qa{x}\qa",
        r"\gdef\qa{x}",
        r"\let\qa\alpha",
        r"\DeclareMathOperator{\argmax}{argmax}",
    ],
)
def test_commands_that_a_formula_makes_are_not_followed_here(defining):
    """Each may be the one before it ten times over, and so on."""
    assert line(defining) is None
    assert line(defining + "^2") is None


@pytest.mark.parametrize("word", [r"\left( x \right)", r"\leq 1", r"\delta"])
def test_commands_that_only_begin_alike_are_read(word):
    assert line(f"x {word}") is not None


def test_nested_as_deep_as_it_may_be_it_still_ends():
    assert line("\\frac{1}{" * 25 + "x" + "}" * 25) is not None


def test_long_lines_and_many_fractions_want_a_picture():
    assert fits_a_line("x", "x" * 90)
    assert not fits_a_line("x", "x" * 91)
    assert not fits_a_line(r"\frac12\frac12\frac12", "1/2")


@given(st.text(alphabet="\\{}^_$&abαx1 中fracsqrt()[]|", max_size=60))
def test_whatever_is_written_it_is_a_line_or_none(written):
    shown = line(written)
    assert shown is None or "\n" not in shown
