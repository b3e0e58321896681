"""Streaks: freezes, days without a question, today, and zones that are moved."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.streaks import MOST_FREEZES, Streak, days_of, streak

TODAY = date(2026, 11, 25)
ZONES = sorted(name for name in available_timezones() if "/" in name)


def back(*days):
    """Return the days that were so many days ago."""
    return {TODAY - timedelta(days=day) for day in days}


def test_nobody_has_a_streak_before_the_first_answer():
    assert streak(set(), None, TODAY) == Streak()


def test_days_in_a_row_are_counted():
    assert streak(back(0, 1, 2), None, TODAY) == Streak(3, 3, 0, True)


def test_today_is_not_missed_before_it_is_over():
    assert streak(back(1, 2), None, TODAY) == Streak(2, 2, 0, False)


def test_day_that_was_missed_breaks_it():
    assert streak(back(0, 2, 3, 4), None, TODAY) == Streak(1, 3, 0, True)


def test_day_without_a_question_breaks_nothing():
    posted = back(0, 2, 3)
    assert streak(back(0, 2, 3), posted, TODAY).days == 3


def test_weeks_without_a_question_break_nothing():
    assert streak(back(0, 60), back(0, 60), TODAY).days == 2


def test_answer_on_a_day_without_a_question_counts():
    assert streak(back(0, 1, 2), back(0, 2), TODAY).days == 3


def test_seven_days_earn_a_freeze():
    assert streak(back(*range(7)), None, TODAY).freezes == 1
    assert streak(back(*range(6)), None, TODAY).freezes == 0


def test_two_freezes_are_kept_at_most():
    assert streak(back(*range(40)), None, TODAY).freezes == MOST_FREEZES == 2


def test_freeze_covers_a_day_that_was_missed():
    found = streak(back(0, *range(2, 9)), None, TODAY)
    assert (found.days, found.freezes) == (8, 0)


def test_second_day_missed_needs_a_second_freeze():
    assert streak(back(0, *range(3, 10)), None, TODAY).days == 1
    assert streak(back(0, *range(3, 17)), None, TODAY).days == 15


def test_freezes_go_with_the_streak():
    assert streak(back(0, *range(5, 12)), None, TODAY) == Streak(1, 7, 0, True)


def test_longest_is_remembered():
    assert streak(back(*range(20, 30)), None, TODAY) == Streak(0, 10, 0, False)


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)))
def test_streak_is_never_longer_than_the_days_answered(answered, posted):
    found = streak(back(*answered), back(*posted), TODAY)
    assert 0 <= found.days <= found.longest <= len(answered)
    assert found.freezes <= MOST_FREEZES


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)))
def test_fewer_questions_never_make_a_streak_shorter(answered, posted):
    everyday = streak(back(*answered), None, TODAY)
    assert streak(back(*answered), back(*posted), TODAY).days >= everyday.days


NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOURS = st.lists(st.integers(0, 24 * 30), min_size=1, max_size=40)


def test_days_are_those_of_the_zone():
    instants = [datetime(2026, 11, 24, 23, tzinfo=UTC), datetime(2026, 11, 25, 1, tzinfo=UTC)]
    assert len(days_of(instants, ZoneInfo("UTC"))) == 2
    assert days_of(instants, ZoneInfo("Asia/Shanghai")) == {TODAY}


@given(HOURS, st.sampled_from(ZONES))
def test_no_zone_makes_days_of_none(hours, zone):
    instants = sorted(NOON - timedelta(hours=hour) for hour in hours)
    days = len(days_of(instants, ZoneInfo(zone)))
    assert days <= len(set(hours))
    # More than days - 2 whole days lie between the first answer and the last, whatever the clocks say; a day of a
    # clock change may be an hour or two short.
    assert instants[-1] - instants[0] >= (days - 2) * timedelta(hours=24) - timedelta(hours=3)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Shanghai", "America/New_York"])
def test_two_answers_within_an_hour_are_two_days_in_at_most_one_moment_of_any_zone(zone):
    answers = [NOON, NOON + timedelta(minutes=50)]
    moved = days_of(answers, ZoneInfo(zone))
    assert len(moved) <= 1 + (
        answers[0].astimezone(ZoneInfo(zone)).date() != answers[1].astimezone(ZoneInfo(zone)).date()
    )


def test_moving_the_zone_tells_the_whole_past_in_the_new_one():
    # Late in the evening in Berlin, on four days; the same instants are early mornings in Shanghai, on four days, too.
    instants = [datetime(2026, 11, day, 22, tzinfo=UTC) for day in range(20, 24)]
    assert len(days_of(instants, ZoneInfo("Europe/Berlin"))) == len(days_of(instants, ZoneInfo("Asia/Shanghai"))) == 4
