"""What Discord can do to a post: nothing is lost, nothing is there twice, and those who manage it know."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import StreamGoneError
from bot.services.steps import Steps
from storage import rounds, settings, streams
from tests.bot.conftest import pressable, words

CHANNEL_MESSAGES = "/channels/*/messages"
THREADS = "/channels/*/messages/*/threads"


async def log_channel(desk, services):
    """Let the group be told of problems in a channel of its own, and return it."""
    channel = desk.channel.guild.create_text_channel("log")
    async with desk.db.begin() as conn:
        await settings.set_group(conn, desk.guild_id, log_channel_id=channel.id)
    services.groups.changed(desk.guild_id)
    return channel


def refuse(desk, status, code=0, *, path=CHANNEL_MESSAGES, method="POST", times=1):
    desk.env.inject_error(method, path, status=status, code=code, times=times)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
async def test_send_that_fails_is_tried_again(desk, status):
    stream = await desk.set_up()
    refuse(desk, status)
    await desk.pass_time(hours=9, minutes=1)
    assert desk.said() == []
    await desk.pass_time(seconds=10)
    assert len(desk.questions_asked) == 1
    assert (await desk.last_post(stream)).state == "sent"


async def test_send_that_arrived_unheard_is_not_repeated(desk):
    stream = await desk.set_up()
    desk.line.lost = 1
    await desk.pass_time(hours=9, minutes=1)
    assert (await desk.last_post(stream)).state == "claimed"
    await desk.pass_time(seconds=10)
    assert len(desk.questions_asked) == 1
    assert (await desk.last_post(stream)).message_id == desk.last.id


async def test_send_that_arrived_unheard_is_found_after_the_nonce_is_forgotten(desk):
    stream = await desk.set_up()
    desk.line.lost = 1
    await desk.pass_time(hours=9, minutes=1)
    await desk.pass_time(minutes=20)
    assert len(desk.questions_asked) == 1
    assert (await desk.last_post(stream)).message_id == desk.last.id


async def test_send_that_did_not_arrive_is_made_up_for_after_a_long_outage(desk):
    stream = await desk.set_up()
    desk.line.away = True
    for _ in range(30):
        await desk.pass_time(hours=1) if desk.clock.now.hour < 9 else await desk.pass_time(minutes=5)
    assert desk.said() == []
    desk.line.away = False
    for _ in range(4):
        await desk.pass_time(minutes=11)
    assert len(desk.questions_asked) == 1
    assert (await desk.last_post(stream)).state == "sent"


async def test_process_that_died_after_claiming_is_succeeded(desk, services):
    stream = await desk.set_up()
    desk.advance(hours=9, minutes=1)
    await services.daily.work.claim(await desk.stream(stream.id))
    assert await services.daily.work.take((await desk.last_post(stream)).id) is not None
    await desk.work()
    assert desk.said() == []
    await desk.pass_time(seconds=91)
    assert len(desk.questions_asked) == 1


async def test_process_that_died_after_sending_is_succeeded_without_a_second_message(desk, monkeypatch):
    stream = await desk.set_up()

    async def died(*_):
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(Steps, "sent", died)
        await desk.pass_time(hours=9, minutes=1)
    await desk.pass_time(minutes=6)
    assert len(desk.questions_asked) == 1
    assert (await desk.last_post(stream)).message_id == desk.last.id


async def test_history_that_cannot_be_read_leaves_it_to_people(desk, services):
    log = await log_channel(desk, services)
    stream = await desk.set_up()
    desk.line.lost = 1
    await desk.pass_time(hours=9, minutes=1)
    refuse(desk, 500, path=CHANNEL_MESSAGES, method="GET", times=None)
    await desk.pass_time(minutes=5)
    assert (await desk.last_post(stream)).state == "claimed"
    await desk.pass_time(minutes=30)
    assert (await desk.last_post(stream)).state == "uncertain"
    assert "I cannot see whether it is there" in desk.said(log.id)[0]
    assert {"Post again", "It was posted"} <= pressable(desk.messages(log.id)[0]).keys()
    assert len(desk.questions_asked) == 1


async def uncertain(desk, services):
    """Return a post of which nobody knows whether it arrived (it did), and the message that asks about it."""
    log = await log_channel(desk, services)
    stream = await desk.set_up()
    desk.line.lost = 1
    await desk.pass_time(hours=9, minutes=1)
    refuse(desk, 403, 50001, path=CHANNEL_MESSAGES, method="GET", times=None)
    await desk.pass_time(minutes=5)
    assert (await desk.last_post(stream)).state == "uncertain"
    return stream, desk.messages(log.id)[0]


async def test_manager_who_says_that_it_was_posted_is_believed(desk, services):
    stream, asking = await uncertain(desk, services)
    await desk.chat.chief.click(asking, label="It was posted")
    await desk.pass_time(minutes=30)
    assert (await desk.last_post(stream)).state == "sent"
    assert len(desk.questions_asked) == 1


async def test_manager_who_says_that_it_was_not_has_it_posted(desk, services):
    stream, asking = await uncertain(desk, services)
    await desk.chat.chief.click(asking, label="Post again")
    await desk.work()
    assert (await desk.last_post(stream)).state == "sent"
    assert len(desk.questions_asked) == 2


async def test_doubt_is_settled_by_managers_alone_and_once(desk, services):
    _, asking = await uncertain(desk, services)
    assert "Manage Server" in words((await desk.chat.ann.click(asking, label="Post again")).response)
    await desk.chat.chief.click(asking, label="It was posted")
    again = await desk.chat.chief.click(asking, label="Post again")
    assert "settled meanwhile" in words(again.response)


async def test_doubt_of_another_group_is_not_settled(desk, services):
    stream, _ = await uncertain(desk, services)
    post = await desk.last_post(stream)
    stranger = replace(desk.chief, guild_id=77)
    for settle in (desk.daily.manual.post_again, desk.daily.manual.mark_posted):
        with pytest.raises(StreamGoneError):
            await settle(stranger, post.id)


async def test_doubts_of_all_days_end_with_their_daily_question(desk, services):
    stream, _ = await uncertain(desk, services)
    desk.line.lost = 1
    await desk.until(9)
    await desk.pass_time(minutes=5)
    assert [post.state for post in await desk.posts(stream)] == ["uncertain", "uncertain"]
    await desk.daily.streams.retire(desk.chief, stream.id)
    ended = await desk.posts(stream)
    assert [(post.state, post.again_at) for post in ended] == [("skipped", None)] * 2
    async with desk.db.reading() as conn:
        assert None not in [(await rounds.get(conn, post.round_id)).closed_at for post in ended]


async def test_doubt_that_clears_by_itself_needs_nobody(desk, services):
    stream, asking = await uncertain(desk, services)
    desk.env.backend.faults.clear()
    await desk.pass_time(minutes=11)
    assert (await desk.last_post(stream)).state == "sent"
    assert "settled meanwhile" in words((await desk.chat.chief.click(asking, label="Post again")).response)
    assert len(desk.questions_asked) == 1


@pytest.mark.parametrize(("status", "code", "why"), [
    (403, 50013, "forbidden"), (403, 50001, "forbidden"), (404, 10003, "gone"),
])  # fmt: skip
async def test_channel_that_takes_nothing_pauses_and_tells_once(desk, services, status, code, why):
    log = await log_channel(desk, services)
    stream = await desk.set_up()
    refuse(desk, status, code, path=f"/channels/{desk.channel.id}/messages", times=None)
    await desk.pass_time(hours=9, minutes=1)
    for _ in range(3):
        await desk.pass_time(hours=8)
    kept = await desk.stream(stream.id)
    assert (kept.paused, kept.next_at, kept.retired_at) == (why, None, None)
    assert len(desk.said(log.id)) == 1
    assert "It is paused" in desk.said(log.id)[0]


async def test_resuming_posts_what_was_stuck(desk, services):
    log = await log_channel(desk, services)
    stream = await desk.set_up()
    refuse(desk, 403, 50013, path=f"/channels/{desk.channel.id}/messages")
    await desk.pass_time(hours=9, minutes=1)
    result = await desk.chat.chief.click(desk.messages(log.id)[0], label="Resume")
    assert "Next:" in words(result.response)
    await desk.work()
    assert len(desk.questions_asked) == 1
    assert (await desk.stream(stream.id)).paused is None


async def test_resuming_the_day_after_posts_no_old_question(desk):
    stream = await desk.set_up()
    refuse(desk, 403, 50013)
    await desk.pass_time(hours=9, minutes=1)
    await desk.pass_time(hours=20)
    await desk.daily.streams.resume(desk.chief, stream.id)
    await desk.work()
    assert desk.said() == []
    await desk.until(9)
    assert len(desk.questions_asked) == 1
    assert [post.state for post in await desk.posts(stream)] == ["skipped", "sent"]


async def test_missing_permission_is_seen_before_anything_is_sent(desk):
    stream = await desk.set_up()
    await deny(desk, "send_messages")
    await desk.pass_time(hours=9, minutes=1)
    assert (await desk.stream(stream.id)).paused == "forbidden"
    assert desk.line.sent == []


async def deny(desk, *names):
    found = desk.env.bot.get_channel(desk.channel.id)
    await found.set_permissions(found.guild.me, **dict.fromkeys(names, False))
    await desk.env.settle()


async def test_message_that_discord_refuses_is_left_out_and_another_question_follows(desk, services):
    log = await log_channel(desk, services)
    stream = await desk.set_up()
    refuse(desk, 400, 50035)
    await desk.pass_time(hours=9, minutes=1)
    first = await desk.last_post(stream)
    assert (first.state, first.problem) == ("skipped", "refused")
    assert "did not take the question" in desk.said(log.id)[0]
    await desk.daily.manual.post(desk.chief, stream.id)
    await desk.work()
    second = await desk.last_post(stream)
    assert second.state == "sent"
    assert second.question_id != first.question_id


async def test_thread_is_opened_under_the_question(desk):
    post = await desk.posted(thread=True)
    assert post.thread_id is not None
    assert [thread.id for thread in desk.channel.threads] == [post.thread_id]


async def test_thread_that_fails_is_tried_again_alone(desk):
    stream = await desk.set_up(thread=True)
    refuse(desk, 500, path=THREADS, times=2)
    await desk.pass_time(hours=9, minutes=1)
    for _ in range(3):
        await desk.pass_time(minutes=1)
    assert (await desk.last_post(stream)).thread_id is not None
    assert len(desk.questions_asked) == 1


async def test_thread_that_is_forbidden_never_holds_up_the_answers(desk, services):
    log = await log_channel(desk, services)
    stream = await desk.set_up(thread=True)
    refuse(desk, 403, 50013, path=THREADS, times=None)
    await desk.until(9)
    await desk.until(9)
    first, second = await desk.posts(stream)
    assert (first.state, first.problem) == ("revealed", "thread")
    assert second.state == "sent"
    assert len([text for text in desk.said(log.id) if "thread" in text]) == 1


async def test_message_that_somebody_deleted_needs_no_thread(desk):
    stream = await desk.set_up(thread=True)
    refuse(desk, 404, 10008, path=THREADS)
    await desk.pass_time(hours=9, minutes=1)
    assert (await desk.last_post(stream)).problem == "thread"


async def test_notice_waits_while_discord_is_away(desk, services):
    log = await log_channel(desk, services)
    await desk.set_up()
    refuse(desk, 403, 50013, path=f"/channels/{desk.channel.id}/messages")
    refuse(desk, 503, path=f"/channels/{log.id}/messages")
    await desk.pass_time(hours=9, minutes=1)
    assert desk.said(log.id) == []
    await desk.pass_time(minutes=6)
    assert len(desk.said(log.id)) == 1


async def test_where_nobody_can_be_told_the_command_tells(desk):
    await desk.set_up()
    refuse(desk, 403, 50013, times=None)
    await desk.pass_time(hours=9, minutes=1)
    shown = await desk.chat.chief.slash(desk.channel, "daily show")
    assert "I may not write in its channel" in words(shown.response)
    assert "Settings" in pressable(shown.response)
    assert "may not write" not in words((await desk.chat.ann.slash(desk.channel, "daily show")).response)


async def test_post_that_waits_for_an_outage_is_left_out_when_it_is_too_late(desk):
    stream = await desk.set_up()
    refuse(desk, 503, times=1)
    await desk.pass_time(hours=9, minutes=1)
    desk.line.unreachable.add(desk.guild_id)
    await desk.pass_time(hours=7)
    desk.line.unreachable.clear()
    await desk.pass_time(minutes=2)
    assert (await desk.posts(stream))[0].state == "skipped"
    assert desk.questions_asked == []


async def test_zone_that_is_gone_stops_nobody_else(desk, db, caplog):
    broken, fine = await desk.set_up(name="Broken"), await desk.set_up(name="Fine")
    async with db.begin() as conn:
        await streams.change(conn, broken.id, zone="Mars/Olympus")
    await desk.pass_time(hours=9, minutes=1)
    assert len(await desk.posts(fine)) == 1
    assert len(desk.questions_asked) == 1
    assert "failed; it rests" in caplog.text


async def test_what_rests_alone_is_not_looked_at_every_second(desk, db):
    stream = await desk.set_up()
    async with db.begin() as conn:
        await streams.change(conn, stream.id, zone="Mars/Olympus")
    await desk.pass_time(hours=9, minutes=1)
    async with asyncio.TaskGroup() as group:
        again = await desk.host.tick(group)
    assert again - desk.clock() > timedelta(seconds=30)


async def test_rest_ends(desk, db):
    stream = await desk.set_up()
    async with db.begin() as conn:
        await streams.change(conn, stream.id, zone="Mars/Olympus")
    await desk.pass_time(hours=9, minutes=1)
    async with db.begin() as conn:
        await streams.change(conn, stream.id, zone="UTC")
    await desk.pass_time(seconds=timedelta(minutes=6).total_seconds())
    assert len(await desk.posts(stream)) == 1
