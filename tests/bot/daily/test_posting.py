"""A question a day: at its time, once, whatever happens in between."""

import asyncio
import random
from dataclasses import replace
from datetime import date, time, timedelta

from bot.hosts.daily import DailyHost
from bot.services.libraries import Libraries
from bot.services.services import build
from storage.database import Database
from tests.bot.banks import give
from tests.bot.conftest import pressable, words
from tests.bot.daily.desk import CHOICE


async def test_question_is_posted_at_its_time(desk):
    stream = await desk.set_up()
    await desk.pass_time(hours=8, minutes=59)
    assert desk.said() == []
    await desk.pass_time(minutes=2)
    assert len(desk.questions_asked) == 1
    assert (await desk.last_post(stream)).day == date(2026, 1, 1)


async def test_each_day_has_its_question(desk):
    stream = await desk.set_up()
    for _ in range(5):
        await desk.until(9)
    assert len(desk.questions_asked) == 5
    assert len({post.question_id for post in await desk.posts(stream)}) == 5


async def test_question_can_be_answered(desk):
    await desk.posted()
    label = next(iter(pressable(desk.last)))
    result = await desk.chat.ann.click(desk.last, label=label)
    assert "Right!" in words(result.response) or "Not right" in words(result.response)


async def test_groups_local_day_decides(desk):
    stream = await desk.set_up(zone="Asia/Shanghai", post_at=time(7))
    await desk.pass_time(hours=23, minutes=1)
    assert (await desk.last_post(stream)).day == date(2026, 1, 2)


async def test_many_at_the_same_minute_are_spread_over_seconds(desk):
    streams = [await desk.set_up(name=str(number)) for number in range(8)]
    seconds = {(await desk.stream(stream.id)).next_at.second for stream in streams}
    assert len(seconds) > 3
    assert max(seconds) < 20


async def test_post_that_was_missed_by_less_than_six_hours_is_made_up_for(desk):
    await desk.set_up()
    await desk.pass_time(hours=14, minutes=59)
    assert len(desk.questions_asked) == 1


async def test_post_that_was_missed_by_more_is_left_out_and_written_down(desk):
    stream = await desk.set_up()
    await desk.pass_time(hours=15, minutes=1)
    assert desk.said() == []
    assert [(post.state, post.problem) for post in await desk.posts(stream)] == [("skipped", "late")]


async def test_of_several_missed_days_only_the_newest_is_made_up_for(desk):
    stream = await desk.set_up()
    await desk.pass_time(days=5, hours=10)
    assert [post.day for post in await desk.posts(stream)] == [date(2026, 1, 6)]


async def test_question_of_a_day_left_out_goes_back(desk):
    stream = await desk.set_up()
    await desk.pass_time(hours=16)
    await desk.until(9)
    assert [bool(post.question_id) for post in await desk.posts(stream)] == [False, True]


async def test_start_at_the_very_minute_posts_once(desk, make_bot, clock):
    await desk.set_up()
    await desk.pass_time(hours=9, seconds=30)
    await desk.env.restart_bot(make_bot())
    await desk.work(DailyHost(desk.env.bot, desk.line))
    assert len(desk.questions_asked) == 1


async def test_two_processes_on_one_database_post_once(desk, library, services, migrated_url, clock, studio):
    await desk.set_up()
    desk.advance(hours=9, minutes=1)
    async with Database(migrated_url) as other:
        theirs = await build(other, Libraries(library), studio=studio, clock=clock, rng=random.Random(2))
        hosts = [desk.host, DailyHost(_bot_with(desk.env.bot, theirs), desk.line)]
        for _ in range(6):
            async with asyncio.TaskGroup() as group:
                await asyncio.gather(*(host.tick(group) for host in hosts))
    assert len(desk.questions_asked) == 1
    assert len(desk.line.sent) == 1


def _bot_with(bot, services):
    class Bot:
        def __getattr__(self, name):
            return services if name == "services" else getattr(bot, name)

    return Bot()


async def test_where_nothing_is_due_the_database_is_asked_again_in_ten_minutes(desk):
    await desk.set_up()
    await desk.work()
    async with asyncio.TaskGroup() as group:
        look_at = await desk.host.tick(group)
    assert look_at == desk.clock.now + timedelta(minutes=10)


async def test_look_comes_when_something_is_due_next(desk):
    stream = await desk.set_up(post_at=time(0, 5))
    await desk.work()
    async with asyncio.TaskGroup() as group:
        assert await desk.host.tick(group) == stream.next_at


async def test_group_that_has_an_outage_gets_its_question_afterwards(desk):
    await desk.set_up()
    desk.line.unreachable.add(desk.guild_id)
    await desk.pass_time(hours=10)
    assert desk.said() == []
    desk.line.unreachable.clear()
    await desk.pass_time(minutes=2)
    assert len(desk.questions_asked) == 1


async def test_fault_of_one_group_leaves_the_others_alone(desk, services, monkeypatch, caplog):
    broken, fine = await desk.set_up(name="Broken"), await desk.set_up(name="Fine")
    claim = services.daily.work.claim

    async def claiming(stream):
        if stream.id == broken.id:
            raise RuntimeError("nobody thought of this")
        await claim(stream)

    monkeypatch.setattr(services.daily.work, "claim", claiming)
    await desk.pass_time(hours=9, minutes=1)
    assert len(desk.questions_asked) == 1
    assert len(await desk.posts(fine)) == 1
    assert "nobody thought of this" in caplog.text


async def test_what_failed_for_an_unknown_reason_is_tried_again_later(desk, services, monkeypatch):
    stream = await desk.set_up()
    claim = services.daily.work.claim

    async def failing(_stream):
        raise RuntimeError("once")

    monkeypatch.setattr(services.daily.work, "claim", failing)
    await desk.pass_time(hours=9, minutes=1)
    monkeypatch.setattr(services.daily.work, "claim", claim)
    await desk.pass_time(minutes=6)
    assert len(await desk.posts(stream)) == 1


async def test_notes_that_are_still_being_read_are_waited_for(desk, library):
    await desk.set_up()
    loaded, library.loaded = library.loaded, None
    await desk.pass_time(hours=9, minutes=1)
    assert desk.said() == []
    library.loaded = loaded
    await desk.pass_time(minutes=1)
    assert len(desk.questions_asked) == 1


async def test_paused_question_is_not_posted(desk):
    stream = await desk.set_up()
    await desk.daily.streams.pause(desk.chief, stream.id)
    await desk.pass_time(hours=9, minutes=1)
    assert desk.said() == []


async def test_role_is_mentioned(desk):
    role = desk.channel.guild.create_role("Learners")
    await desk.posted(role_id=role.id)
    stored = desk.env.backend.get_message(desk.channel.id, desk.last.id)
    assert f"<@&{role.id}>" in words(stored)
    assert stored.allowed_mentions.roles == {role.id}


async def test_question_mentions_nobody(desk, library):
    give(library, replace(CHOICE, prompt="@everyone <@123> <@&456> <b>x</b>?"))
    await desk.posted()
    stored = desk.env.backend.get_message(desk.channel.id, desk.last.id)
    assert (stored.mention_everyone, stored.mention_user_ids, stored.mention_role_ids) == (False, [], [])
