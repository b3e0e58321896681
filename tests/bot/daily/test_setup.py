"""/daily for those who manage a group: forms, panels, permissions; and who may not."""

from datetime import timedelta

import pytest
from discord import Permissions
from sqlalchemy import select

from bot.render import daily_presses as presses
from bot.services.groups import Who
from storage.tables import audit
from tests.bot.conftest import pressable, words
from tests.bot.daily.test_failures import deny

MANAGING = ["setup", "pause", "resume", "preview", "post", "skip", "queue"]


async def run(desk, command, actor=None, **options):
    return (await (actor or desk.chat.chief).slash(desk.channel, f"daily {command}", **options)).response


async def only(desk):
    (found,) = await desk.daily.streams.of_group(desk.guild_id)
    return found


async def test_set_up_in_one_command(desk):
    response = await run(desk, "setup", time="8:30", zone="europe/berlin", name="面试题")
    stream = await only(desk)
    assert (stream.post_at, stream.zone, stream.name) == ("08:30", "Europe/Berlin", "面试题")
    assert stream.channel_id == desk.channel.id
    assert response.ephemeral
    assert "where it is 01:00 now" in words(response)
    assert "21 questions · 21 not asked yet" in words(response)


async def test_set_up_by_a_form(desk):
    shown = await desk.chat.chief.slash(desk.channel, "daily setup")
    role = desk.channel.guild.create_role("Learners")
    filled = {"channel": [desk.channel], "time": "晚上8点半", "zone": "上海", "role": [role], "thread": ["yes"]}
    response = (await desk.chat.chief.submit_modal(shown, filled)).response
    stream = await only(desk)
    assert (stream.post_at, stream.zone, stream.role_id, stream.thread) == ("20:30", "Asia/Shanghai", role.id, True)
    assert "It is set up" in words(response)


def proposed(form, key="zone"):
    fields = (label["component"] for label in form.modal["components"])
    return next(one["value"] for one in fields if one["custom_id"] == key)


@pytest.mark.language("zh-CN")
async def test_form_proposes_the_zone_of_a_chinese_reader(desk):
    assert proposed(await desk.chat.chief.slash(desk.channel, "daily setup")) == "Asia/Shanghai"


async def test_form_proposes_no_zone_where_the_language_says_none(desk):
    assert proposed(await desk.chat.chief.slash(desk.channel, "daily setup")) == "UTC"


@pytest.mark.language("zh-CN")
async def test_form_proposes_the_zone_that_the_group_has_set(desk, services):
    await services.groups.move(Who(desk.chat.chief.id, desk.guild_id, "chief"), "Europe/Berlin")
    assert proposed(await desk.chat.chief.slash(desk.channel, "daily setup")) == "Europe/Berlin"


@pytest.mark.language("zh-TW")
async def test_time_without_a_zone_is_asked_about_before_anything_is_set(desk, services):
    shown = await desk.chat.chief.slash(desk.channel, "daily setup", time="8:30", name="晨  间题")
    assert (proposed(shown), proposed(shown, "time")) == ("Asia/Taipei", "08:30")
    assert await desk.daily.streams.of_group(desk.guild_id) == ()
    assert not (await services.groups.group(desk.guild_id)).zone_chosen
    await desk.chat.chief.submit_modal(shown, {"channel": [desk.channel], "time": "8:30", "zone": "Berlin"})
    stream = await only(desk)
    assert (stream.name, stream.post_at, stream.zone) == ("晨 间题", "08:30", "Europe/Berlin")


@pytest.mark.language("zh-CN")
async def test_utc_that_the_group_has_chosen_is_kept(desk, services):
    await services.groups.move(Who(desk.chat.chief.id, desk.guild_id, "chief"), "UTC")
    assert proposed(await desk.chat.chief.slash(desk.channel, "daily setup")) == "UTC"
    await run(desk, "setup", time="8:30")
    assert (await only(desk)).zone == "UTC"


async def test_form_of_a_new_one_outlives_a_restart(desk, make_bot):
    shown = await desk.chat.chief.slash(desk.channel, "daily setup")
    await desk.env.restart_bot(make_bot())
    filled = {"channel": [desk.channel], "time": "8", "zone": "UTC"}
    await desk.chat.chief.submit_modal(shown, filled)
    assert (await only(desk)).post_at == "08:00"


