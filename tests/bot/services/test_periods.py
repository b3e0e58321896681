"""Days, weeks and months of a group: half-open, at its own midnight, over changes of the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.periods import Period, Span, midnight, next_week, span, week_before, week_of

BERLIN, SHANGHAI, NEW_YORK = (ZoneInfo(name) for name in ("Europe/Berlin", "Asia/Shanghai", "America/New_York"))
ZONES = st.sampled_from([BERLIN, SHANGHAI, NEW_YORK, ZoneInfo("Asia/Beirut"), ZoneInfo("Australia/Lord_Howe")])
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(("period", "begins", "ends"), [
    (Period.TODAY, utc(2026, 11, 24, 16), utc(2026, 11, 25, 16)),
    (Period.WEEK, utc(2026, 11, 22, 16), utc(2026, 11, 29, 16)),
    (Period.MONTH, utc(2026, 10, 31, 16), utc(2026, 11, 30, 16)),
])  # fmt: skip
def test_period_is_that_of_the_group_s_clocks(period, begins, ends):
    assert span(period, utc(2026, 11, 25, 12), SHANGHAI) == Span(begins, ends)


def test_all_times_have_no_ends():
    assert span(Period.EVER, utc(2026, 11, 25), SHANGHAI) == Span()


@pytest.mark.parametrize(("week_start", "first"), [(0, 23), (6, 22), (2, 25), (3, 19)])
def test_week_starts_on_the_day_chosen(week_start, first):
    assert week_of(date(2026, 11, 25), week_start) == date(2026, 11, first)


def test_week_of_its_first_day_is_its_own():
    assert week_of(date(2026, 11, 23), 0) == date(2026, 11, 23)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 7, 1), 24)])
def test_day_of_a_clock_change_is_shorter_or_longer(day, hours):
    found = span(Period.TODAY, datetime.combine(day, datetime.min.time(), BERLIN), BERLIN)
    assert found.ends - found.begins == timedelta(hours=hours)


def test_midnight_that_a_clock_change_leaves_out_is_the_first_instant_after_it():
    # In Beirut the clocks went from 23:59:59 to 01:00.
    assert midnight(date(2026, 3, 29), ZoneInfo("Asia/Beirut")) == utc(2026, 3, 28, 22)


def test_midnight_that_comes_twice_is_the_first():
    # In Havana the clocks go from 01:00 back to 00:00.
    assert midnight(date(2026, 11, 1), ZoneInfo("America/Havana")) == utc(2026, 11, 1, 4)


@pytest.mark.parametrize("month", range(1, 13))
def test_month_ends_where_the_next_begins(month):
    found = span(Period.MONTH, utc(2026, month, 15), BERLIN)
    assert found.begins.astimezone(BERLIN).month == month
    assert found.ends.astimezone(BERLIN).month == month % 12 + 1


@given(INSTANTS, ZONES, st.sampled_from([Period.TODAY, Period.WEEK, Period.MONTH]), st.integers(0, 6))
def test_every_instant_is_in_exactly_one_span_of_each_kind(now, zone, period, week_start):
    found = span(period, now, zone, week_start=week_start)
    assert found.begins <= now < found.ends
    assert span(period, found.ends, zone, week_start=week_start).begins == found.ends


@given(INSTANTS, ZONES, st.integers(0, 6))
def test_next_week_begins_later_and_is_the_end_of_this_one(now, zone, week_start):
    assert next_week(now, zone, week_start=week_start) == span(Period.WEEK, now, zone, week_start=week_start).ends


@given(INSTANTS, ZONES, st.integers(0, 6))
def test_week_before_is_the_one_that_ends(now, zone, week_start):
    this = span(Period.WEEK, now, zone, week_start=week_start)
    assert week_before(this.ends, zone) == this
