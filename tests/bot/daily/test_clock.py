"""A clock that was wrong for a while: once it is right, every day has its question again, and none has two."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage import notices, streams

FAR = datetime(2036, 5, 6, 9, 3, tzinfo=UTC)
"""What a machine without a battery may take for now."""


class Wrong:
    """The clock, set wrong for the length of a block."""

    def __init__(self, desk, now: datetime) -> None:
        self.desk, self.now, self.right = desk, now, desk.clock.now

    async def __aenter__(self) -> None:
        self.desk.clock.now = self.now
        await self.desk.work()

    async def __aexit__(self, *_: object) -> None:
        self.desk.clock.now = self.right


async def days(desk, stream) -> list[tuple[date, str]]:
    return [(post.day, post.state) for post in await desk.posts(stream)]


@pytest.fixture
async def stream(desk):
    """Return a stream that posted on the first day, an hour ago."""
    made = await desk.set_up()
    await desk.until(10)
    return made


async def test_question_posted_under_a_wrong_date_counts_for_the_newest_free_day(desk, stream):
    await desk.until(8)
    async with Wrong(desk, FAR):
        assert len(desk.questions_asked) == 2
    await desk.work()
    assert [day for day, _ in await days(desk, stream)] == [date(2026, 1, 1), date(2026, 1, 2)]
    await desk.until(9)
    assert len(desk.questions_asked) == 2
    await desk.until(9)
    assert len(desk.questions_asked) == 3


async def test_day_left_out_under_a_wrong_date_silences_nobody(desk, stream):
    async with Wrong(desk, FAR + timedelta(hours=9)):
        assert len(desk.questions_asked) == 1
    await desk.until(9)
    assert await days(desk, stream) == [(date(2026, 1, 1), "revealed"), (date(2026, 1, 2), "sent")]


async def test_group_that_was_not_there_under_a_wrong_date_has_its_question(desk, stream):
    desk.line.unreachable.add(desk.guild_id)
    async with Wrong(desk, FAR):
        pass
    desk.line.unreachable.clear()
    await desk.until(9)
    assert await days(desk, stream) == [(date(2026, 1, 1), "sent"), (date(2026, 1, 2), "sent")]


async def test_question_whose_time_passed_under_a_wrong_date_is_made_up_for(desk, stream):
    desk.advance(hours=24)
    desk.line.unreachable.add(desk.guild_id)
    async with Wrong(desk, FAR):
        pass
    desk.line.unreachable.clear()
    await desk.work()
    assert (await days(desk, stream))[-1] == (date(2026, 1, 2), "sent")


@pytest.mark.parametrize("ahead", [timedelta(hours=8), timedelta(days=1), timedelta(days=400)])
async def test_clock_that_went_back_a_little_silences_nobody_either(desk, stream, ahead):
    desk.line.unreachable.add(desk.guild_id)
    async with Wrong(desk, desk.clock.now + ahead):
        pass
    desk.line.unreachable.clear()
    await desk.until(9)
    assert len(desk.questions_asked) == 2


async def test_send_that_failed_under_a_wrong_date_takes_no_day(desk, stream):
    desk.line.away = True
    async with Wrong(desk, FAR):
        pass
    desk.line.away = False
    await desk.until(9)
    await desk.pass_time(minutes=11)
    assert len(desk.questions_asked) == len(desk.said()) == 2
    assert await days(desk, stream) == [(date(2026, 1, 1), "revealed"), (date(2026, 1, 2), "sent")]


async def test_send_that_nobody_heard_of_under_a_wrong_date_is_found(desk, stream):
    desk.line.lost = 1
    async with Wrong(desk, FAR):
        assert len(desk.questions_asked) == 2
    await desk.pass_time(minutes=1)
    assert len(desk.questions_asked) == 2
    assert (await desk.last_post(stream)).message_id == desk.last.id


async def test_answers_are_not_held_back_until_the_wrong_date(desk, stream):
    await desk.until(8)
    async with Wrong(desk, FAR):
        pass
    await desk.work()
    assert (await desk.last_post(stream)).reveal_at <= desk.clock.now + timedelta(days=3)


async def test_answer_to_what_was_opened_in_the_future_counts(desk, services, stream):
    await desk.until(8)
    async with Wrong(desk, FAR):
        pass
    await desk.work()
    post = await desk.last_post(stream)
    verdict = await services.rounds.answer(post.round_id, desk.chief, (0,))
    assert verdict.counted


async def test_skipped_days_stay_skipped(desk, stream):
    for _ in range(4):
        await desk.daily.manual.skip(desk.chief, stream.id)
    async with Wrong(desk, datetime(2026, 1, 1, 18, tzinfo=UTC) + timedelta(days=900)):
        pass
    for _ in range(4):
        await desk.until(9)
        assert len(desk.questions_asked) == 1
    await desk.until(9)
    assert len(desk.questions_asked) == 2


async def test_notice_put_off_under_a_wrong_date_is_told(desk, stream):
    async with desk.db.begin() as conn:
        await notices.add(conn, "last", stream.id, at=FAR)
    await desk.work()
    async with desk.db.reading() as conn:
        assert await notices.due(conn, FAR, 9) == ()


async def test_what_rests_since_a_wrong_date_goes_on(desk, stream, monkeypatch):
    async def broken(_stream):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(desk.daily.work, "claim", broken)
        async with Wrong(desk, FAR):
            pass
    await desk.until(9)
    assert len(desk.questions_asked) == 2


async def test_zone_that_is_none_any_more_stops_no_other_stream(desk, stream):
    other = await desk.set_up(name="Other")
    async with desk.db.begin() as conn:
        await streams.change(conn, other.id, zone="Gone/Gone")
    async with Wrong(desk, FAR):
        pass
    await desk.until(9)
    assert (await days(desk, stream))[-1] == (date(2026, 1, 2), "sent")
