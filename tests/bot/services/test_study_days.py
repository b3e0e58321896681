from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.services.study_days import beginning

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "begun"),
    [
        ((11, 24, 3, 0), (11, 24, 3, 0)),  # 04:00 in Berlin
        ((11, 24, 2, 59), (11, 23, 3, 0)),
        ((11, 23, 23, 30), (11, 23, 3, 0)),  # past midnight in Berlin, still the evening before
        ((3, 29, 1, 30), (3, 28, 3, 0)),  # the night in which an hour is skipped
        ((3, 29, 2, 0), (3, 29, 2, 0)),
        ((10, 25, 2, 30), (10, 24, 2, 0)),  # the night in which an hour comes twice
        ((10, 25, 3, 0), (10, 25, 3, 0)),
    ],
)
def test_study_day_begins_at_four_by_the_clocks_there(now, begun):
    assert beginning(datetime(2026, *now, tzinfo=UTC), BERLIN) == datetime(2026, *begun, tzinfo=UTC)


def test_beginning_is_in_utc():
    assert beginning(datetime(2026, 7, 1, 12, tzinfo=UTC), ZoneInfo("Asia/Shanghai")).tzinfo is UTC
