"""Waiting at the stand-in."""

from __future__ import annotations

import asyncio

import pytest

from tests.wire.bell import Bell


async def test_what_holds_already_is_not_waited_for() -> None:
    await Bell().until(lambda: True, str, deadline_s=0)


async def test_every_ring_lets_who_waits_look_again() -> None:
    bell, looks, loop = Bell(), list[int](), asyncio.get_running_loop()

    def third_time() -> bool:
        looks.append(len(looks))
        loop.call_soon(bell.ring)
        return len(looks) == 3

    await bell.until(third_time, str)
    assert looks == [0, 1, 2]


async def test_deadline_tells_what_did_not_happen() -> None:
    with pytest.raises(AssertionError, match="not within 0 s: a miracle"):
        await Bell().until(lambda: False, lambda: "a miracle", deadline_s=0)


async def test_hopeless_wait_ends_before_its_deadline() -> None:
    bell = Bell()
    bell.hopeless = lambda: True
    with pytest.raises(AssertionError, match="never: a miracle"):
        await bell.until(lambda: False, lambda: "a miracle")
