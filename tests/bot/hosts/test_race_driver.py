"""A race that is wanted to be looked at and is no longer there is forgotten, and not looked for again and again."""

from datetime import timedelta


async def test_race_that_was_deleted_is_not_looked_for_again(chat, services):
    looks = services.race_steps.looks
    looks.every = timedelta(seconds=8)
    looks.want(999)
    await chat.env.settle()
    assert list(looks.times()) == [999]
    await chat.env.advance_time(10)
    assert looks.times() == {}
