"""Answers are marked by their kind; nothing that is sent can do more than be wrong."""

from __future__ import annotations

import pytest

from knowledge.questions.marking import RIGHT, WRONG, Mark, mark
from knowledge.questions.model import FALSE, TRUE, Kind
from tests.knowledge.questions.material import question


def test_the_right_choice_is_right():
    assert mark(question(), (1,)) == RIGHT


@pytest.mark.parametrize("given", [(), (0,), (2,), (0, 1), (1, 0), (3,), (-1,), (10**30,), "Swish", "B"])
def test_any_other_choice_is_wrong(given):
    assert mark(question(), given) == WRONG


@pytest.mark.parametrize(
    ("right", "given", "marked"), [(TRUE, TRUE, RIGHT), (TRUE, FALSE, WRONG), (FALSE, FALSE, RIGHT)]
)
def test_true_and_false_are_told_apart(right, given, marked):
    assert mark(question(Kind.TRUTH, right=(right,)), (given,)) == marked


@pytest.mark.parametrize("given", [(0, 1, 2), (2, 0, 1), (0, 0, 1, 2)])
def test_all_right_choices_in_any_order_are_right(given):
    assert mark(question(Kind.SEVERAL), given) == RIGHT


@pytest.mark.parametrize("given", [(), (0, 1), (0, 1, 2, 3), (3,), (0, 1, 99)])
def test_a_part_of_the_right_choices_is_wrong_unless_it_counts(given):
    assert mark(question(Kind.SEVERAL), given) == WRONG


@pytest.mark.parametrize(
    ("given", "share"), [((0,), 1 / 3), ((0, 1), 2 / 3), ((0, 1, 3), 1 / 3), ((3,), 0), ((0, 3, 7, 8), 0), ((), 0)]
)
def test_a_part_earns_a_part_less_what_is_wrong(given, share):
    marked = mark(question(Kind.SEVERAL, partial=True), given)
    assert (marked.right, marked.share) == (False, pytest.approx(share))


def test_picking_everything_earns_less_than_knowing():
    everything = mark(question(Kind.SEVERAL, partial=True), (0, 1, 2, 3))
    assert everything.share == pytest.approx(2 / 3)
    assert not everything.right


@pytest.mark.parametrize(
    ("given", "marked"), [((0, 1, 2), RIGHT), ((0, 2, 1), WRONG), ((0, 1), WRONG), ((0, 1, 2, 3), WRONG), ((), WRONG)]
)
def test_order_is_right_as_a_whole_or_not_at_all(given, marked):
    assert mark(question(Kind.ORDER), given) == marked


def test_typed_answer_is_compared_with_every_accepted_form():
    assert mark(question(Kind.TYPED), "Gated-Linear unit") == RIGHT
    assert mark(question(Kind.TYPED), "ReLU") == WRONG


def test_index_is_no_typed_answer():
    assert mark(question(Kind.TYPED), (0,)) == WRONG


@pytest.mark.parametrize(
    ("covered", "marked"),
    [((), Mark(right=False, share=0)), ((0,), Mark(right=False, share=0.25)), ((0, 3), Mark(right=True, share=0.5))],
)
def test_open_answer_counts_by_the_key_points_it_covers(covered, marked):
    assert mark(question(Kind.OPEN), covered) == marked


@pytest.mark.parametrize("covered", [(4,), (-1, 99), (0, 0, 0, 0)])
def test_forged_key_points_count_nothing(covered):
    assert mark(question(Kind.OPEN), covered).share <= 0.25


def test_open_question_without_key_points_cannot_be_marked_right():
    assert mark(question(Kind.OPEN, points=()), (0,)) == WRONG
