"""The best pairs in one order: the same that a whole matrix gives, though only what was compared is looked at."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import alignment
from knowledge.alignment import _ALIKE, REACH, Pair, _band, _in_order


class Looked(dict[Pair, float]):
    """Counts the pairs that are looked up."""

    looks = 0

    def get(self, pair, default=None):
        self.looks += 1
        return super().get(pair, default)


def gain(scores: dict[Pair, float], pairs: tuple[Pair, ...] | list[Pair]) -> float:
    return sum(scores[pair] - _ALIKE for pair in pairs)


def best_gain(scores: dict[Pair, float]) -> float:
    """Try all ways to pair."""
    alike = [pair for pair in scores if scores[pair] > _ALIKE]
    rows, columns = len({i for i, _ in scores}), len({j for _, j in scores})
    ways = (way for count in range(min(rows, columns) + 1) for way in combinations(sorted(alike), count))
    in_order = (way for way in ways if all(a < c and b < d for (a, b), (c, d) in pairwise(way)))
    return max(gain(scores, way) for way in in_order)


@given(mine=st.integers(1, 4), theirs=st.integers(1, 4), reach=st.integers(0, 3), data=st.data())
def test_pairs_are_those_most_alike_taken_together(mine, theirs, reach, data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "REACH", reach)
        pairs = [(i, j) for i in range(mine) for j in _band(i, mine, theirs)]
        scores = {pair: data.draw(st.sampled_from([0.0, 0.5, 0.75, 1.0, 1.5])) for pair in pairs}
        found = _in_order(scores, mine, theirs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
    assert gain(scores, found) == best_gain(scores)


def test_long_notes_take_no_whole_matrix():
    count = REACH * 10
    scores = Looked({(number, number): 1.0 for number in range(count)})
    assert _in_order(scores, count, count) == list(scores)
    assert scores.looks <= count * (2 * REACH + 1)


@pytest.mark.parametrize("mine", [1, 3])
def test_short_note_is_paired_with_a_long_one_though_bands_do_not_touch(mine):
    theirs = REACH * 9
    scores = {(i, _band(i, mine, theirs)[0]): 1.0 for i in range(mine)}
    assert _in_order(scores, mine, theirs) == list(scores)
