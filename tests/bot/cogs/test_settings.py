"""/settings: one's own, and the group's for those who manage it."""

import pytest
import sqlalchemy as sa

from bot.render import settings_presses as presses
from bot.views.items import ITEMS
from storage import settings, streams
from storage.streams import NewStream
from storage.tables import audit, members
from tests.bot.conftest import words


async def run(chat, command, who=None, **given):
    return (await (who or chat.chief).slash(chat.channel, f"settings {command}", **given)).response


async def group(chat, db):
    async with db.reading() as conn:
        return await settings.group(conn, chat.channel.guild.id)


async def person(db, user_id):
    async with db.reading() as conn:
        return await settings.person(conn, user_id)


async def changes(db):
    async with db.reading() as conn:
        return [tuple(row) for row in await conn.execute(sa.select(audit.c.action, audit.c.subject))]


async def fill_in(chat, values, member=None):
    """Open the window from the panel and send it back with *values* in place of what stands in it."""
    panel = await run(chat, "group")
    shown = await (member or chat.chief).click(panel, label="Change")
    filled = {presses.LANGUAGE: ["-"], presses.ZONE: "UTC", presses.WEEK: ["0"], **values}
    return panel, await (member or chat.chief).submit_modal(shown, filled)


async def test_member_is_answered_in_the_language_chosen_at_once(chat, db):
    assert words(await run(chat, "language", chat.ann, language="zh-CN")) == "\n以后用 中文（简体） 回复你。"
    assert "目录" in words((await chat.ann.slash(chat.channel, "topics")).response)
    assert (await person(db, chat.ann.id)).language == "zh-CN"
    assert "Topics" in words((await chat.bo.slash(chat.channel, "topics")).response)


async def test_language_can_be_that_of_discord_again(chat, db):
    await run(chat, "language", chat.ann, language="zh-TW")
    assert "language of your Discord" in words(await run(chat, "language", chat.ann, language="-"))
    assert (await person(db, chat.ann.id)).language is None


async def test_language_chosen_outlives_a_restart(chat, db, make_bot):
    await run(chat, "language", chat.ann, language="zh-CN")
    await chat.env.bot.services.groups.load()
    await chat.env.restart_bot(make_bot())
    assert "目录" in words((await chat.ann.slash(chat.channel, "topics")).response)


@pytest.mark.parametrize(("typed", "zone"), [("Berlin", "Europe/Berlin"), ("上海", "Asia/Shanghai")])
async def test_member_has_days_of_their_own(chat, db, typed, zone):
    assert zone in words(await run(chat, "zone", chat.ann, zone=typed)).replace("\\", "")
    assert (await person(db, chat.ann.id)).zone == zone
    await run(chat, "zone", chat.ann)
    assert (await person(db, chat.ann.id)).zone is None


async def test_zone_that_does_not_exist_is_refused(chat, db):
    assert "I know no time zone “Mars/Olympus”" in words(await run(chat, "zone", chat.ann, zone="Mars/Olympus"))
    assert (await person(db, chat.ann.id)).zone is None
    chat.env.errors.clear()


async def test_zones_are_offered_with_their_time(chat):
    found = await chat.chief.autocomplete(chat.channel, "settings group", "zone", "shang")
    assert found == [{"name": "Asia/Shanghai (08:00)", "value": "Asia/Shanghai"}]
    assert len(await chat.chief.autocomplete(chat.channel, "settings zone", "zone", "a")) == 25


async def test_group_zone_can_be_set_with_the_command(chat, db):
    panel = await run(chat, "group", zone="asia/shanghai")
    assert panel.ephemeral
    assert "Time zone: **Asia/Shanghai**, where it is 08:00 now" in words(panel)
    assert (await group(chat, db)).zone == "Asia/Shanghai"
    assert await changes(db) == [("zone", "Asia/Shanghai")]