async def test_name_as_long_as_one_may_be_fits_the_window(desk):
    shown = await desk.chat.chief.slash(desk.channel, "daily setup", name="题" * 50)
    await desk.chat.chief.submit_modal(shown, {"channel": [desk.channel], "time": "8", "zone": "UTC"})
    assert (await only(desk)).name == "题" * 50


async def test_utc_of_a_question_is_the_group_s_too(desk, services):
    await run(desk, "setup", time="8:30", zone="UTC")
    await run(desk, "setup", time="8:30", zone="Europe/Berlin", stream="new")
    found = await services.groups.group(desk.guild_id)
    assert (found.zone, found.zone_chosen) == ("UTC", True)


async def test_group_without_a_zone_gets_that_of_its_question(desk, services):
    await run(desk, "setup", time="8:30", zone="Asia/Shanghai")
    assert (await services.groups.group(desk.guild_id)).zone == "Asia/Shanghai"
    await run(desk, "setup", time="8:30", zone="Europe/Berlin", stream="new")
    assert (await services.groups.group(desk.guild_id)).zone == "Asia/Shanghai"


@pytest.mark.parametrize(("options", "told"), [
    ({"time": "25:00"}, "25:00 is no time of day"),
    ({"time": "soon"}, "soon is no time of day"),
    ({"time": "8:30", "zone": "Mars/Olympus"}, "no time zone"),
    ({"time": "8:30", "zone": "../../etc/passwd"}, "no time zone"),
])  # fmt: skip
async def test_what_cannot_be_set_is_told(desk, options, told):
    said = words(await run(desk, "setup", **options))
    assert told in said
    assert await desk.daily.streams.of_group(desk.guild_id) == ()
    assert len(desk.env.errors) == 1


@pytest.mark.parametrize("field", [{"time": "25:00"}, {"zone": "Nowhere"}])
async def test_form_with_a_mistake_changes_nothing(desk, field):
    shown = await desk.chat.chief.slash(desk.channel, "daily setup")
    filled = {"channel": [desk.channel], "time": "8", "zone": "UTC", **field}
    result = await desk.chat.chief.submit_modal(shown, filled)
    assert "is no time" in words(result.response) or "no time zone" in words(result.response)
    assert await desk.daily.streams.of_group(desk.guild_id) == ()


async def test_where_and_when_are_changed_by_a_form(desk):
    panel = await run(desk, "setup", time="8:30", zone="UTC")
    shown = await desk.chat.chief.click(panel, label="Where and when")
    other = desk.channel.guild.create_text_channel("elsewhere")
    await desk.chat.chief.submit_modal(shown, {"channel": [other], "time": "10:00", "zone": "Tokyo"})
    stream = await only(desk)
    assert (stream.channel_id, stream.post_at, stream.zone) == (other.id, "10:00", "Asia/Tokyo")
    assert f"<#{other.id}>" in words(panel)


async def test_what_is_asked_is_changed_by_a_form(desk):
    panel = await run(desk, "setup", time="8:30", zone="UTC")
    shown = await desk.chat.chief.click(panel, label="What is asked")
    filled = {
        "topics": ["A", "B"],
        "difficulty": ["2"],
        "language": ["en"],
        "reveal": ["hours:6"],
        "generated": ["yes"],
    }
    await desk.chat.chief.submit_modal(shown, filled)
    stream = await only(desk)
    assert (stream.topics, stream.difficulty, stream.reveal, stream.generated) == (("A", "B"), 2, "hours:6", True)
    assert "Answers: 6 hours after the question" in words(panel)
    assert "A, B" in words(panel)


async def test_topics_that_are_gone_stay_chosen_until_somebody_takes_them_out(desk):
    stream = await desk.set_up(topics=("A", "Long gone"))
    panel = await run(desk, "setup")
    shown = await desk.chat.chief.click(panel, label="What is asked")
    options = shown.modal["components"][0]["component"]["options"]
    assert [one["value"] for one in options if one.get("default")] == ["A", "Long gone"]
    assert stream.topics == ("A", "Long gone")


async def test_nothing_that_fits_is_told(desk):
    await desk.set_up(topics=("Long gone",))
    panel = await run(desk, "setup")
    assert "No question fits" in words(panel)
    assert "Test post" not in pressable(panel)


async def test_test_post_comes_at_a_press(desk):
    panel = await run(desk, "setup", time="8:30", zone="UTC")
    await desk.chat.chief.click(panel, label="Test post")
    assert "on its way" in words(panel)
    await desk.work()
    assert "🧪 Test" in words(desk.last)


