"""Posts: a day once, a step by one, whoever asks at the same time."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from storage import posts, rounds, streams
from storage.posts import CLAIMED, REFUSED, REVEALED, SENT, SKIPPED, UNCERTAIN, NewPost
from storage.rounds import NewRound
from tests.storage.test_streams import NEW

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
LATER = NOON + timedelta(seconds=90)
DAY = date(2026, 11, 25)


@pytest.fixture
async def stream_id(db):
    async with db.begin() as conn:
        return await streams.add(conn, NEW)


@pytest.fixture
def new(stream_id):
    return NewPost(stream_id, 1, DAY, CLAIMED, NOON, "q1", 2, "", "now", again_at=NOON)


async def claim(db, new):
    async with db.begin() as conn:
        return await posts.claim(conn, new)


async def take(db, post_id, now=NOON, until=LATER):
    async with db.begin() as conn:
        return await posts.take(conn, post_id, now, until)


async def change(db, post_id, *states, **values):
    async with db.begin() as conn:
        return await posts.change(conn, post_id, values, states=states)


async def test_of_many_claims_of_a_day_one_wins(db, new):
    claims = await asyncio.gather(*(claim(db, new) for _ in range(8)))
    assert sum(post_id is not None for post_id in claims) == 1


async def test_days_and_streams_do_not_get_in_each_others_way(db, new):
    async with db.begin() as conn:
        other = await streams.add(conn, NEW)
    for one in (new, replace(new, day=date(2026, 11, 26)), replace(new, stream_id=other)):
        assert await claim(db, one) is not None


async def test_tests_take_no_day(db, new):
    assert None not in [await claim(db, replace(new, day=None)) for _ in range(3)]


async def test_of_many_who_take_a_step_one_gets_it(db, new):
    post_id = await claim(db, new)
    taken = await asyncio.gather(*(take(db, post_id) for _ in range(8)))
    assert sum(one is not None for one in taken) == 1


async def test_taken_step_is_free_again_when_its_time_is_over(db, new):
    post_id = await claim(db, new)
    first = await take(db, post_id)
    assert (first.step, first.reveal, first.post.tries) == (True, False, 1)
    assert await take(db, post_id, now=LATER - timedelta(microseconds=1)) is None
    assert (await take(db, post_id, now=LATER, until=LATER + timedelta(1))).post.tries == 2


async def test_reveal_is_taken_apart_from_the_step(db, new):
    post_id = await claim(db, replace(new, state=SENT, again_at=None))
    await change(db, post_id, reveal_at=NOON)
    taken = await take(db, post_id)
    assert (taken.step, taken.reveal, taken.post.reveal_tries, taken.post.tries) == (False, True, 1, 0)
    assert await take(db, post_id) is None


async def test_what_is_not_there_is_not_taken(db):
    assert await take(db, 99) is None


async def test_due_are_posts_with_a_step_or_a_reveal(db, new):
    step = await claim(db, new)
    reveal = await claim(db, replace(new, day=date(2026, 11, 24), again_at=None))
    await claim(db, replace(new, day=date(2026, 11, 23), again_at=LATER))
    await change(db, reveal, reveal_at=NOON)
    async with db.reading() as conn:
        assert sorted(await posts.due(conn, NOON, 9)) == [step, reveal]
        assert await posts.due(conn, NOON - timedelta(1), 9) == ()


async def test_change_looks_at_the_state(db, new):
    post_id = await claim(db, new)
    assert not await change(db, post_id, SENT, REVEALED, problem="x")
    assert await change(db, post_id, CLAIMED, state=SENT)
    assert not await change(db, post_id, CLAIMED, state=SKIPPED)


async def test_reveal_is_hastened_once_and_not_while_somebody_does_it(db, new):
    post_id = await claim(db, replace(new, state=SENT, again_at=None))
    await change(db, post_id, reveal_at=LATER)

    async def hasten(now):
        async with db.begin() as conn:
            return await posts.hasten(conn, post_id, now)

    assert await hasten(NOON)
    assert not await hasten(NOON)
    await take(db, post_id)
    assert not await hasten(NOON)


async def test_skipped_day_is_freed_and_its_question_was_not_asked(db, new, stream_id):
    await claim(db, replace(new, state=SKIPPED, again_at=None))
    assert await claim(db, new) is None
    async with db.begin() as conn:
        assert await posts.free(conn, stream_id, DAY)
        assert not await posts.free(conn, stream_id, DAY)
        assert await posts.asked(conn, stream_id) == ()
    assert await claim(db, new) is not None


async def test_question_that_discord_refused_counts_as_asked(db, new, stream_id):
    await claim(db, replace(new, state=SKIPPED, again_at=None, problem=REFUSED))
    async with db.begin() as conn:
        await posts.free(conn, stream_id, DAY)
        assert await posts.asked(conn, stream_id) == ("q1",)


async def test_asked_questions_stand_where_they_were_asked_last(db, new, stream_id):
    for number, question_id in enumerate(("a", "b", "c", "a")):
        await claim(db, replace(new, day=date(2026, 11, 1 + number), question_id=question_id, state=SENT))
    await claim(db, replace(new, day=None, question_id="test"))
    async with db.reading() as conn:
        assert await posts.asked(conn, stream_id) == ("b", "c", "a")


async def test_history_is_newest_first_without_tests(db, new, stream_id):
    for number in (3, 1, 2):
        await claim(db, replace(new, day=date(2026, 11, number), state=SENT))
    await claim(db, replace(new, day=date(2026, 11, 4), state=SKIPPED))
    await claim(db, replace(new, day=None, state=SENT))
    async with db.reading() as conn:
        found = await posts.history(conn, stream_id, states={SENT}, limit=2)
        assert [post.day.day for post in found] == [3, 2]
        assert [post.day.day for post in await posts.history(conn, stream_id, states={SENT}, offset=2, limit=2)] == [1]
        assert await posts.count(conn, stream_id, {SENT}) == 3
        assert (await posts.newest(conn, stream_id)).day.day == 4


async def test_days_are_those_posted_on_or_skipped_from_one_on(db, new, stream_id):
    for number in (1, 2, 9):
        await claim(db, replace(new, day=date(2026, 11, number), state=SKIPPED))
    async with db.reading() as conn:
        assert await posts.days_from(conn, stream_id, date(2026, 11, 2)) == {date(2026, 11, 2), date(2026, 11, 9)}
        assert await posts.days_from(conn, stream_id + 1, date(2026, 11, 2)) == frozenset()


async def test_unsent_are_those_nobody_has_heard_of(db, new, stream_id):
    claimed = await claim(db, replace(new, day=date(2026, 11, 1)))
    doubtful = await claim(db, replace(new, day=None, state=UNCERTAIN))
    await claim(db, replace(new, day=date(2026, 11, 2), state=SENT))
    async with db.reading() as conn:
        assert [post.id for post in await posts.unsent(conn, stream_id)] == [claimed, doubtful]


async def test_post_is_found_by_its_round_and_its_day(db, new, stream_id):
    post_id = await claim(db, new)
    async with db.begin() as conn:
        round_id = await rounds.add(conn, NewRound(1, 2, "daily", "q1", "{}"))
        await posts.change(conn, post_id, {"round_id": round_id})
        assert (await posts.of_round(conn, round_id)).id == post_id
        assert (await posts.of_day(conn, stream_id, DAY)).id == post_id
        assert await posts.of_day(conn, stream_id, date(2026, 1, 1)) is None
        assert await posts.newest_questions(conn, stream_id, 2) == ("{}",)
