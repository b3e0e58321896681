"""What groups are told about their notes: once for each state, by one of those who try."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from storage import news, userdata
from storage.news import Channel

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=2)
HOME, AWAY = 5, 6


@pytest.fixture
async def channel(db) -> Channel:
    async with db.begin() as conn:
        await news.choose(conn, Channel(HOME, 2, "a" * 16, None, NOON), seen=b"\0\1")
        return await news.channel(conn, HOME)


async def add(db, channel, state="b" * 16) -> bool:
    async with db.begin() as conn:
        return await news.add(conn, channel, state=state, topics="[]", at=NOON)


async def test_channel_is_kept_with_what_the_group_knows(db, channel):
    async with db.reading() as conn:
        assert list(await news.channels(conn)) == [channel]
        assert await news.seen(conn, HOME) == b"\0\1"
        assert await news.channel(conn, AWAY) is None
        assert await news.seen(conn, AWAY) == b""


async def test_state_is_told_once_by_one_of_many(db, channel):
    assert sorted(await asyncio.gather(*(add(db, channel) for _ in range(8)))) == [False] * 7 + [True]


async def test_other_state_and_other_group_are_told_too(db, channel):
    other = Channel(AWAY, 3, "a" * 16, None)
    assert [await add(db, channel), await add(db, channel, "c" * 16), await add(db, other)] == [True] * 3


async def test_knowledge_moves_on_once(db, channel):
    async with db.begin() as conn:
        assert await news.move(conn, channel, state="b" * 16, seen=b"\2", told_at=NOON)
        assert not await news.move(conn, channel, state="c" * 16, seen=b"\3")
        assert await news.channel(conn, HOME) == Channel(HOME, 2, "b" * 16, NOON, NOON)


async def test_other_channel_gets_what_waits_but_not_what_was_told(db, channel):
    await add(db, channel)
    async with db.begin() as conn:
        (post,) = await news.take(conn, NOON, until=LATER, limit=9)
        await news.settle(conn, post.id)
    await add(db, channel, "c" * 16)
    async with db.begin() as conn:
        await news.relocate(conn, HOME, 9, at=LATER)
        assert await news.channel(conn, HOME) == Channel(HOME, 9, "a" * 16, None, LATER)
        assert [one.channel_id for one in await news.take(conn, NOON, until=LATER, limit=9)] == [9]


async def test_knowledge_does_not_move_on_for_a_channel_that_was_left(db, channel):
    async with db.begin() as conn:
        await news.relocate(conn, HOME, 9, at=LATER)
        assert not await news.move(conn, channel, state="b" * 16, seen=b"\2")


async def test_post_is_taken_by_one_and_again_after_its_lease(db, channel):
    await add(db, channel)
    async with db.begin() as conn:
        assert [one.tries for one in await news.take(conn, NOON, until=LATER, limit=9)] == [0]
        assert list(await news.take(conn, NOON, until=LATER, limit=9)) == []
        assert [one.tries for one in await news.take(conn, LATER, until=LATER, limit=9)] == [1]


async def test_settled_post_is_never_taken_or_added_again(db, channel):
    await add(db, channel)
    async with db.begin() as conn:
        (post,) = await news.take(conn, NOON, until=LATER, limit=9)
        await news.settle(conn, post.id)
        assert list(await news.take(conn, LATER, until=LATER, limit=9)) == []
    assert not await add(db, channel)


async def test_posts_of_long_ago_make_room(db, channel):
    await add(db, channel)
    async with db.begin() as conn:
        (post,) = await news.take(conn, NOON, until=LATER, limit=9)
        await news.settle(conn, post.id)
        much_later = NOON + timedelta(days=91)
        assert await news.add(conn, channel, state="c" * 16, topics="[]", at=much_later)
        assert await news.add(conn, channel, state="b" * 16, topics="[]", at=much_later)


async def test_nothing_is_told_once_it_was_stopped(db, channel):
    await add(db, channel)
    async with db.begin() as conn:
        assert await news.stop(conn, HOME)
        assert list(await news.take(conn, NOON, until=LATER, limit=9)) == []
        assert not await news.stop(conn, HOME)


async def test_group_that_is_deleted_leaves_nothing(db, channel):
    await add(db, channel)
    async with db.begin() as conn:
        while await userdata.purge_guild(conn, HOME):
            pass
        assert list(await news.channels(conn)) == []
        assert list(await news.take(conn, NOON, until=LATER, limit=9)) == []
