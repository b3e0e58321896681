from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import TooFastError
from bot.services.pace import Pace

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_too_many_are_refused_with_the_time_to_wait():
    pace = Pace(2, MINUTE)
    pace.take(1, NOON)
    pace.take(1, NOON)
    with pytest.raises(TooFastError) as refusal:
        pace.take(1, NOON + timedelta(seconds=20.5))
    assert refusal.value.values == {"seconds": 40}


def test_period_slides():
    pace = Pace(1, MINUTE)
    pace.take(1, NOON)
    pace.take(1, NOON + MINUTE)
    with pytest.raises(TooFastError):
        pace.take(1, NOON + MINUTE * 1.5)


def test_refused_use_is_not_counted():
    pace = Pace(1, MINUTE)
    pace.take(1, NOON)
    with pytest.raises(TooFastError):
        pace.take(1, NOON + MINUTE / 2)
    assert pace.take(1, NOON + MINUTE) is None


def test_people_do_not_slow_one_another():
    pace = Pace(1, MINUTE)
    pace.take(1, NOON)
    assert pace.take(2, NOON) is None


def test_memory_is_bounded():
    pace = Pace(1, MINUTE, kept=10)
    for person in range(100):
        pace.take(person, NOON)
    assert len(pace._uses) == 10