async def test_panel_pauses_and_resumes(desk):
    panel = await run(desk, "setup", time="8:30", zone="UTC")
    await desk.chat.chief.click(panel, label="Pause")
    assert (await only(desk)).paused == "by_hand"
    assert "It is paused." in words(panel)
    await desk.chat.chief.click(panel, label="Resume")
    assert (await only(desk)).paused is None
    assert "Next:" in words(panel)


async def test_ending_is_asked_about_first(desk):
    panel = await run(desk, "setup", time="8:30", zone="UTC")
    await desk.chat.chief.click(panel, label="End")
    assert len(await desk.daily.streams.of_group(desk.guild_id)) == 1
    await desk.chat.chief.click(panel, label="End it")
    assert await desk.daily.streams.of_group(desk.guild_id) == ()


async def test_doctor_names_what_is_missing_and_looks_again(desk):
    await deny(desk, "send_messages", "create_public_threads")
    await desk.set_up(thread=True)
    panel = await run(desk, "setup")
    assert "**Send Messages**" in words(panel)
    assert "**Create Public Threads**" in words(panel)
    found = desk.env.bot.get_channel(desk.channel.id)
    await found.set_permissions(found.guild.me, overwrite=None)
    await desk.env.settle()
    await desk.chat.chief.click(panel, label="🔁 Check again")
    assert "missing" not in words(panel)


async def test_doctor_names_a_role_that_cannot_be_mentioned(desk):
    found = desk.env.bot.get_channel(desk.channel.id)
    await found.set_permissions(found.guild.me, mention_everyone=False)
    await desk.env.settle()
    role = desk.channel.guild.create_role("Learners")
    await desk.set_up(role_id=role.id)
    assert "All Roles" in words(await run(desk, "setup"))


async def test_test_and_post_wait_for_the_permission_to_write(desk):
    await deny(desk, "send_messages")
    stream = await desk.set_up()
    panel = await run(desk, "setup")
    await desk.chat.chief.click(panel, label="Test post")
    assert "missing **Send Messages**" in words(panel)
    assert "missing **Send Messages**" in words(await run(desk, "post"))
    assert await desk.posts(stream) == []


@pytest.mark.parametrize("command", MANAGING)
async def test_members_manage_nothing(desk, command):
    await desk.set_up()
    response = await run(desk, command, desk.chat.ann)
    assert "Manage Server" in words(response)
    assert len(desk.env.errors) == 1


async def test_buttons_of_managers_refuse_members(desk):
    stream = await desk.set_up()
    panel = await run(desk, "setup")
    stored = desk.env.backend.get_message(desk.channel.id, panel.id)
    stored.flags = 1 << 15
    result = await desk.chat.ann.click(panel, custom_id=presses.stream(presses.PAUSE, stream.id))
    assert "Manage Server" in words(result.response)
    assert (await only(desk)).paused is None


async def test_stream_of_another_group_is_not_there(desk):
    stream = await desk.set_up()
    other = desk.env.create_guild("Other")
    hall = other.create_text_channel("hall")
    boss = other.add_member(
        desk.env.create_user("boss"), roles=[other.create_role("Boss", permissions=Permissions(manage_guild=True))]
    )
    await boss.slash(hall, "daily setup", time="9", zone="UTC")
    response = (await boss.slash(hall, "daily pause", stream=str(stream.id))).response
    assert "no such daily question" in words(response)
    assert len(desk.env.errors) == 1
    assert (await desk.stream(stream.id)).paused is None


async def test_several_are_told_apart(desk):
    first, second = await desk.set_up(name="Morning"), await desk.set_up(name="Morning 2")
    response = await run(desk, "pause")
    assert "Choose with the option stream: Morning, Morning 2" in words(response)
    await run(desk, "pause", stream="morning")
    assert [(await desk.stream(one.id)).paused for one in (first, second)] == ["by_hand", None]
    assert len(desk.env.errors) == 1


async def test_one_that_was_picked_in_the_list_is_not_taken_for_a_namesake(desk):
    first = await desk.set_up(name="Morning")
    second = await desk.set_up(name=str(first.id + 2))
    third = await desk.set_up(name="Evening")
    assert second.name == str(third.id)
    await run(desk, "pause", stream=str(third.id))
    paused = [(await desk.stream(one.id)).paused for one in (first, second, third)]
    assert paused == [None, None, "by_hand"]


