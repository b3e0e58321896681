"""Many presses, few looks."""

from datetime import timedelta

import pytest

from bot.services.looks import EVERY, Looks


@pytest.fixture
def looks(clock) -> Looks:
    return Looks(clock)


def test_many_wishes_are_one_look(looks, clock):
    for _ in range(100):
        looks.want(1)
    clock.turn(seconds=2)
    assert looks.take(1, clock())
    assert not looks.take(1, clock())


def test_look_is_not_taken_before_its_time(looks, clock):
    looks.want(1)
    clock.turn(seconds=1)
    assert not looks.take(1, clock())
    assert looks.times() == {1: clock() + EVERY - timedelta(seconds=1)}


def test_wish_during_a_look_is_another_look(looks, clock):
    looks.want(1)
    clock.turn(seconds=2)
    looks.take(1, clock())
    looks.want(1)
    assert looks.times() == {1: clock() + EVERY}


def test_races_are_looked_at_apart(looks, clock):
    looks.want(1)
    clock.turn(seconds=2)
    looks.want(2)
    assert (looks.take(1, clock()), looks.take(2, clock())) == (True, False)


async def test_first_wish_rings_and_the_next_do_not(looks):
    looks.want(1)
    await looks.bell.wait(3_600)
    looks.want(1)
    await looks.bell.wait(0)
    assert looks.times().keys() == {1}