async def test_everything_is_set_in_one_window(chat, db):
    values = {presses.LANGUAGE: ["zh-CN"], presses.ZONE: "Berlin", presses.WEEK: ["6"], presses.LOG: [chat.channel],
              presses.BOARD: [chat.channel]}  # fmt: skip
    panel, _ = await fill_in(chat, values)
    found = await group(chat, db)
    assert (found.language, found.zone, found.week_start) == ("zh-CN", "Europe/Berlin", 6)
    assert found.log_channel_id == found.board_channel_id == chat.channel.id
    assert "First day of the week: **Sunday**" in words(panel)
    assert len(await changes(db)) == 5


async def test_window_works_after_a_restart(chat, db, make_bot):
    panel = await run(chat, "group")
    shown = await chat.chief.click(panel, label="Change")
    await chat.env.restart_bot(make_bot())
    await chat.chief.submit_modal(shown, {presses.LANGUAGE: ["-"], presses.ZONE: "UTC", presses.WEEK: ["3"]})
    assert (await group(chat, db)).week_start == 3
    await chat.chief.click(panel, label="Change")


@pytest.mark.parametrize(("typed", "chosen"), [("", False), ("UTC", True)])
async def test_utc_is_chosen_only_by_typing_it(chat, db, typed, chosen):
    await fill_in(chat, {presses.ZONE: typed})
    found = await group(chat, db)
    assert (found.zone, found.zone_chosen) == ("UTC", chosen)


async def test_channels_left_empty_are_switched_off(chat, db):
    await fill_in(chat, {presses.BOARD: [chat.channel], presses.LOG: [chat.channel]})
    await fill_in(chat, {})
    found = await group(chat, db)
    assert (found.board_channel_id, found.log_channel_id) == (None, None)


async def test_wrong_zone_in_the_window_changes_nothing(chat, db):
    _, result = await fill_in(chat, {presses.ZONE: "25:00", presses.WEEK: ["4"]})
    assert "I know no time zone “25:00”" in words(result.response)
    assert (await group(chat, db)).week_start == 0
    chat.env.errors.clear()


async def test_channel_of_another_server_cannot_be_chosen(chat, db, monkeypatch):
    other = chat.env.create_guild().create_text_channel("theirs")
    forged = {presses.LANGUAGE: ("-",), presses.ZONE: ("UTC",), presses.WEEK: ("0",), presses.BOARD: (str(other.id),)}
    monkeypatch.setattr("bot.views.forms.filled", lambda _: forged)
    _, result = await fill_in(chat, {})
    assert "What you chose is no longer there" in words(result.response)
    assert (await group(chat, db)).board_channel_id is None


@pytest.mark.parametrize("forged", [{presses.LANGUAGE: ("xx",)}, {presses.WEEK: ("7",)}, {presses.LOG: ("x",)}])
async def test_what_the_window_does_not_offer_is_refused(chat, db, monkeypatch, forged):
    values = {presses.LANGUAGE: ("-",), presses.ZONE: ("UTC",), presses.WEEK: ("1",), **forged}
    monkeypatch.setattr("bot.views.forms.filled", lambda _: values)
    _, result = await fill_in(chat, {})
    assert "What you chose is no longer there" in words(result.response)
    assert (await group(chat, db)).week_start == 0


@pytest.mark.parametrize("command", ["group", "season", "check"])
async def test_only_those_who_manage_the_server_may(chat, command):
    response = await run(chat, command, chat.ann)
    assert words(response) == "Only members with the Manage Server permission can do this."
    chat.env.errors.clear()


async def test_who_manages_no_longer_cannot_press(chat, db):
    panel = await run(chat, "group")
    chat.env.backend.get_guild(chat.channel.guild.id).members[chat.chief.id].role_ids.clear()
    result = await chat.chief.click(panel, label="Change")
    assert "Only members with the Manage Server permission" in words(result.response)


async def test_check_names_each_permission_that_is_missing_with_its_channel(chat, db):
    closed = chat.channel.guild.create_text_channel("closed")
    await fill_in(chat, {presses.BOARD: [closed], presses.LOG: [chat.channel]})
    await forbid(chat, closed, "send_messages", "embed_links")
    text = words(await run(chat, "check"))
    assert f"❌ <#{closed.id}> · board of the week: missing **Send Messages**, **Embed Links**" in text
    assert f"✅ <#{chat.channel.id}> · reports of problems" in text


