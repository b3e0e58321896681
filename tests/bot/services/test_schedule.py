"""When a day's question is due: zones, clock changes, and what people type for a time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import TimeUnreadableError
from bot.services.schedule import latest_slot, next_slot, parse_time, slot_on, written

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
SAMOA = ZoneInfo("Pacific/Apia")
ZONES = (BERLIN, NEW_YORK, SHANGHAI, LORD_HOWE, SAMOA, ZoneInfo("UTC"), ZoneInfo("America/Sao_Paulo"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(day: date, zone: ZoneInfo, post_at: time) -> str:
    found = slot_on(day, zone, post_at)
    assert found is not None
    return found.at.astimezone(zone).isoformat()


def test_slot_is_the_wall_clock_time_of_its_day():
    assert local(date(2026, 7, 1), BERLIN, time(8, 30)) == "2026-07-01T08:30:00+02:00"
    assert local(date(2026, 12, 1), BERLIN, time(8, 30)) == "2026-12-01T08:30:00+01:00"


@pytest.mark.parametrize(("zone", "day", "wall", "due"), [
    (BERLIN, date(2026, 3, 29), time(2, 30), "2026-03-29T03:00:00+02:00"),
    (BERLIN, date(2026, 3, 29), time(2), "2026-03-29T03:00:00+02:00"),
    (NEW_YORK, date(2026, 3, 8), time(2, 59), "2026-03-08T03:00:00-04:00"),
    (LORD_HOWE, date(2026, 10, 4), time(2, 10), "2026-10-04T02:30:00+11:00"),
    (ZoneInfo("America/Sao_Paulo"), date(2018, 11, 4), time(0, 0), "2018-11-04T01:00:00-02:00"),
])  # fmt: skip
def test_time_that_a_clock_change_skips_falls_due_at_the_first_instant_after_it(zone, day, wall, due):
    assert local(day, zone, wall) == due


@pytest.mark.parametrize(("zone", "day", "wall", "due"), [
    (BERLIN, date(2026, 10, 25), time(2, 30), "2026-10-25T02:30:00+02:00"),
    (NEW_YORK, date(2026, 11, 1), time(1, 30), "2026-11-01T01:30:00-04:00"),
])  # fmt: skip
def test_time_that_a_clock_change_repeats_falls_due_the_first_time(zone, day, wall, due):
    assert local(day, zone, wall) == due


def test_day_that_a_zone_left_out_has_no_slot():
    assert slot_on(date(2011, 12, 30), SAMOA, time(9)) is None
    after = next_slot(at("2011-12-29T20:00"), SAMOA, time(9))
    assert after.day == date(2011, 12, 31)


def test_latest_slot_is_todays_once_it_has_begun():
    assert latest_slot(at("2026-07-01T06:29:59"), BERLIN, time(8, 30)).day == date(2026, 6, 30)
    assert latest_slot(at("2026-07-01T06:30"), BERLIN, time(8, 30)).day == date(2026, 7, 1)


def test_next_slot_is_later_than_now_and_on_a_later_day_than_the_last():
    now = at("2026-07-01T06:30")
    assert next_slot(now, BERLIN, time(8, 30)).day == date(2026, 7, 2)
    assert next_slot(now, BERLIN, time(9)).day == date(2026, 7, 1)
    assert next_slot(now, BERLIN, time(9), after=date(2026, 7, 1)).day == date(2026, 7, 2)
    assert next_slot(now, BERLIN, time(9), after=date(2026, 7, 5)).day == date(2026, 7, 6)


MOMENTS = st.datetimes(datetime(2005, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds have none
TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))


@given(MOMENTS, st.sampled_from(ZONES), TIMES)
def test_now_lies_between_the_latest_and_the_next_slot(now, zone, post_at):
    latest, following = latest_slot(now, zone, post_at), next_slot(now, zone, post_at)
    assert latest.at <= now < following.at
    assert latest.day < following.day
    assert following.at - latest.at <= timedelta(hours=50)


@given(MOMENTS, st.sampled_from(ZONES), TIMES)
def test_slot_lies_on_its_day_and_never_before_its_time(now, zone, post_at):
    found = next_slot(now, zone, post_at)
    there = found.at.astimezone(zone)
    assert there.date() == found.day
    assert there.time() >= post_at
    assert there.replace(tzinfo=None) - datetime.combine(found.day, post_at) <= timedelta(hours=1)


@pytest.mark.parametrize(("typed", "meant"), [
    ("8", "08:00"), ("8:30", "08:30"), ("08:30", "08:30"), (" 8：30 ", "08:30"), ("８:３０", "08:30"),
    ("8.30", "08:30"), ("8h30", "08:30"), ("8h", "08:00"), ("0:00", "00:00"), ("23:59", "23:59"), ("8am", "08:00"),
    ("8 PM", "20:00"),
    ("12am", "00:00"), ("12pm", "12:00"), ("8:15 p.m.", "20:15"), ("8点", "08:00"), ("8点半", "08:30"),
    ("晚上8点30分", "20:30"), ("上午 9:05", "09:05"), ("下午3点", "15:00"),
])  # fmt: skip
def test_time_is_read_as_people_type_it(typed, meant):
    assert written(parse_time(typed)) == meant


@pytest.mark.parametrize("typed", [
    "25:00", "24:00", "8:60", "", "soon", "8:3x", "-1", "8:30:15", "13pm", "0am", "١٠", "8" * 30, "08:30\n09:00",
])  # fmt: skip
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(TimeUnreadableError):
        parse_time(typed)
