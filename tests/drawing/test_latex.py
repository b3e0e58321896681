"""LaTeX of notes: without its delimiters, and with what an engine would misread mended."""

import pytest

from drawing.latex import bare, normal


@pytest.mark.parametrize(
    "written",
    [
        "$$x^2$$",
        "$x^2$",
        "\\[ x^2 \\]",
        "\\(x^2\\)",
        "```math\nx^2\n```",
        "~~~~math\nx^2\n~~~~",
        "  $$\nx^2\n$$ ",
        "x^2",
    ],
)
def test_delimiters_are_taken_off(written):
    assert bare(written) == "x^2"


@pytest.mark.parametrize("written", ["$", "$$", "\\[", "", "```math"])
def test_delimiters_alone_are_no_formula_and_no_error(written):
    assert isinstance(bare(written), str)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a\nin b", "a in b"),  # not \nin
        ("R\\_{t} + L\\_{DPO}", "R_{t} + L_{DPO}"),
        ("num\\_layers", "num\\_layers"),
        ("a₁ = e^(z₁)", "a_{1} = e^{z_{1}}"),
        ("aⱼ + x²ⁿ", "a_{j} + x^{2n}"),
        ("a_j^[l]", "a_j^{l}"),
        ("x^(i) \\cdot y", "x^(i) \\cdot y"),  # TeX, and meant so
        ("x\x00\u202ey\ufeff", "xy"),
    ],
)
def test_what_people_write_is_read_as_they_mean_it(written, read):
    assert normal(written) == read