async def test_check_looks_again_when_the_button_is_pressed(chat, make_bot):
    closed = chat.channel.guild.create_text_channel("closed")
    await fill_in(chat, {presses.BOARD: [closed]})
    response = await run(chat, "check")
    assert "Everything is in order." in words(response)
    await forbid(chat, closed, "send_messages")
    await chat.env.restart_bot(make_bot())
    await chat.chief.click(response, label="🔁 Check again")
    assert "missing **Send Messages**" in words(response)


async def test_check_sees_channels_that_are_gone(chat, db):
    async with db.begin() as conn:
        await settings.set_group(conn, chat.channel.guild.id, log_channel_id=99)
    assert "❌ <#99> · reports of problems: the channel is gone" in words(await run(chat, "check"))


async def test_check_looks_at_daily_questions_their_threads_and_their_role(chat, db):
    guild = chat.channel.guild
    role = guild.create_role("Quizzers")
    closed = guild.create_text_channel("closed")
    async with db.begin() as conn:
        await streams.add(conn, stream(guild.id, closed.id, role.id, chat.env.now()))
    await forbid(chat, closed, "create_public_threads", "mention_everyone", "read_message_history")
    text = words(await run(chat, "check"))
    assert "daily question \\*Morning\\*: missing **Read Message History**, **Create Public Threads**" in text
    assert "**Mention @everyone, @here, and All Roles**" in text


async def test_panel_warns_of_a_board_that_was_not_posted(chat, db):
    await fill_in(chat, {presses.BOARD: [chat.channel]})
    async with db.begin() as conn:
        await settings.set_group(conn, chat.channel.guild.id, board_problem="forbidden")
    chat.env.bot.services.groups.changed(chat.channel.guild.id)
    assert "⚠️ I may not write there." in words(await run(chat, "group"))


async def test_member_is_taken_off_the_boards_and_put_back(chat, db):
    assert "bo is off the boards" in words(await run(chat, "exclude", member=chat.bo))
    assert await excluded(db) == {chat.bo.id}
    assert "bo is on the boards" in words(await run(chat, "exclude", member=chat.bo, undo=True))
    assert await excluded(db) == set()
    assert await changes(db) == [("exclude", str(chat.bo.id)), ("include", str(chat.bo.id))]


async def test_season_begins_and_ends(chat, db):
    assert "No season is running" in words(await run(chat, "season"))
    assert "Season **Autumn**, since <t:" in words(await run(chat, "season", start="Autumn"))
    assert "A season is running" in words(await run(chat, "season", start="Winter"))
    assert "Season **Autumn** is over" in words(await run(chat, "season", end=True))
    assert "There is no such season" in words(await run(chat, "season", end=True))
    chat.env.errors.clear()


async def test_one_season_can_follow_another_at_once(chat, db):
    await run(chat, "season", start="Autumn")
    assert "Season **Winter**, since" in words(await run(chat, "season", start="Winter", end=True))


@pytest.mark.parametrize("press", [presses.CHANGE, presses.CHECK])
def test_custom_id_is_read_by_exactly_one_item(press):
    assert len([item for item in ITEMS if item.__discord_ui_compiled_template__.fullmatch(press)]) == 1


async def excluded(db):
    async with db.reading() as conn:
        return set((await conn.execute(sa.select(members.c.user_id).where(members.c.excluded))).scalars())


async def forbid(chat, channel, *names):
    """Take permissions from the bot in a channel."""
    found = chat.env.bot.get_channel(channel.id)
    await found.set_permissions(found.guild.me, **dict.fromkeys(names, False))
    await chat.env.settle()


def stream(guild_id, channel_id, role_id, now):
    values = {"guild_id": guild_id, "name": "*Morning*", "channel_id": channel_id, "post_at": "09:00", "zone": "UTC"}
    return NewStream(
        **values, language="en", reveal="now", seed=1, created_by=1, created_at=now, next_at=None, thread=True,
        role_id=role_id,
    )  # fmt: skip
