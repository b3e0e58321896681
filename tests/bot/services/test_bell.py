import asyncio

from bot.services.bell import Bell


async def test_bell_rung_before_wakes_the_next_who_waits():
    bell = Bell()
    bell.ring()
    assert await asyncio.wait_for(bell.wait(3_600), 5)


async def test_bell_wakes_who_waits_already():
    bell = Bell()
    waiting = asyncio.create_task(bell.wait(3_600))
    await asyncio.sleep(0)
    bell.ring()
    assert await asyncio.wait_for(waiting, 5)


async def test_bell_wakes_once():
    bell = Bell()
    bell.ring()
    bell.ring()
    await bell.wait(3_600)
    waiting = asyncio.create_task(bell.wait(3_600))
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()


async def test_bell_that_is_not_rung_is_waited_for_no_longer_than_asked():
    assert not await asyncio.wait_for(Bell().wait(0), 5)


async def test_who_stops_waiting_is_stopped_and_not_woken():
    bell = Bell()
    waiting = asyncio.create_task(bell.wait(3_600))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert waiting.cancelled()
    bell.ring()
    assert await asyncio.wait_for(bell.wait(3_600), 5)
