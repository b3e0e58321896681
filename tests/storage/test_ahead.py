"""What is planned for too late a time is found, and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from storage import ahead, notices, posts, streams
from storage.ahead import Ahead, Limits
from storage.posts import NewPost
from tests.storage.test_streams import NEW

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
LIMITS = Limits(look=NOON + timedelta(days=2), step=NOON + timedelta(hours=1), reveal=NOON + timedelta(days=4))
LATER = timedelta(seconds=1)


async def planned(conn, times: Limits) -> Ahead:
    """Keep a stream, a post and a notice that are due at these times, and return their ids."""
    stream_id = await streams.add(conn, replace(NEW, next_at=times.look))
    post = NewPost(stream_id, 1, date(2026, 11, 25), "claimed", NOON, "q", 2, "", "now", again_at=times.step)
    post_id = await posts.claim(conn, post)
    await posts.change(conn, post_id, {"reveal_at": times.reveal})
    await notices.add(conn, "low", stream_id, at=times.step)
    (notice_id,) = await notices.due(conn, times.step, 9)
    return Ahead((stream_id,), (post_id,), (notice_id,))


async def test_nothing_is_beyond_its_limit_that_is_at_it(db):
    async with db.begin() as conn:
        await planned(conn, LIMITS)
        assert not await ahead.find(conn, LIMITS)


async def test_everything_beyond_its_limit_is_found(db):
    beyond = Limits(*(getattr(LIMITS, name) + LATER for name in Limits.__slots__))
    async with db.begin() as conn:
        ids = await planned(conn, beyond)
        assert await ahead.find(conn, LIMITS) == ids


async def test_post_whose_answers_alone_are_too_late_is_found(db):
    async with db.begin() as conn:
        ids = await planned(conn, replace(LIMITS, reveal=LIMITS.reveal + LATER))
        assert await ahead.find(conn, LIMITS) == Ahead(posts=ids.posts)


@pytest.mark.parametrize("minutes", [-5, 5])
async def test_notice_is_only_made_sooner(db, minutes):
    async with db.begin() as conn:
        (notice_id,) = (await planned(conn, LIMITS)).notices
        await ahead.hasten_notice(conn, notice_id, LIMITS.step + timedelta(minutes=minutes))
        assert bool(await notices.due(conn, LIMITS.step - LATER, 9)) is (minutes < 0)


async def test_posts_of_later_days_are_found_newest_first(db):
    async with db.begin() as conn:
        stream_id = await streams.add(conn, NEW)
        for day in (1, 2, 3):
            post = NewPost(stream_id, 1, date(2026, 11, day), "skipped", NOON, "", 2, "", "now", problem="late")
            await posts.claim(conn, post)
        found = await ahead.dated_after(conn, stream_id, date(2026, 11, 1))
    assert [(state, problem) for _, state, problem in found] == [("skipped", "late")] * 2
    assert found[0][0] > found[1][0]
