"""What an answer is worth."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services import points
from bot.services.points import DAILY_CAP, SLOWEST, WORTH
from knowledge.questions.model import Difficulty
from tests.storage.answering import QUESTION

HALF_MINUTE = timedelta(seconds=30)
SECONDS = st.floats(-10, 100, allow_nan=False)


@pytest.mark.parametrize(
    ("difficulty", "worth"), [(Difficulty.EASY, 10), (Difficulty.MEDIUM, 15), (Difficulty.HARD, 20)]
)
def test_harder_questions_are_worth_more(difficulty, worth):
    assert points.earned(replace(QUESTION, difficulty=difficulty), 1.0, user_id=1) == worth


@pytest.mark.parametrize(("share", "earned"), [(0.0, 0), (0.5, 8), (1.0, 15)])
def test_part_of_an_answer_earns_a_part(share, earned):
    assert points.earned(QUESTION, share, user_id=1) == earned


def test_author_earns_nothing_by_a_question():
    written = replace(QUESTION, author_id=7)
    assert (points.earned(written, 1.0, user_id=7), points.earned(written, 1.0, user_id=8)) == (0, 15)


@pytest.mark.parametrize(("seconds", "left"), [(0, 20), (15, 15), (30, 10), (-5, 20), (99, 10)])
def test_speed_earns_at_most_half(seconds, left):
    assert points.quickened(20, timedelta(seconds=seconds), HALF_MINUTE) == left


def test_race_without_any_time_earns_half():
    assert points.quickened(20, timedelta(0), timedelta(0)) == 10


@given(st.integers(0, 50), SECONDS)
def test_right_answer_never_earns_less_than_half_or_more_than_all(worth, seconds):
    left = points.quickened(worth, timedelta(seconds=seconds), HALF_MINUTE)
    assert worth * SLOWEST - 1 < left <= worth


@given(SECONDS, SECONDS)
def test_later_never_earns_more(one, other):
    early, late = sorted((one, other))
    assert points.quickened(20, timedelta(seconds=early), HALF_MINUTE) >= points.quickened(
        20, timedelta(seconds=late), HALF_MINUTE
    )


@pytest.mark.parametrize(("earned", "before", "counts"), [
    (15, 0, 15), (15, DAILY_CAP - 15, 15), (15, DAILY_CAP - 5, 5), (15, DAILY_CAP, 0), (15, DAILY_CAP + 50, 0),
])  # fmt: skip
def test_day_has_a_cap(earned, before, counts):
    assert points.capped(earned, before) == counts


def test_every_difficulty_has_its_worth():
    assert set(WORTH) == set(Difficulty)
