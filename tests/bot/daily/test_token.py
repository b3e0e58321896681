"""A token that Discord does not know (any more): nobody's channel is to blame, and nothing is used up by it."""

from storage import notices
from tests.bot.daily.test_failures import CHANNEL_MESSAGES, THREADS, log_channel, refuse

UNKNOWN = 401
EVERY_MESSAGE = "/channels/*/messages/*"


async def test_question_is_posted_once_the_token_is_right_again(desk, services):
    log = await log_channel(desk, services)
    stream = await desk.set_up()
    refuse(desk, UNKNOWN, times=None)
    await desk.pass_time(hours=9, minutes=1)
    for _ in range(9):
        await desk.pass_time(minutes=2)
    post = await desk.last_post(stream)
    assert (post.state, post.tries, post.problem) == ("claimed", 0, None)
    assert (await desk.stream(stream.id)).paused is None
    desk.env.backend.faults.clear()
    await desk.pass_time(minutes=2)
    assert len(desk.questions_asked) == 1
    assert desk.said(log.id) == []


async def test_thread_is_opened_once_the_token_is_right_again(desk):
    stream = await desk.set_up(thread=True)
    refuse(desk, UNKNOWN, path=THREADS, times=None)
    await desk.pass_time(hours=9, minutes=1)
    for _ in range(9):
        await desk.pass_time(minutes=2)
    desk.env.backend.faults.clear()
    await desk.pass_time(minutes=2)
    post = await desk.last_post(stream)
    assert (post.thread_id is not None, post.problem) == (True, None)


async def test_answers_are_shown_once_the_token_is_right_again(desk):
    post = await desk.posted()
    refuse(desk, UNKNOWN, path=EVERY_MESSAGE, method="PATCH", times=None)
    await desk.pass_time(hours=24)
    for _ in range(9):
        await desk.pass_time(minutes=2)
    first = (await desk.posts(await desk.stream(post.stream_id)))[0]
    assert (first.state, first.reveal_tries) == ("sent", 0)
    desk.env.backend.faults.clear()
    await desk.pass_time(minutes=2)
    assert (await desk.posts(await desk.stream(post.stream_id)))[0].state == "revealed"


async def test_notice_is_told_once_the_token_is_right_again(desk, services):
    log = await log_channel(desk, services)
    stream = await desk.set_up()
    async with desk.db.begin() as conn:
        await notices.add(conn, "last", stream.id, at=desk.clock.now)
    refuse(desk, UNKNOWN, path=CHANNEL_MESSAGES, times=None)
    for _ in range(25):
        await desk.pass_time(minutes=6)
    assert desk.said(log.id) == []
    desk.env.backend.faults.clear()
    await desk.pass_time(minutes=6)
    assert len(desk.said(log.id)) == 1
