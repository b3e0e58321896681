"""Streams and the questions picked for them by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage import streams
from storage.streams import NewStream

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
NEW = NewStream(
    guild_id=1, name="Morning", channel_id=2, post_at="08:30", zone="Europe/Berlin", language="en", reveal="now",
    seed=7, created_by=3, created_at=NOON, next_at=NOON, topics=("A", "门控"),
)  # fmt: skip


@pytest.fixture
async def kept(db):
    async with db.begin() as conn:
        return await streams.add(conn, NEW)


async def get(db, stream_id):
    async with db.reading() as conn:
        return await streams.get(conn, stream_id)


async def change(db, stream_id, **values):
    async with db.begin() as conn:
        return await streams.change(conn, stream_id, **values)


async def test_stream_comes_back_as_it_was_kept(db, kept):
    found = await get(db, kept)
    assert (found.name, found.topics, found.next_at, found.thread) == ("Morning", ("A", "门控"), NOON, False)
    assert await get(db, kept + 1) is None


async def test_what_is_changed_is_changed_alone(db, kept):
    assert await change(db, kept, topics=(), thread=True)
    found = await get(db, kept)
    assert (found.topics, found.thread, found.name) == ((), True, "Morning")


async def test_streams_of_a_group_are_those_that_are_not_over(db, kept):
    async with db.begin() as conn:
        other = await streams.add(conn, replace(NEW, name="Evening"))
        await streams.add(conn, replace(NEW, guild_id=9))
        assert await streams.retire(conn, kept, NOON)
        assert not await streams.retire(conn, kept, NOON)
        assert [one.id for one in await streams.of_guild(conn, 1)] == [other]
    assert not await change(db, kept, name="Back again")


async def test_due_are_those_whose_time_has_come_the_longest_waiting_first(db, kept):
    async with db.begin() as conn:
        later = await streams.add(conn, replace(NEW, next_at=NOON - timedelta(minutes=1)))
        await streams.add(conn, replace(NEW, next_at=NOON + timedelta(microseconds=1)))
        await streams.add(conn, replace(NEW, next_at=None))
        assert [one.id for one in await streams.due(conn, NOON, 9)] == [later, kept]
        assert [one.id for one in await streams.due(conn, NOON, 1)] == [later]


async def test_stream_is_paused_once_and_not_due_then(db, kept):
    async with db.begin() as conn:
        assert await streams.pause(conn, kept, "gone")
        assert not await streams.pause(conn, kept, "by_hand")
        assert await streams.due(conn, NOON, 9) == ()
    assert (await get(db, kept)).paused == "gone"


async def test_picked_questions_keep_their_order_and_are_there_once(db, kept):
    async with db.begin() as conn:
        for question_id in ("b", "a", "b", "c"):
            await streams.enqueue(conn, kept, question_id, 3)
        assert [one.question_id for one in await streams.queue(conn, kept)] == ["b", "a", "c"]
        assert await streams.dequeue(conn, kept, "b")
        assert not await streams.dequeue(conn, kept, "b")
        assert [one.question_id for one in await streams.queue(conn, kept)] == ["a", "c"]
