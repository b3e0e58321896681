import asyncio

from bot.services.bell import Bell


async def test_bell_rung_before_wakes_the_next_who_waits():
    bell = Bell()
    bell.ring()
    await asyncio.wait_for(bell.wait(3_600), 5)


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
    await asyncio.wait_for(Bell().wait(0), 5)
