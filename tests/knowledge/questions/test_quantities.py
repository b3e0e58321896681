"""Numbers may be written in any way, with their unit or without, but must be the same."""

from __future__ import annotations

import pytest

from knowledge.questions.quantities import LONGEST, readings
from knowledge.questions.typed import is_right


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("1e-3", "0.001"),
        ("1E-03", "0.001"),
        ("10^-3", "0.001"),
        ("10⁻³", "0.001"),
        ("1×10^-3", "0.001"),
        ("1 * 10^{-3}", "0.001"),
        ("$1 \\times 10^{-3}$", "0.001"),
        ("０．００１", "0.001"),
        (".5", "0.5"),
        ("0,5", "0.5"),
        ("−2", "-2"),
        ("+2.0", "2"),
        ("1,000,000", "1000000"),
        ("1 000 000", "1e6"),
        ("3/8", "0.375"),
        ("2^10", "1024"),
        ("≈ 16", "16"),
        ("16。", "16"),
    ],
)
def test_number_may_be_written_in_any_way(given, accepted):
    assert is_right(given, [accepted])


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("16", "16 GB"),
        ("16gb", "16 GB"),
        ("16 GB", "16"),
        ("4位", "4 bits"),
        ("4-bit", "4"),
        ("768维", "768"),
        ("5 seconds", "5 s"),
        ("50%", "0.5"),
        ("0.5", "50%"),
        ("50", "50%"),
        ("５０％", "50 percent"),
        ("7 billion", "7B"),
        ("70亿", "7B"),
        ("7B", "7e9"),
        ("1.1 亿", "110M"),
        ("30k", "30,000"),
        ("20 times", "20"),
        ("20", "20 times"),
        ("20x", "20 times"),
        ("3 times 10^2", "300"),
    ],
)
def test_unit_and_scale_may_be_written_in_any_way_or_left_off(given, accepted):
    assert is_right(given, [accepted])


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("17", "16"),
        ("1", "-1"),
        ("0.01", "0.001"),
        ("1.6", "16"),
        ("16 MB", "16 GB"),
        ("7M", "7B"),
        ("70000", "7B"),
        ("50", "0.5"),
        ("sixteen", "16"),
        ("16 17", "16"),
        ("8/3", "2.67"),
        ("100000", "10000"),
        ("1/0", "0"),
        ("1e999", "1e998"),
        ("9^999^9", "9"),
    ],
)
def test_another_number_is_wrong(given, accepted):
    assert not is_right(given, [accepted])


@pytest.mark.parametrize(("given", "right"), [("2.67", True), ("8/3", True), ("2.6", False), ("2.70", False)])
def test_tolerance_is_heeded(given, right):
    assert is_right(given, ["2.667"], tolerance=0.01) is right


@pytest.mark.parametrize(
    ("given", "right"), [("51%", True), ("0.51", True), ("51", True), ("52", False), ("0.6", False)]
)
def test_tolerance_is_in_what_the_number_is_written_in(given, right):
    assert is_right(given, ["50%"], tolerance=1) is right


@pytest.mark.parametrize("text", ["", "nan", "inf", "e3", "1e9999", "x" * 50, "1" * (LONGEST + 1), "1.2.3", "GPT-4"])
def test_what_is_no_finite_number_has_no_reading(text):
    assert readings(text) == ()


@pytest.mark.parametrize(("given", "accepted"), [("4", "4d"), ("2", "2n"), ("1", "1-p"), ("3", "3 - i")])
def test_formula_is_no_number_with_a_unit(given, accepted):
    assert not is_right(given, [accepted])
    assert is_right(accepted, [accepted])
