"""The upright rules of arrays stand where their rows do."""

import re

import pytest

from drawing.formulas import shape

_RULE = re.compile(r'<rect x="[-\d.]+" y="([-\d.]+)" width="40" height="([\d.]+)"/>')


def rules(tex):
    return [tuple(map(float, found)) for found in _RULE.findall(shape(tex).body)]


@pytest.mark.parametrize("rows", [1, 2, 3, 7])
def test_rule_reaches_over_all_rows_of_its_array(rows):
    tex = "\\begin{array}{c|c}" + "1 & 2 \\\\" * rows + "\\end{array}"
    _, top, _, height = shape(tex).view
    ((bottom, high),) = rules(tex)
    assert high == pytest.approx(height)
    assert -(bottom + high) == pytest.approx(top)


def test_each_rule_is_one_piece():
    assert len(rules("\\begin{array}{|c|c|} 1 & 2 \\\\ 3 & 4 \\end{array}")) == 3


def test_strokes_of_fractions_stay_where_they_are():
    assert rules("\\frac{a}{b}") == []
    assert shape("\\frac{a}{b}").body.count("<rect") == 1