async def test_ending_one_leaves_those_alone_whose_names_hold_its_name(desk):
    for _ in range(2):
        await desk.set_up(name="Daily")
    await desk.set_up(name="Not daily")
    panel = await run(desk, "setup", stream="Daily")
    await desk.chat.chief.click(panel, label="End")
    await desk.chat.chief.click(panel, label="End it")
    left = await desk.daily.streams.of_group(desk.guild_id)
    assert [one.name for one in left] == ["Daily 2", "Not daily"]
    await desk.pass_time(hours=9, minutes=1)
    assert len(desk.questions_asked) == 2


async def test_names_are_completed(desk):
    first, second = await desk.set_up(name="Morning"), await desk.set_up(name="Evening")
    found = await desk.chat.chief.autocomplete(desk.channel, "daily pause", "stream", "eve")
    assert found == [{"name": "Evening", "value": str(second.id)}]
    found = await desk.chat.chief.autocomplete(desk.channel, "daily setup", "stream", "")
    assert [one["value"] for one in found] == [str(first.id), str(second.id), "new"]


async def test_zone_is_completed_with_its_local_time(desk):
    found = await desk.chat.chief.autocomplete(desk.channel, "daily setup", "zone", "berl")
    assert found == [{"name": "Europe/Berlin · 01:00", "value": "Europe/Berlin"}]


async def test_there_are_at_most_ten(desk):
    for number in range(10):
        await desk.set_up(name=str(number))
    assert "at most 10 daily questions" in words(await run(desk, "setup", time="9", zone="UTC", stream="new"))
    assert len(desk.env.errors) == 1


async def test_same_name_gets_a_number(desk):
    names = [(await desk.set_up(name="Daily")).name for _ in range(3)]
    assert names == ["Daily", "Daily 2", "Daily 3"]


async def test_group_without_one_is_told_how_to_start(desk):
    assert "/daily setup" in words(await run(desk, "show", desk.chat.ann))
    assert len(desk.env.errors) == 1


async def test_post_now_takes_the_day(desk):
    stream = await desk.set_up()
    assert "on its way" in words(await run(desk, "post"))
    await desk.work()
    await desk.until(9)
    assert len(desk.questions_asked) == 1
    assert (await desk.stream(stream.id)).next_at > desk.clock.now + timedelta(hours=20)
    assert "out already" in words(await run(desk, "post"))
    assert len(desk.env.errors) == 1


async def test_skip_leaves_the_next_day_out_once(desk):
    stream = await desk.set_up()
    assert "There will be no question" in words(await run(desk, "skip"))
    await desk.until(9)
    assert desk.questions_asked == []
    await desk.until(9)
    assert len(desk.questions_asked) == 1
    assert [post.state for post in await desk.posts(stream)] == ["skipped", "sent"]


async def test_skipped_day_can_be_posted_after_all(desk):
    await desk.set_up()
    await run(desk, "skip")
    await run(desk, "post")
    await desk.work()
    assert len(desk.questions_asked) == 1


async def test_paused_question_has_no_day_to_skip(desk):
    stream = await desk.set_up()
    await desk.daily.streams.pause(desk.chief, stream.id)
    assert "no day to leave out" in words(await run(desk, "skip"))
    assert len(desk.env.errors) == 1


async def test_changing_the_time_asks_no_day_twice(desk):
    stream = await desk.set_up()
    await desk.until(9)
    await run(desk, "setup", time="10:00")
    await desk.until(10)
    assert len(desk.questions_asked) == 1
    await desk.until(10)
    assert len(desk.questions_asked) == 2
    assert len({post.day for post in await desk.posts(stream)}) == 2


async def test_moving_to_a_zone_of_an_earlier_day_asks_no_day_twice(desk):
    stream = await desk.set_up(zone="Asia/Shanghai")
    await desk.until(1)
    await run(desk, "setup", zone="America/New_York")
    for _ in range(3):
        await desk.until(14)
    days = [post.day for post in await desk.posts(stream)]
    assert len(set(days)) == len(days) == len(desk.questions_asked)


async def test_what_managers_change_is_written_down(desk):
    stream = await desk.set_up()
    await desk.daily.streams.pause(desk.chief, stream.id)
    async with desk.db.reading() as conn:
        rows = list(await conn.execute(select(audit.c.action, audit.c.user_id)))
    assert rows == [("daily_create", desk.chief.user_id), ("daily_pause", desk.chief.user_id)]
